package dev.naru.acceptance.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.naru.acceptance.CampaignYaml;
import dev.naru.acceptance.NaruProcess;
import dev.naru.acceptance.browser.Chromium.Device;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// One site with one place a day: it is held, booked, given up and offered to who waits for it.
@ExtendWith(SharedChromium.class)
class HeldPlacesBrowserTest {
  private static final String CAMPAIGN = "single";
  private static final String PROVINCE = "11";
  private static final String DISTRICT = "11110";
  private static final Pattern TIME = Pattern.compile("\\d:\\d\\d");

  @TempDir private static Path folder;
  private static NaruProcess naru;
  private static Chromium chromium;

  @BeforeAll
  static void start(Chromium browser) {
    naru = NaruProcess.in(folder);
    naru.importSites(
        "name,address\n나루의원,서울특별시 종로구 나루길 1\n",
        """
        source: test
        columns: {name: name, address: address}
        constants: {kind: 의원}
        hours: {default: "Mo-Su 09:00-09:30"}
        """);
    naru.apply(
        new CampaignYaml(CAMPAIGN, CampaignYaml.now().minusMinutes(1), 600_000, 2, 1, 1)
            .text()
            .replace("bookedTogether: true", "bookedTogether: false")
            .concat("appointments: {hold: 5m, waitlist: 50s}\n"));
    naru.serve();
    chromium = browser;
  }

  @AfterAll
  static void end() {
    try (NaruProcess running = naru) {
      assertThat(running.logText()).doesNotContain("ERROR");
    }
  }

  private static Visitor admitted(BrowserContext context, String phone) {
    Visitor visitor = Visitor.at(context.newPage(), CAMPAIGN);
    visitor.startAtHome();
    visitor.verifyAsEligible("지어낸", phone);
    visitor.hand().activate(visitor.find("#join"));
    visitor.isAdmitted();
    return visitor;
  }

  private static void search(Visitor visitor) {
    visitor.hand().choose(visitor.find("#province"), PROVINCE);
    visitor.hand().choose(visitor.find("#district"), DISTRICT);
    visitor.find("#sites > *").first().waitFor();
  }

  private static void click(Visitor visitor, String selector) {
    visitor.hand().activate(visitor.find(selector).first());
  }

  @Test
  void aPlaceIsHeldBookedGivenUpAndOffered() {
    try (BrowserContext phone = chromium.unknown(Device.PHONE, naru.uri());
        BrowserContext desktop = chromium.unknown(Device.DESKTOP, naru.uri())) {
      Watch first = Watch.over(phone, 401, 425);
      Watch second = Watch.over(desktop, 401, 425);
      Visitor holder = admitted(phone, "010-0000-2001");
      hold(holder, first);
      Visitor waiter = admitted(desktop, "010-0000-2002");
      joinTheWaitlist(waiter, second);
      holder.confirm();
      bookAndMoveTheSecondDose(holder, first);
      holder.cancel();
      accept(waiter, second);
      first.isSilent();
      second.isSilent();
    }
  }

  /// It stays held while the page is loaded again.
  private static void hold(Visitor holder, Watch watch) {
    search(holder);
    holder.chooseTime();
    assertThat(holder.find("#kept b")).hasText(TIME);
    watch.isAccessible(holder.page());
    holder.page().reload();
    assertThat(holder.find("#confirm")).isVisible();
    assertThat(holder.find("#kept b")).hasText(TIME);
  }

  private static void joinTheWaitlist(Visitor waiter, Watch watch) {
    search(waiter);
    click(waiter, "#to-waitlist");
    click(waiter, "#waitlist-sites input");
    watch.isAccessible(waiter.page());
    click(waiter, "#waitlist-join");
    assertThat(waiter.find("#waitlist-leave")).isVisible();
  }

  private static void bookAndMoveTheSecondDose(Visitor holder, Watch watch) {
    click(holder, "#later-choose");
    holder.isAdmitted();
    assertThat(holder.find("#moving")).isVisible();
    watch.isAccessible(holder.page());
    holder.find("[data-site]").first().waitFor();
    holder.chooseTime();
    holder.confirm();
    holder.goToMine();
    assertThat(holder.find("[data-state=booked]")).hasCount(2);
    holder.hand().activate(holder.find("[data-action=move]").nth(1));
    holder.isAdmitted();
    holder.find("[data-site]").first().waitFor();
    holder.chooseTime();
    holder.confirm();
    holder.goToMine();
  }

  private static void accept(Visitor waiter, Watch watch) {
    Page page = waiter.page();
    waiter.find("#waitlist-accept").waitFor();
    assertThat(waiter.find("#waitlist .bar b")).hasText(TIME);
    assertThat(page).hasTitle(Pattern.compile("A freed dose is offered to you.*"));
    watch.isAccessible(page);
    click(waiter, "#waitlist-accept");
    assertThat(waiter.find("[data-state=booked]")).hasCount(1);
    page.waitForSelector(
        "#waitlist", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED));
  }
}
