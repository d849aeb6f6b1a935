package dev.naru.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Notices what a visitor would not see: errors of scripts, requests that fail, and obstacles for
/// people who use a screen reader or see little.
final class Watch {
  /// What is right need not be listed: that and the legacy mode, which asks a page without frames
  /// directly instead of opening another one for the report, halve the time.
  private static final AxeRunOptions VIOLATIONS = new AxeRunOptions();

  static {
    VIOLATIONS.setResultTypes(List.of("violations"));
  }

  private final Set<Integer> expected;
  private final List<String> complaints = new ArrayList<>();

  private Watch(Set<Integer> expected) {
    this.expected = expected;
  }

  /// Watches all pages of a browser.
  ///
  /// @param expected statuses of refusals that belong to the journey
  static Watch over(BrowserContext context, Integer... expected) {
    Watch watch = new Watch(Set.of(expected));
    context.onWebError(error -> watch.complaints.add("script: " + error.error()));
    context.onConsoleMessage(
        message -> {
          // A refusal is counted by its status below.
          if (message.type().equals("error") && !message.text().startsWith("Failed to load")) {
            watch.complaints.add("console: " + message.text());
          }
        });
    context.onResponse(
        response -> {
          if (response.status() >= 400 && !watch.expected.contains(response.status())) {
            watch.complaints.add(response.status() + " " + response.url());
          }
        });
    context.onRequestFailed(
        request -> {
          // What a page has asked and not read when it is left is given up, and a download is.
          if (!"net::ERR_ABORTED".equals(request.failure())) {
            watch.complaints.add(request.failure() + " " + request.url());
          }
        });
    return watch;
  }

  void isSilent() {
    assertThat(complaints).isEmpty();
  }

  /// No serious or critical finding of axe on what the page shows now, in light and in dark.
  void isAccessible(Page page) {
    for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      assertThat(obstacles(page)).as("%s in %s", page.url(), scheme).isEmpty();
    }
  }

  private static List<String> obstacles(Page page) {
    assertThat(page.frames()).as("frames would not be looked into").hasSize(1);
    return new AxeBuilder(page)
        .setLegacyMode(true).options(VIOLATIONS).analyze().getViolations().stream()
            .filter(
                rule -> "serious".equals(rule.getImpact()) || "critical".equals(rule.getImpact()))
            .map(rule -> rule.getId() + ": " + rule.getNodes().getFirst().getHtml())
            .toList();
  }
}
