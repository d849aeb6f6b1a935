package dev.naru.acceptance.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.naru.acceptance.CampaignYaml;
import dev.naru.acceptance.NaruProcess;
import dev.naru.acceptance.browser.Chromium.Device;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// A real Keycloak in a real browser: `./naru test -Plong`, which fetches it (160 MB). It takes a
/// minute to start.
@EnabledIfSystemProperty(named = "naru.keycloak", matches = ".+")
class KeycloakBrowserTest {
  private static final Duration START_LIMIT = Duration.ofMinutes(4);

  @TempDir private Path folder;

  @Test
  void whoLogsInAtKeycloakIsVerifiedAndWhoReloadsIsStillThere()
      throws IOException, InterruptedException {
    Path keycloak = Path.of(System.getProperty("naru.keycloak")).toAbsolutePath();
    int port = freePort();
    URI issuer = URI.create("http://localhost:" + port + "/realms/citizens");
    try (NaruProcess naru = NaruProcess.in(folder)) {
      Process server = start(keycloak, port, naru.uri());
      try {
        naru.importNation(20);
        naru.apply(new CampaignYaml("one", CampaignYaml.now().plusHours(1), 600, 1, 1, 1).text());
        naru.file("keycloak.secret", "a-client-secret");
        naru.serveWith(page(issuer));
        await(issuer, server);
        logIn(naru);
        assertThat(naru.logText()).doesNotContain("ERROR", "나루", "ci-of-kim");
      } finally {
        server.descendants().forEach(ProcessHandle::destroy);
        server.destroy();
        server.waitFor(30, TimeUnit.SECONDS);
      }
    }
  }

  private static String page(URI issuer) {
    return """
    providers:
      - {id: keycloak, kind: oidc, name: {ko: 통합 로그인, en: Single sign-on}, capacity: 10,
         issuer: "%s", clientId: naru, clientSecret: {file: keycloak.secret},
         scopes: [openid, profile], algorithms: [RS256], claims: {ci: ci}}
    """
        .formatted(issuer);
  }

  private static void logIn(NaruProcess naru) {
    try (Chromium chromium = Chromium.launch();
        BrowserContext context = chromium.unknown(Device.DESKTOP, naru.uri())) {
      Page page = context.newPage();
      page.setDefaultTimeout(60_000);
      page.navigate("/verify.html?c=one");
      page.locator("[data-provider=keycloak]").click();
      page.locator("#username").fill("kim");
      page.locator("#password").fill("a-password");
      page.locator("[type=submit]").click();
      assertThat(page.locator("#answer")).hasAttribute("data-eligible", "true");
      // Keycloak tells the first name first; the page masks it.
      assertThat(page.locator("#answer-title")).containsText("나*");
      page.reload();
      assertThat(page.locator("#answer")).hasAttribute("data-eligible", "true");
    }
  }

  private Process start(Path keycloak, int port, URI naru) throws IOException {
    Path realm = Files.createDirectories(keycloak.resolve("data/import")).resolve("realm.json");
    try (var text =
        Objects.requireNonNull(
            KeycloakBrowserTest.class.getResourceAsStream("/keycloak-realm.json"))) {
      Files.writeString(
          realm,
          new String(text.readAllBytes(), StandardCharsets.UTF_8)
              .replace("NARU/", naru.toString() + "/"));
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                "sh",
                keycloak.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--import-realm",
                "--http-port=" + port,
                "--http-management-port=" + freePort(),
                "--cache=local")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keycloak.log").toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.start();
  }

  private void await(URI issuer, Process server) throws IOException, InterruptedException {
    URI metadata = URI.create(issuer + "/.well-known/openid-configuration");
    long since = System.nanoTime();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (System.nanoTime() - since < START_LIMIT.toNanos() && server.isAlive()) {
        try {
          if (http.send(HttpRequest.newBuilder(metadata).build(), BodyHandlers.discarding())
                  .statusCode()
              == 200) {
            return;
          }
        } catch (IOException e) {
          // Not yet.
        }
        NaruProcess.pause(Duration.ofMillis(500));
      }
    }
    throw new AssertionError(
        "Keycloak did not start:\n" + Files.readString(folder.resolve("keycloak.log")));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
