package dev.naru.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/// How somebody uses a page.
sealed interface Hand {
  void activate(Locator target);

  void fill(Locator field, String text);

  void choose(Locator select, String value);

  /// Taps and clicks.
  record Pointer() implements Hand {
    @Override
    public void activate(Locator target) {
      target.click();
    }

    @Override
    public void fill(Locator field, String text) {
      field.fill(text);
    }

    @Override
    public void choose(Locator select, String value) {
      select.selectOption(value);
    }
  }

  /// Never touches anything but keys: Tab, Enter, arrows and letters.
  record Keyboard(Page page) implements Hand {
    /// More stops than any page has.
    private static final int STOPS = 150;

    @Override
    public void activate(Locator target) {
      reach(target);
      page.keyboard().press("Enter");
    }

    @Override
    public void fill(Locator field, String text) {
      reach(field);
      page.keyboard().type(text);
    }

    @Override
    public void choose(Locator select, String value) {
      reach(select);
      if (!select.inputValue().equals(value)) {
        page.keyboard().press("Home");
      }
      for (int step = 0; step < STOPS && !select.inputValue().equals(value); step++) {
        page.keyboard().press("ArrowDown");
      }
      assertThat(select).returns(value, Locator::inputValue);
    }

    private void reach(Locator target) {
      target.waitFor();
      for (int stop = 0; stop < STOPS; stop++) {
        if (Boolean.TRUE.equals(target.evaluate("each => each === document.activeElement"))) {
          return;
        }
        page.keyboard().press("Tab");
      }
      throw new AssertionError("the Tab key does not lead to " + target + " on " + page.url());
    }
  }
}
