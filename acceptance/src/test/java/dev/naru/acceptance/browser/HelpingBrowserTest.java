package dev.naru.acceptance.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.naru.acceptance.CampaignYaml;
import dev.naru.acceptance.NaruProcess;
import dev.naru.acceptance.browser.Chromium.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A mother with her phone, and her daughter at a desk.
class HelpingBrowserTest {
  private static final String CAMPAIGN = "helped";
  private static final String MOTHER = "박*순";
  private static final String DAUGHTER = "이*움";

  @TempDir private static Path folder;
  private static NaruProcess naru;
  private static Chromium chromium;

  @BeforeAll
  static void start() {
    naru = NaruProcess.in(folder);
    naru.importNation(60);
    naru.apply(
        new CampaignYaml(CAMPAIGN, CampaignYaml.now().minusMinutes(1), 600_000, 1, 10, 3)
            .text()
            .concat("helping: {family: 3}\n"));
    naru.serve();
    chromium = Chromium.launch();
  }

  @AfterAll
  static void end() {
    try (NaruProcess running = naru) {
      chromium.close();
      assertThat(running.logText()).doesNotContain("ERROR");
    }
  }

  private static Visitor verified(BrowserContext context, String name, String phone) {
    Visitor visitor = Visitor.at(context.newPage(), CAMPAIGN);
    visitor.startAtHome();
    visitor.verifyAsEligible(name, phone);
    visitor.goToMine();
    return visitor;
  }

  private static void click(Visitor visitor, String selector) {
    visitor.hand().activate(visitor.find(selector).first());
  }

  private static void isActing(Visitor helper) {
    assertThat(helper.find("#acting")).containsText(MOTHER);
    assertThat(helper.find("#acting-end")).isVisible();
  }

  @Test
  void aDaughterBooksForHerMotherWhoEndsIt() {
    try (BrowserContext phone = chromium.unknown(Device.PHONE, naru.uri());
        BrowserContext desktop = chromium.unknown(Device.DESKTOP, naru.uri())) {
      Watch first = Watch.over(phone, 401, 425);
      Watch second = Watch.over(desktop, 401, 425, 403);
      Visitor mother = verified(phone, "박복순", "010-0000-3001");
      first.isAccessible(mother.page());
      click(mother, "#code-make");
      assertThat(mother.find("#code")).hasText(Pattern.compile("\\d{3} \\d{3} \\d{4}"));
      first.isAccessible(mother.page());

      Visitor daughter = verified(desktop, "이도움", "010-0000-3002");
      begin(daughter, mother.find("#code").innerText(), second);
      assertThat(mother.find("#helper")).containsText(DAUGHTER);
      first.isAccessible(mother.page());

      book(daughter, second);
      mother.page().reload();
      assertThat(mother.find("[data-state=booked]")).hasCount(1);

      click(mother, "#helper-end");
      assertThat(mother.find("#done")).not().isEmpty();
      isOver(daughter);
      first.isSilent();
      second.isSilent();
    }
  }

  /// A mistyped code is told beside the field.
  private static void begin(Visitor daughter, String code, Watch watch) {
    watch.isAccessible(daughter.page());
    daughter.hand().fill(daughter.find("#helping-code"), "12345");
    click(daughter, "#helping-begin");
    assertThat(daughter.find("#helping-error")).not().isEmpty();
    assertThat(daughter.find("#helping-code")).hasAttribute("aria-invalid", "true");
    daughter.hand().fill(daughter.find("#helping-code"), "000 000 0000");
    click(daughter, "#helping-begin");
    assertThat(daughter.find("#helping-error")).containsText("mistyped");
    watch.isAccessible(daughter.page());
    daughter.hand().fill(daughter.find("#helping-code"), code);
    click(daughter, "#helping-begin");
    isActing(daughter);
    assertThat(daughter.find("#who")).containsText(MOTHER);
    assertThat(daughter.find("#help")).hasCount(0);
    watch.isAccessible(daughter.page());
  }

  private static void book(Visitor daughter, Watch watch) {
    Page page = daughter.page();
    List<Route> held = new ArrayList<>();
    page.route("**/admission", held::add);
    click(daughter, "#join");
    daughter.isWaiting("open");
    isActing(daughter);
    watch.isAccessible(page);
    page.unroute("**/admission");
    held.forEach(Route::resume);
    daughter.isAdmitted();
    isActing(daughter);
    daughter.findDistrict();
    watch.isAccessible(page);
    daughter.chooseTime();
    daughter.confirm();
    isActing(daughter);
    assertThat(daughter.find("#calendar")).isHidden();
    watch.isAccessible(page);
    daughter.goToMine();
    assertThat(daughter.find("[data-state=booked]")).hasCount(1);
  }

  /// The next call is refused, and the way leads back to her own.
  private static void isOver(Visitor daughter) {
    daughter.page().reload();
    assertThat(daughter.find("#message")).isVisible();
    assertThat(daughter.find("#acting")).hasCount(0);
    click(daughter, "#message #to-mine");
    assertThat(daughter.find("#who")).containsText(DAUGHTER);
    assertThat(daughter.find("#acting")).hasCount(0);
    assertThat(daughter.find("[data-appointment]")).hasCount(0);
  }
}
