package dev.naru.acceptance.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.naru.acceptance.CampaignYaml;
import dev.naru.acceptance.NaruProcess;
import dev.naru.acceptance.Traces;
import dev.naru.acceptance.browser.Chromium.Device;
import dev.naru.identity.provider.approval.TestApp;
import dev.naru.identity.provider.callback.TestAgency;
import dev.naru.identity.provider.certificate.TestAuthority;
import dev.naru.identity.provider.certificate.TestAuthority.Holder;
import dev.naru.identity.provider.oidc.TestIssuer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Each family of providers in the browser, with the other side played by a test.
@ExtendWith(SharedChromium.class)
class ProvidersBrowserTest {
  @TempDir private static Path folder;
  private static final TestIssuer ISSUER = new TestIssuer();
  private static final TestAgency AGENCY = new TestAgency();
  private static final TestApp APP = new TestApp();
  private static final TextMessages MESSAGES = new TextMessages();
  private static TestAuthority authority;
  private static NaruProcess naru;
  private static Chromium chromium;

  @BeforeAll
  static void start(Chromium browser) {
    authority = new TestAuthority("Test authority", Instant.now());
    naru = NaruProcess.in(folder);
    naru.importNation(20);
    naru.apply(new CampaignYaml("one", CampaignYaml.now().plusHours(1), 600, 1, 1, 1).text());
    naru.serveWith(pages());
    chromium = browser;
  }

  private static String pages() {
    authority.writeTo(folder);
    authority.writeList(folder.resolve("list.pem"), Instant.now().plus(Duration.ofDays(1)));
    naru.file("issuer.secret", TestIssuer.SECRET);
    naru.file("agency.secret", TestAgency.SECRET);
    naru.file("app.secret", TestApp.SECRET);
    naru.file("gateway.secret", "a token");
    return """
    providers:
      - {id: portal, kind: oidc, name: {ko: 포털, en: Portal}, capacity: 10, issuer: "%s",
         clientId: %s, clientSecret: {file: issuer.secret}, claims: {ci: ci}}
      - {id: agency, kind: encrypted-callback, name: {ko: 휴대폰, en: Mobile}, capacity: 10,
         tokens: "%s", keys: "%s", page: "%s", clientId: %s, clientSecret: {file: agency.secret},
         product: "%s"}
      - {id: certificate, kind: certificate, name: {ko: 공동인증서, en: Certificate}, capacity: 10,
         authorities: [CNTestauthority.pem], revocationLists: [list.pem], ci: 2.5.4.5,
         nameEnd: "(", signer: /signer/key-file.js}
      - {id: app, kind: app-approval, name: {ko: 앱, en: App}, capacity: 10, tokens: "%s",
         requests: "%s", results: "%s", keys: "%s", issuer: test-app, algorithm: ES256,
         clientId: %s, clientSecret: {file: app.secret}}
    """
        .formatted(
            ISSUER.uri(),
            TestIssuer.CLIENT,
            AGENCY.uri("/oauth/token"),
            AGENCY.uri("/crypto/token"),
            AGENCY.uri("/service.cb"),
            TestAgency.CLIENT,
            TestAgency.PRODUCT,
            APP.uri("/token"),
            APP.uri("/request"),
            APP.uri("/result"),
            APP.uri("/keys"),
            TestApp.CLIENT)
        .concat(MESSAGES.provider());
  }

  @AfterAll
  static void end() throws SQLException {
    ISSUER.close();
    AGENCY.close();
    APP.close();
    MESSAGES.close();
    try (NaruProcess running = naru) {
      assertThat(running.logText())
          .doesNotContain("ERROR", "SIMULATED")
          .doesNotContain(TestIssuer.SECRET);
      Traces left = Traces.of(running);
      assertThat(left.places(List.of("campaigns are served"))).contains("log");
      assertThat(left.places(List.of("김하나", "이하나", "01012345678", "01077770001", "ci-of-")))
          .isEmpty();
    }
  }

  private interface Walk {
    void with(Page page, Watch watch);
  }

  private static void walk(Device device, Walk walk, Integer... expected) {
    try (BrowserContext context = chromium.unknown(device, naru.uri())) {
      Watch watch = Watch.over(context, expected);
      Page page = context.newPage();
      page.navigate("/verify.html?c=one");
      walk.with(page, watch);
      watch.isSilent();
    }
  }

  private static void choose(Page page, String provider) {
    page.locator("[data-provider=" + provider + "]").click();
  }

  private static void isVerified(Page page) {
    assertThat(page.locator("#answer")).hasAttribute("data-eligible", "true");
    assertThat(page.locator("#answer-title")).containsText("김*나");
  }

  private static void fillIn(Page page, String phone) {
    page.locator("#field-name").fill("김하나");
    page.locator("#field-birthDate").fill("1990.5.10");
    page.locator("#field-phone").fill(phone);
    page.locator("#submit").click();
  }

  @Test
  void anOpenIdIssuerIsVisitedAndComesBack() {
    walk(
        Device.PHONE,
        (page, watch) -> {
          choose(page, "portal");
          isVerified(page);
          watch.isAccessible(page);
          assertThat(page.url()).isEqualTo(naru.uri() + "/verify.html?c=one");
        });
  }

  @Test
  void anEncryptedCallbackComesBackByForm() {
    walk(
        Device.DESKTOP,
        (page, watch) -> {
          choose(page, "agency");
          isVerified(page);
        });
  }

  @Test
  void anAppIsWaitedForUntilItIsApproved() {
    walk(
        Device.PHONE,
        (page, watch) -> {
          choose(page, "app");
          assertThat(page.locator("#simulated")).isHidden();
          fillIn(page, "010-1234-5678");
          assertThat(page.locator("#message")).isVisible();
          watch.isAccessible(page);
          APP.everybody("approved");
          isVerified(page);
        });
  }

  @Test
  void aCodeComesByTextMessageAndAWrongOneIsTold() {
    walk(
        Device.DESKTOP,
        (page, watch) -> {
          choose(page, "sms");
          fillIn(page, "010-7777-0001");
          assertThat(page.locator("#code-sent")).isVisible();
          watch.isAccessible(page);
          String code = TextMessages.code(MESSAGES.next());
          page.locator("#field-smsCode").fill(code.equals("000000") ? "000001" : "000000");
          page.locator("#submit").click();
          assertThat(page.locator("#message")).isVisible();
          page.locator("#field-smsCode").fill(code);
          page.locator("#submit").click();
          isVerified(page);
        },
        403);
  }

  /// The signer of the examples, served as the proxy in front would.
  @Test
  void aCertificateInAFileSignsInTheBrowser() {
    Path kim =
        TestAuthority.writeHolder(
            authority.issue("CN=김하나()0001, 2.5.4.5=ci-of-certificate", "19900510"),
            folder.resolve("kim.pem"));
    walk(
        Device.DESKTOP,
        (page, watch) -> {
          List<String> bodies = new ArrayList<>();
          page.onRequest(request -> bodies.add(String.valueOf(request.postData())));
          serveSigner(page);
          choose(page, "certificate");
          assertThat(page.locator("#challenge")).containsText("naru identity check");
          watch.isAccessible(page);
          page.waitForFileChooser(() -> page.locator("#sign").click()).setFiles(kim);
          assertThat(page.locator("#field-signature")).not().hasValue("");
          page.locator("#submit").click();
          isVerified(page);
          assertThat(bodies)
              .anyMatch(body -> body.contains("signature"))
              .noneMatch(body -> body.contains("PRIVATE KEY"));
        });
  }

  @Test
  void aCertificateThatWasRevokedIsToldAndSoIsAFileThatIsNone() {
    Holder lost = authority.issue("CN=이하나()0002, 2.5.4.5=ci-of-lost", "19900510");
    authority.revoke(lost);
    authority.writeList(folder.resolve("list.pem"), Instant.now().plus(Duration.ofDays(1)));
    Path file = TestAuthority.writeHolder(lost, folder.resolve("lost.pem"));
    Path none = naru.file("none.pem", "no certificate");
    walk(
        Device.PHONE,
        (page, watch) -> {
          serveSigner(page);
          choose(page, "certificate");
          page.waitForFileChooser(() -> page.locator("#sign").click()).setFiles(none);
          assertThat(page.locator("#message")).isVisible();
          assertThat(page.locator("#field-signature")).hasValue("");
          page.waitForFileChooser(() -> page.locator("#sign").click()).setFiles(file);
          assertThat(page.locator("#message")).isHidden();
          page.locator("#submit").click();
          assertThat(page.locator("#message")).containsText("폐지된 인증서");
          watch.isAccessible(page);
        },
        403);
  }

  private static void serveSigner(Page page) {
    page.route(
        "**/signer/key-file.js",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setPath(Path.of("../examples/signer/key-file.js"))
                    .setContentType("text/javascript")));
  }

  @Test
  void somebodyElsesResultBehindALinkOpensNothing() {
    walk(
        Device.PHONE,
        (page, watch) -> {
          page.navigate("/api/v1/identity/portal/return?code=code-1&state=of-another&more=x");
          assertThat(page.locator("#message")).isVisible();
          assertThat(page.url()).isEqualTo(naru.uri() + "/return.html");
          page.locator("#to-verify").click();
          assertThat(page.locator("#campaigns")).isVisible();
        });
  }
}
