package dev.naru.acceptance.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import dev.naru.acceptance.CampaignYaml;
import dev.naru.acceptance.NaruProcess;
import dev.naru.acceptance.SharedNaru;
import dev.naru.acceptance.browser.Chromium.Device;
import dev.naru.rehearsal.crowd.Crowd;
import dev.naru.rehearsal.crowd.CrowdPlan;
import dev.naru.rehearsal.people.ArrivalCurve;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// From the first page to the cancelled appointment, among a crowd.
@ExtendWith({SharedNaru.class, SharedChromium.class})
class JourneyBrowserTest {
  private static final int CROWD = 60;

  /// Four a second: everybody is called within a quarter of a minute.
  private static final int PER_MINUTE = 240;

  /// Enough to verify and look around before the draw, on a busy machine too; who is ready sooner
  /// has it opened sooner.
  private static final Duration LOBBY = Duration.ofMinutes(3);

  private static final Duration SOON = Duration.ofSeconds(3);

  private static final double OPENING_LIMIT_MILLIS = 60_000;

  private static NaruProcess naru;
  private static Chromium chromium;
  private static int logged;

  @BeforeAll
  static void find(NaruProcess running, Chromium browser) {
    naru = running;
    chromium = browser;
    logged = naru.logText().length();
  }

  @AfterAll
  static void nothingBroke() {
    assertThat(naru.logText().substring(logged)).doesNotContain("ERROR");
  }

  private static CampaignYaml opensIn(Duration time, String campaign) {
    return new CampaignYaml(campaign, CampaignYaml.now().plus(time), PER_MINUTE, 2, 3, 3);
  }

  private static Crowd crowd(String campaign) {
    return Crowd.start(
        CrowdPlan.of(naru.uri(), campaign, CROWD)
            .withLobbyShare(1)
            .withArrivals(ArrivalCurve.national(Duration.ofSeconds(10)))
            .withThinkMedian(Duration.ofSeconds(1)));
  }

  @Test
  void aPhoneInKorean() throws IOException {
    naru.introduce(opensIn(LOBBY, "phone"));
    try (Crowd others = crowd("phone");
        BrowserContext context = chromium.unknown(Device.PHONE, naru.uri())) {
      Watch watch = Watch.over(context, 401, 425, 503);
      Page page = context.newPage();
      Visitor visitor = Visitor.at(page, "phone");
      walk(visitor, "010-0000-0001", watch, () -> isSentAwayFirst(visitor));
      assertThat(page.locator("html")).hasAttribute("lang", "ko");
      assertThat(others.progress().errors()).isZero();
    }
  }

  @Test
  void aDesktopInEnglishWithoutAMouse() throws IOException {
    naru.introduce(opensIn(LOBBY, "desktop"));
    try (Crowd others = crowd("desktop");
        BrowserContext context = chromium.unknown(Device.DESKTOP, naru.uri())) {
      Watch watch = Watch.over(context, 401, 425);
      Page page = context.newPage();
      Visitor visitor = new Visitor(page, new Hand.Keyboard(page), "desktop");
      walk(visitor, "010-0000-0002", watch, visitor::confirm);
      assertThat(page.locator("html")).hasAttribute("lang", "en");
      assertThat(others.progress().errors()).isZero();
    }
  }

  private static void walk(Visitor visitor, String phone, Watch watch, Runnable confirm)
      throws IOException {
    Page page = visitor.page();
    visitor.startAtHome();
    visitor.verifyAsEligible("나루", phone);
    watch.isAccessible(page);
    visitor.join("lobby");
    numberStays(visitor);
    watch.isAccessible(page);
    seeTheDraw(visitor, watch);
    visitor.isAdmitted();
    visitor.findDistrict();
    watch.isAccessible(page);
    visitor.chooseTime();
    watch.isAccessible(page);
    confirm.run();
    watch.isAccessible(page);
    seeBothDoses(visitor);
    visitor.goToMine();
    watch.isAccessible(page);
    moveTheFirstDose(visitor);
    seeBothDoses(visitor);
    visitor.goToMine();
    visitor.cancel();
    watch.isAccessible(page);
    visitor.logOut();
    watch.isAccessible(page);
    page.navigate("/");
    assertThat(page.locator("[data-campaign]").first()).isVisible();
    watch.isAccessible(page);
    watch.isSilent();
  }

  /// Among too many at once: the page says in how many seconds it asks again, and has the
  /// appointment without another touch.
  private static void isSentAwayFirst(Visitor visitor) {
    visitor
        .page()
        .route(
            "**/api/v1/appointments/*",
            route ->
                route.fulfill(
                    new Route.FulfillOptions()
                        .setStatus(503)
                        .setHeaders(
                            Map.of("Retry-After", "5", "Content-Type", "application/problem+json"))
                        .setBody("{\"detail\": \"지금은 요청이 너무 많습니다.\"}")),
            new Page.RouteOptions().setTimes(1));
    visitor.hand().activate(visitor.find("#book"));
    assertThat(visitor.find("#checking")).containsText(Pattern.compile("[456]초 뒤 다시"));
    visitor.isBooked();
  }

  /// Whoever moves one dose is shown where something is free for it, whatever can follow it.
  private static void moveTheFirstDose(Visitor visitor) {
    List<String> searches = new CopyOnWriteArrayList<>();
    Consumer<Request> listen =
        request -> {
          if (request.url().contains("/sites?")) {
            searches.add(request.url());
          }
        };
    visitor.page().onRequest(listen);
    visitor.move();
    visitor.page().offRequest(listen);
    assertThat(searches).isNotEmpty().allMatch(url -> url.contains("dose=1"));
  }

  /// After a reload, and in a second tab.
  private static void numberStays(Visitor visitor) {
    String number = visitor.fact("number");
    visitor.page().reload();
    visitor.isWaiting("lobby");
    assertThat(visitor.fact("number")).isEqualTo(number);
    try (Page second = visitor.page().context().newPage()) {
      second.navigate("/wait.html?c=" + visitor.campaign());
      Visitor there = Visitor.at(second, visitor.campaign());
      there.isWaiting("lobby");
      assertThat(there.fact("number")).isEqualTo(number);
    }
  }

  /// The way in is held up until the page was looked at: who is drawn first would be gone at once.
  private static void seeTheDraw(Visitor visitor, Watch watch) {
    Page page = visitor.page();
    List<Route> held = new ArrayList<>();
    page.route("**/admission", held::add);
    naru.apply(opensIn(SOON, visitor.campaign()).text());
    page.waitForCondition(
        () -> "open".equals(page.locator("#waiting").getAttribute("data-phase")),
        new Page.WaitForConditionOptions().setTimeout(OPENING_LIMIT_MILLIS));
    assertThat(visitor.fact("place")).matches("\\d+");
    visitor.hand().activate(visitor.find("#draw summary"));
    assertThat(page.locator("#drawn")).hasAttribute("data-checked", "true");
    watch.isAccessible(page);
    page.unroute("**/admission");
    held.forEach(Route::resume);
  }

  private static void seeBothDoses(Visitor visitor) throws IOException {
    Page page = visitor.page();
    assertThat(page.locator("[data-appointment]")).hasCount(2);
    Download calendar =
        page.waitForDownload(() -> visitor.hand().activate(visitor.find("#calendar")));
    assertThat(calendar.suggestedFilename()).endsWith(".ics");
    assertThat(Files.readString(calendar.path())).startsWith("BEGIN:VCALENDAR").contains("DTSTART");
  }
}
