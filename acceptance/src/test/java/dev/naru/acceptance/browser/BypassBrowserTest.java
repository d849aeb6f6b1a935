package dev.naru.acceptance.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.naru.acceptance.CampaignYaml;
import dev.naru.acceptance.NaruProcess;
import dev.naru.acceptance.SharedNaru;
import dev.naru.acceptance.browser.Chromium.Device;
import dev.naru.rehearsal.crowd.Crowd;
import dev.naru.rehearsal.crowd.CrowdPlan;
import dev.naru.rehearsal.people.ArrivalCurve;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Tricks in the browser gain nothing: bypasses B1, B2 and B4. And who may not go on is told why.
@ExtendWith({SharedNaru.class, SharedChromium.class})
class BypassBrowserTest {
  /// The lobby is open; booking is for later.
  private static final String LATER = "much-later";

  /// Booking is open, and one person a minute is let in.
  private static final String SLOW = "slow";

  private static final int AHEAD = 30;

  private static NaruProcess naru;
  private static Chromium chromium;
  private static Crowd others;
  private static int logged;

  @BeforeAll
  static void start(NaruProcess running, Chromium browser) {
    naru = running;
    chromium = browser;
    logged = naru.logText().length();
    LocalDateTime now = CampaignYaml.now();
    naru.introduce(new CampaignYaml(LATER, now.plusHours(3), 600, 1, 3, 3));
    naru.introduce(new CampaignYaml(SLOW, now, 1, 1, 3, 3));
    others =
        Crowd.start(
            CrowdPlan.of(naru.uri(), SLOW, AHEAD)
                .withArrivals(ArrivalCurve.national(Duration.ofSeconds(2)))
                .withThinkMedian(Duration.ZERO));
    naru.await("the crowd ahead waits", () -> others.progress().waiting() >= AHEAD - 3);
  }

  @AfterAll
  static void nothingBroke() {
    others.close();
    assertThat(naru.logText().substring(logged)).doesNotContain("ERROR");
  }

  private static BrowserContext phone() {
    return chromium.unknown(Device.PHONE, naru.uri());
  }

  private static Visitor waiting(BrowserContext context, String campaign, String phone) {
    Visitor visitor = Visitor.at(context.newPage(), campaign);
    visitor.startAtHome();
    visitor.verifyAsEligible("지어낸", phone);
    visitor.join(campaign.equals(LATER) ? "lobby" : "open");
    return visitor;
  }

  private static void isNotIn(Visitor visitor) {
    assertThat(visitor.find("#waiting")).isVisible();
    assertThat(visitor.page().url()).contains("/wait.html");
  }

  @Test
  void goingOfflineAndBackLetsNobodyIn() {
    try (BrowserContext context = phone()) {
      Visitor visitor = waiting(context, SLOW, "010-0000-1001");
      String place = visitor.fact("place");
      context.setOffline(true);
      // A flickering connection makes the page ask at once instead of at its next turn.
      visitor.page().evaluate("() => dispatchEvent(new Event('online'))");
      assertThat(visitor.find("#connection")).not().isEmpty();
      isNotIn(visitor);
      context.setOffline(false);
      assertThat(visitor.find("#connection")).isEmpty();
      isNotIn(visitor);
      assertThat(visitor.fact("place")).isEqualTo(place);
    }
  }

  @Test
  void askingForAdmissionByScriptIsAnsweredWithThePlace() {
    try (BrowserContext context = phone()) {
      Visitor visitor = waiting(context, SLOW, "010-0000-1002");
      Object answer =
          visitor
              .page()
              .evaluate(
                  """
                  async () => {
                    const ask = (path, body) => fetch('/api/v1/campaigns/slow/' + path, {
                      method: 'POST',
                      headers: { 'Content-Type': 'application/json', 'X-Naru-Request': '1' },
                      body: JSON.stringify(body),
                    });
                    const { ticket } = await (await ask('line', {})).json();
                    const answer = await ask('admission', { ticket });
                    const { type, detail } = await answer.json();
                    return [answer.status, type, Boolean(detail)].join(' ');
                  }
                  """);
      assertThat(answer).isEqualTo("425 urn:naru:not-called true");
      isNotIn(visitor);
    }
  }

  @Test
  void aPassThatThePageInventsOpensNothing() {
    try (BrowserContext context = phone()) {
      Visitor visitor = waiting(context, SLOW, "010-0000-1003");
      visitor
          .page()
          .evaluate(
              """
              () => {
                const expiresAt = new Date(Date.now() + 600000).toISOString();
                sessionStorage.setItem('naru.pass', JSON.stringify({ campaign: 'slow', pass: 'mine', expiresAt }));
                document.getElementById('waiting').dataset.phase = 'called';
                location.assign('/book.html?c=slow');
              }
              """);
      visitor.page().waitForURL("**/book.html?*");
      visitor.find("#province option[value]:not([value=''])").first().waitFor(attached());
      visitor.find("#province").selectOption(firstProvince(visitor.page()));
      assertThat(visitor.find("#message #enter-again")).isVisible();
      assertThat(visitor.find("[data-site]")).hasCount(0);
    }
  }

  private static Locator.WaitForOptions attached() {
    return new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED);
  }

  private static String firstProvince(Page page) {
    return page.locator("#province option").nth(1).getAttribute("value");
  }

  @Test
  void theClockOfTheDeviceDoesNotCount() {
    try (BrowserContext context = phone()) {
      Visitor visitor = waiting(context, LATER, "010-0000-1004");
      context.clock().setFixedTime(System.currentTimeMillis() + 24 * 3_600_000L);
      visitor.page().reload();
      visitor.isWaiting("lobby");
      assertThat(visitor.find("#clock")).containsText(":");
      LocalTime shown = LocalTime.parse(visitor.find("#clock").innerText());
      assertThat(Math.abs(ChronoUnit.SECONDS.between(shown, CampaignYaml.now().toLocalTime())))
          .isLessThan(20);
      assertThat(visitor.find("#ahead")).containsText("2:5");
      isNotIn(visitor);
    }
  }

  /// Even if the page's own timers run ahead and it believes that the opening has come.
  @Test
  void runningThePageAheadDoesNotBringTheOpening() {
    try (BrowserContext context = phone()) {
      context.clock().install();
      Visitor visitor = waiting(context, LATER, "010-0000-1005");
      String number = visitor.fact("number");
      context.clock().fastForward("04:00:00");
      assertThat(visitor.find("#ahead")).hasText("0:00");
      visitor.isWaiting("lobby");
      isNotIn(visitor);
      assertThat(visitor.fact("number")).isEqualTo(number);
    }
  }

  @Test
  void aSecondDeviceIsToldWhereToGoOn() {
    try (BrowserContext one = phone();
        BrowserContext other = chromium.unknown(Device.DESKTOP, naru.uri())) {
      Watch watch = Watch.over(other, 401, 409);
      waiting(one, LATER, "010-0000-1006");
      Visitor second = Visitor.at(other.newPage(), LATER);
      second.startAtHome();
      second.verify("지어낸", "1990-05-10", "010-0000-1006");
      assertThat(second.find("#message")).containsText("You are already in on another device");
      assertThat(second.find("#message")).containsText("min, you can use this one");
      assertThat(second.find("#answer")).isHidden();
      watch.isAccessible(second.page());
      watch.isSilent();
    }
  }

  @Test
  void whoIsNotEligibleSeesWhyAndTheirOwnWindow() {
    LocalDateTime now = CampaignYaml.now();
    naru.apply(
        new CampaignYaml("digits", now, 600, 1, 3, 3)
            .text()
            .replaceFirst("opensBefore: 24h", "opensBefore: 1m")
            .replaceFirst(
                "openPhase: .*",
                """
                windows:
                  - {opens: %s, closes: %s, digits: [8, 9]}
                  - {opens: %s, closes: %s, digits: [0, 1, 2, 3, 4, 5, 6, 7]}\
                """
                    .formatted(now, now.plusHours(2), now.plusHours(3), now.plusHours(5))));
    try (BrowserContext context = phone()) {
      Watch watch = Watch.over(context, 401);
      Visitor visitor = Visitor.at(context.newPage(), "digits");
      visitor.startAtHome();
      visitor.verify("지어낸", "1990-05-10", "010-0000-1007");
      assertThat(visitor.find("#answer")).hasAttribute("data-eligible", "false");
      assertThat(visitor.find("#answer-text")).not().isEmpty();
      assertThat(visitor.find("#windows"))
          .containsText(now.plusHours(3).toLocalTime().truncatedTo(ChronoUnit.MINUTES).toString());
      assertThat(visitor.find("#join")).hasCount(0);
      watch.isAccessible(visitor.page());
      watch.isSilent();
    }
  }
}
