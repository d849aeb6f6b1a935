package dev.naru.identity.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.naru.common.paper.PaperKeys;
import dev.naru.common.paper.Papers;
import dev.naru.common.person.PersonKeys;
import dev.naru.common.person.Sealer;
import dev.naru.common.text.LocalText;
import dev.naru.common.web.Callers;
import dev.naru.database.Database;
import dev.naru.database.TestPostgres;
import dev.naru.database.valkey.TestValkey;
import dev.naru.database.valkey.Valkey;
import dev.naru.identity.IdentitySettings;
import dev.naru.identity.IdentityStation;
import dev.naru.identity.provider.About;
import dev.naru.identity.provider.TestChecks;
import dev.naru.identity.provider.phone.PhoneCodeProvider;
import dev.naru.identity.provider.phone.PhoneLimits;
import dev.naru.identity.session.ValkeySessionRegistry;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The last request of a check, sent again: with codes that are good once, and sessions in a Valkey
/// that several nodes share.
final class SentAgainTest {
  private static final Database DATABASE = TestPostgres.with("identity");
  private static final TestValkey SERVER = TestValkey.start();
  private static final Valkey VALKEY =
      Valkey.connect(SERVER.address(), ValkeySessionRegistry.scripts());
  private static final ScheduledExecutorService SCHEDULER =
      Executors.newSingleThreadScheduledExecutor();
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final String PHONE = "11111111-1111-4111-8111-111111111111";
  private static final String LAPTOP = "22222222-2222-4222-8222-222222222222";

  private final Map<String, String> codes = new ConcurrentHashMap<>();
  private final InstantSource time = InstantSource.system();
  private final IdentityStation station =
      IdentityStation.start(
          DATABASE.dataSource(),
          VALKEY,
          new Papers(new PaperKeys(Map.of(1, new byte[32]), 1), time),
          new PersonKeys(new byte[32]),
          Sealer.open(Sealer.newKeySet()),
          TestChecks.KEYS,
          time,
          new SecureRandom(),
          SCHEDULER,
          List.of(
              new PhoneCodeProvider(
                  new About("sms", new LocalText("문자 인증", "Text message"), 100),
                  (phone, text) -> codes.put(phone, text.replaceAll("\\D", "")),
                  PhoneLimits.USUAL,
                  DATABASE.dataSource(),
                  new SecureRandom(),
                  time,
                  Executors.newVirtualThreadPerTaskExecutor())),
          new IdentityJourneyTest.Desk(),
          new IdentityJourneyTest.NoHelping(),
          IdentitySettings.USUAL);
  private final IdentityResource identity =
      new IdentityResource(
          station.checks(), new CheckResponses(station.providers()), station.cookies());
  private final SessionResource session =
      new SessionResource(
          station.sessions(), station.helpings(), station.callers(), station.cookies());
  private final String number = "0108%07d".formatted(NUMBERS.incrementAndGet());

  @AfterEach
  void closeStation() {
    station.close();
  }

  @AfterAll
  static void closeAll() {
    SCHEDULER.shutdownNow();
    VALKEY.close();
    SERVER.close();
    DATABASE.close();
  }

  private static StubHeaders device(String device) {
    return new StubHeaders().with(HttpHeaders.ACCEPT_LANGUAGE, "en").cookie("naru_device", device);
  }

  private static JsonNode body(Response response) {
    return new ObjectMapper().valueToTree(response.getEntity());
  }

  private static void assertProblem(Response response, int status, String code) {
    assertThat(response.getStatus()).isEqualTo(status);
    assertThat(body(response).path("type").asText()).isEqualTo("urn:naru:" + code);
    assertThat(response.getCookies()).doesNotContainKey(Callers.COOKIE);
  }

  private CompletableFuture<Response> send(Map<String, Object> last, String device) {
    return identity.complete("sms", last, device(device)).toCompletableFuture();
  }

  /// As far as the person has the code.
  ///
  /// @return the request that is the last of the check
  private Map<String, Object> last(String device) {
    Response started =
        identity
            .start("sms", Map.of("campaign", "covid-2021"), device(device))
            .toCompletableFuture()
            .join();
    String request = body(started).path("request").asText();
    Map<String, Object> person =
        Map.of("request", request, "name", "홍길동", "birthDate", "1980-01-09", "phone", number);
    Response asked = send(person, device).join();
    assertThat(asked.getStatus()).isEqualTo(202);
    return new HashMap<>(
        Map.of(
            "request",
            request,
            "step",
            body(asked).path("step").asText(),
            "smsCode",
            requireNonNull(codes.get(number))));
  }

  private void logOut(Response verified) {
    Response out =
        session.logOut(
            new StubHeaders()
                .cookie(Callers.COOKIE, body(verified).path("session").asText())
                .with(Callers.OWN_PAGE_HEADER, "1"));
    assertThat(out.getStatus()).isEqualTo(204);
  }

  private static void awaitValkey() {
    long since = System.nanoTime();
    while (!VALKEY.answers()) {
      if (System.nanoTime() - since > Duration.ofSeconds(10).toNanos()) {
        throw new AssertionError("the server does not answer");
      }
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = DATABASE.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// As the answer asks for: "send the same request again".
  @Test
  void aCodeIsNotUsedUpByASessionThatCouldNotBeGiven() {
    Map<String, Object> last = last(PHONE);
    SERVER.kill();
    try {
      for (int i = 0; i < 6; i++) {
        assertProblem(send(last, PHONE).join(), 503, "unavailable");
      }
    } finally {
      SERVER.startAgain();
      awaitValkey();
    }
    assertProblem(send(last, LAPTOP).join(), 403, "request-elsewhere");
    assertThat(send(last, PHONE).join().getStatus()).isEqualTo(200);
  }

  /// Else the next person at a shared computer is let in as the last one.
  @Test
  void aCodeThatGaveASessionGivesNoOther() {
    Map<String, Object> last = last(PHONE);
    Response verified = send(last, PHONE).join();
    assertThat(verified.getStatus()).isEqualTo(200);
    assertProblem(send(last, PHONE).join(), 403, "not-verified");
    logOut(verified);
    assertProblem(send(last, PHONE).join(), 403, "not-verified");
    assertThat(send(last(LAPTOP), LAPTOP).join().getStatus())
        .as("nobody is kept out by that")
        .isEqualTo(200);
  }

  @Test
  void aCodeSentSeveralTimesAtTheSameInstantGivesOneSession() {
    Map<String, Object> last = last(PHONE);
    List<CompletableFuture<Response>> sent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sent.add(send(last, PHONE));
    }
    assertThat(sent.stream().map(each -> each.join().getStatus()))
        .containsExactlyInAnyOrder(200, 403, 403, 403, 403);
  }

  @Test
  void whoLogsOutAtTheOtherDeviceGoesOnWithTheSameCode() {
    Response first = send(last(LAPTOP), LAPTOP).join();
    Map<String, Object> last = last(PHONE);
    assertProblem(send(last, PHONE).join(), 409, "session-elsewhere");
    logOut(first);
    assertThat(send(last, PHONE).join().getStatus()).isEqualTo(200);
  }

  @Test
  void aSessionIsNotGivenBeforeItIsOnDiskThatItsCodeWasUsed() throws SQLException {
    Map<String, Object> last = last(PHONE);
    execute(
        """
        CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN RAISE 'no space left on device'; END $$;
        CREATE TRIGGER full_disk BEFORE DELETE ON identity.phone_code
          FOR EACH ROW EXECUTE FUNCTION full_disk();
        """);
    try {
      assertProblem(send(last, PHONE).join(), 503, "unavailable");
    } finally {
      execute("DROP FUNCTION full_disk CASCADE");
    }
    assertThat(send(last, PHONE).join().getStatus()).isEqualTo(200);
  }
}
