package dev.naru.acceptance.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A Chromium: the one that `NARU_CHROMIUM` names, else Playwright's own. It is an error when there
/// is neither.
final class Chromium implements AutoCloseable {
  /// The devices people come with.
  enum Device {
    PHONE("ko-KR", 390, 844),
    DESKTOP("en-GB", 1280, 800);

    private final String locale;
    private final int width;
    private final int height;

    Device(String locale, int width, int height) {
      this.locale = locale;
      this.width = width;
      this.height = height;
    }
  }

  /// How long actions and assertions wait, on a busy machine too.
  private static final double PATIENCE_MILLIS = 15_000;

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static Chromium launch() {
    List<String> switches = new ArrayList<>();
    switches.add("--disable-quic");
    switches.add("--no-first-run");
    switches.add("--disable-background-networking");
    if ("root".equals(System.getProperty("user.name"))) {
      switches.add("--no-sandbox");
    }
    LaunchOptions options = new LaunchOptions().setArgs(switches);
    String known = System.getenv("NARU_CHROMIUM");
    if (known != null) {
      options.setExecutablePath(Path.of(known));
    }
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      return new Chromium(playwright, playwright.chromium().launch(options));
    } catch (RuntimeException e) {
      playwright.close();
      throw new AssertionError("no Chromium for the browser test: start it with ./naru test", e);
    }
  }

  /// A browser of somebody who has never been here.
  BrowserContext unknown(Device device, URI server) {
    BrowserContext context =
        browser.newContext(
            new NewContextOptions()
                .setBaseURL(server.toString())
                .setLocale(device.locale)
                .setTimezoneId("America/New_York")
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(device.width, device.height));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    return context;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
