package dev.naru.acceptance.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.naru.acceptance.CampaignYaml;
import dev.naru.acceptance.NaruProcess;
import dev.naru.acceptance.browser.Chromium.Device;
import dev.naru.identity.provider.approval.TestApp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A mother with her phone, her daughter at a desk, and a call centre for those who have neither.
@ExtendWith(SharedChromium.class)
class HelpingBrowserTest {
  private static final String CAMPAIGN = "helped";
  private static final String MOTHER = "박*순";
  private static final String DAUGHTER = "이*움";

  private static final String CLERK = "한*담";
  private static final String CLERK_PHONE = "01000003009";

  @TempDir private static Path folder;
  private static final TestApp APP = new TestApp();
  private static final TextMessages MESSAGES = new TextMessages();
  private static NaruProcess naru;
  private static Chromium chromium;

  @BeforeAll
  static void start(Chromium browser) {
    naru = NaruProcess.in(folder);
    naru.importNation(60);
    naru.apply(
        new CampaignYaml(CAMPAIGN, CampaignYaml.now().minusMinutes(1), 600_000, 1, 10, 3)
            .text()
            .concat(
                """
                lists:
                  - {id: centre, name: {ko: 상담원, en: call centre}}
                helping: {family: 3, staff: centre}
                """));
    naru.importList(CAMPAIGN, "centre", simulatedCi("한상담|1990-05-10|" + CLERK_PHONE));
    naru.serveWith(pages());
    chromium = browser;
  }

  private static String pages() {
    naru.file("app.secret", TestApp.SECRET);
    naru.file("gateway.secret", "a token");
    return """
    providers:
      - {id: quick, kind: simulated, name: {ko: 빠른인증, en: Quick check}, capacity: 50,
         medianLatency: PT0.002S}
      - {id: app, kind: app-approval, name: {ko: 앱, en: App}, capacity: 10, tokens: "%s",
         requests: "%s", results: "%s", keys: "%s", issuer: test-app, algorithm: ES256,
         clientId: %s, clientSecret: {file: app.secret}}
      - {id: portal, kind: oidc, name: {ko: 포털, en: Portal}, capacity: 10,
         issuer: "http://127.0.0.1:9", clientId: naru, claims: {ci: ci}}
    """
        .formatted(
            APP.uri("/token"),
            APP.uri("/request"),
            APP.uri("/result"),
            APP.uri("/keys"),
            TestApp.CLIENT)
        .concat(MESSAGES.provider());
  }

  /// What the page makes of a form for the simulated provider.
  private static String simulatedCi(String form) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(form.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  static void end() {
    APP.close();
    MESSAGES.close();
    try (NaruProcess running = naru) {
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
      assertThat(daughter.find("#caller")).hasCount(0);
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

  @Test
  void aClerkBooksForCallersWhoHaveNothingButATelephone() {
    try (BrowserContext desktop = chromium.unknown(Device.DESKTOP, naru.uri())) {
      Watch watch = Watch.over(desktop, 401, 425, 403);
      Visitor clerk = verified(desktop, "한상담", CLERK_PHONE);
      watch.isAccessible(clerk.page());

      call(clerk, "sms");
      watch.isAccessible(clerk.page());
      describe(clerk, "박복순", "010-0000-3003");
      assertThat(clerk.find("#code-sent")).containsText("caller");
      watch.isAccessible(clerk.page());
      String message = MESSAGES.next();
      assertThat(message).contains("상담원", "only if you called").doesNotContain("do not tell");
      String code = TextMessages.code(message);
      clerk.hand().fill(clerk.find("#field-smsCode"), code.equals("000000") ? "000001" : "000000");
      click(clerk, "#submit");
      assertThat(clerk.find("#message")).isVisible();
      clerk.hand().fill(clerk.find("#field-smsCode"), code);
      click(clerk, "#submit");
      isActing(clerk);
      assertThat(clerk.find("#who")).containsText(MOTHER);
      book(clerk, watch);
      click(clerk, "#acting-end");
      assertThat(clerk.find("#who")).containsText(CLERK);
      assertThat(clerk.find("[data-appointment]")).hasCount(0);

      call(clerk, "app");
      describe(clerk, "박복순", "010-0000-3004");
      assertThat(clerk.find("#message")).containsText("caller");
      watch.isAccessible(clerk.page());
      assertThat(APP.messages()).allMatch(shown -> shown.contains("상담원"));
      APP.everybody("approved");
      isActing(clerk);
      assertThat(clerk.find("#who")).containsText(MOTHER);
      assertThat(clerk.find("[data-appointment]")).hasCount(0);
      watch.isSilent();
    }
  }

  private static void call(Visitor clerk, String provider) {
    click(clerk, "#caller");
    assertThat(clerk.find("#choose-title")).containsText("caller");
    assertThat(clerk.find("[data-provider=quick]")).isVisible();
    assertThat(clerk.find("[data-provider=portal]")).hasCount(0);
    click(clerk, "[data-provider=" + provider + "]");
  }

  private static void describe(Visitor clerk, String name, String phone) {
    assertThat(clerk.find("#field-name")).hasAttribute("autocomplete", "off");
    clerk.hand().fill(clerk.find("#field-name"), name);
    clerk.hand().fill(clerk.find("#field-birthDate"), "1990-05-10");
    clerk.hand().fill(clerk.find("#field-phone"), phone);
    click(clerk, "#submit");
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
