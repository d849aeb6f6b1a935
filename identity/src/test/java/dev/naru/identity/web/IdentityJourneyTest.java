package dev.naru.identity.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.naru.common.eligibility.Applicant;
import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.eligibility.Decision;
import dev.naru.common.eligibility.Reason;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperCheck;
import dev.naru.common.paper.PaperKeys;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import dev.naru.common.person.PersonKey;
import dev.naru.common.person.PersonKeys;
import dev.naru.common.person.Sealer;
import dev.naru.common.text.LocalText;
import dev.naru.common.web.Callers;
import dev.naru.common.web.LiveSessions;
import dev.naru.database.Database;
import dev.naru.database.TestPostgres;
import dev.naru.identity.HandTime;
import dev.naru.identity.IdentitySettings;
import dev.naru.identity.IdentityStation;
import dev.naru.identity.check.CampaignEligibility;
import dev.naru.identity.check.EligibilityDesk;
import dev.naru.identity.helping.HelpingDesk;
import dev.naru.identity.helping.HelpingTerms;
import dev.naru.identity.provider.IdentityProvider;
import dev.naru.identity.provider.TestChecks;
import dev.naru.identity.provider.simulated.SimulatedProvider;
import dev.naru.identity.provider.simulated.SimulatedSettings;
import dev.naru.identity.session.SessionTimes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// From the list of providers to logging out, through the resources, on a real database.
final class IdentityJourneyTest {
  private static final Database DATABASE = TestPostgres.with("identity");
  private static final ScheduledExecutorService SCHEDULER =
      Executors.newSingleThreadScheduledExecutor();
  private static final AtomicInteger PEOPLE = new AtomicInteger();
  private static final String PHONE = "11111111-1111-4111-8111-111111111111";
  private static final String LAPTOP = "22222222-2222-4222-8222-222222222222";

  private final HandTime time = new HandTime();
  private final Papers papers = new Papers(new PaperKeys(Map.of(1, new byte[32]), 1), time);
  private final IdentityStation station =
      IdentityStation.start(
          DATABASE.dataSource(),
          null,
          papers,
          new PersonKeys(new byte[32]),
          Sealer.open(Sealer.newKeySet()),
          TestChecks.KEYS,
          time,
          new Random(PEOPLE.get()),
          SCHEDULER,
          List.of(simulated("bank", 0), simulated("portal", 0), simulated("down", 1)),
          new Desk(),
          new NoHelping(),
          IdentitySettings.USUAL);
  private final IdentityResource identity =
      new IdentityResource(
          station.checks(), new CheckResponses(station.providers()), station.cookies());
  private final SessionResource session =
      new SessionResource(
          station.sessions(), station.helpings(), station.callers(), station.cookies());
  private final String ci = "ci-" + PEOPLE.incrementAndGet();

  @AfterEach
  void closeStation() {
    station.close();
  }

  @AfterAll
  static void closeAll() {
    SCHEDULER.shutdownNow();
    DATABASE.close();
  }

  /// Answers at once.
  private IdentityProvider simulated(String id, double failures) {
    return new SimulatedProvider(
        new SimulatedSettings(
            id, new LocalText(id + "(한국어)", id), Duration.ZERO, 100, failures, null),
        time,
        new Random(3),
        (_, task) -> task.run());
  }

  /// One campaign for those born in the twentieth century.
  static final class Desk implements EligibilityDesk {
    @Override
    public boolean knows(String campaign) {
      return campaign.equals("covid-2021");
    }

    @Override
    public CampaignEligibility of(String campaign, Applicant applicant) {
      BookingWindow window =
          new BookingWindow(
              0,
              Set.of(9),
              Instant.parse("2021-08-09T10:00:00Z"),
              Instant.parse("2021-08-09T11:00:00Z"),
              Instant.parse("2021-08-10T09:00:00Z"),
              1,
              10);
      Decision decision =
          applicant.birth().getYear() < 2000
              ? new Decision.Admitted(9, window, List.of(window))
              : Decision.refused(Reason.TOO_YOUNG.cohort(), Reason.TOO_YOUNG, List.of());
      return new CampaignEligibility(
          decision,
          ZoneId.of("Asia/Seoul"),
          SessionTimes.USUAL,
          Instant.parse("2022-01-01T00:00:00Z"));
    }
  }

  /// Everybody books for themselves.
  static final class NoHelping implements HelpingDesk {
    @Override
    public @Nullable HelpingTerms terms(String campaign) {
      return null;
    }

    @Override
    public boolean isStaff(String campaign, PersonKey person) {
      return false;
    }

    @Override
    public boolean isAllowedAnywhere() {
      return false;
    }
  }

  private static StubHeaders device(String device) {
    return english().cookie("naru_device", device);
  }

  private static StubHeaders english() {
    return new StubHeaders().with(HttpHeaders.ACCEPT_LANGUAGE, "en");
  }

  private static JsonNode body(Response response) {
    return new ObjectMapper().valueToTree(response.getEntity());
  }

  private static void assertProblem(Response response, int status, String code) {
    assertThat(response.getStatus()).isEqualTo(status);
    assertThat(body(response).path("type").asText()).isEqualTo("urn:naru:" + code);
    assertThat(body(response).path("detail").asText()).isNotBlank();
    assertThat(response.getCookies()).doesNotContainKey(Callers.COOKIE);
  }

  private Response start(String provider, String campaign, HttpHeaders headers) {
    return identity
        .start(provider, Map.of("campaign", campaign), headers)
        .toCompletableFuture()
        .join();
  }

  private String request(String provider, StubHeaders headers) {
    return body(start(provider, "covid-2021", headers)).path("request").asText();
  }

  private Map<String, Object> form(String request) {
    return new HashMap<>(
        Map.of(
            "request", request,
            "name", "홍길동",
            "birthDate", "1980-01-09",
            "phone", "010-1234-5678",
            "ci", ci));
  }

  private Response complete(
      String provider, @Nullable Map<String, Object> json, HttpHeaders headers) {
    return identity.complete(provider, json, headers).toCompletableFuture().join();
  }

  private Response verify(String device) {
    StubHeaders headers = device(device);
    return complete("bank", form(request("bank", headers)), headers);
  }

  private Paper paper(Response verified) {
    String token = body(verified).path("session").asText();
    if (papers.verify(PaperKind.SESSION, token) instanceof PaperCheck.Valid(Paper paper)) {
      return paper;
    }
    throw new AssertionError("not a session: " + verified.getStatus());
  }

  @Test
  void fromTheFirstClickToTheSession() {
    Response started = start("bank", "covid-2021", english());
    NewCookie device = requireNonNull(started.getCookies().get("naru_device"));
    assertThat(body(started).path("next").asText()).isEqualTo("form");
    assertThat(body(started).path("fields").toString())
        .isEqualTo("[\"name\",\"birthDate\",\"phone\",\"ci\"]");
    assertThat(device.isHttpOnly()).isTrue();
    assertThat(device.getSameSite()).isEqualTo(NewCookie.SameSite.LAX);
    assertThat(device.isSecure()).isFalse();

    Response verified =
        complete(
            "bank",
            form(body(started).path("request").asText()),
            device(device.getValue()).with("X-Forwarded-Proto", "https"));
    assertThat(verified.getStatus()).isEqualTo(200);
    assertThat(body(verified).path("person").path("maskedName").asText()).isEqualTo("홍*동");
    JsonNode eligibility = body(verified).path("eligibility");
    assertThat(eligibility.path("eligible").asBoolean()).isTrue();
    assertThat(eligibility.has("reason")).isFalse();
    assertThat(eligibility.path("windows").path(0).path("opens").asText())
        .isEqualTo("2021-08-09T20:00:00+09:00");
    NewCookie cookie = requireNonNull(verified.getCookies().get(Callers.COOKIE));
    assertThat(cookie.getValue()).isEqualTo(body(verified).path("session").asText());
    assertThat(cookie.getMaxAge()).isEqualTo(12 * 3600);
    assertThat(cookie.isHttpOnly() && cookie.isSecure()).isTrue();
    assertThat(paper(verified).cohort()).isEqualTo(9);
    assertThat(paper(verified).session().toString()).isNotEqualTo(device.getValue());
    assertThat(use(verified)).isEqualTo(LiveSessions.State.LIVE);
  }

  @Test
  void aKnownDeviceKeepsItsCookieAndANonsenseOneIsReplaced() {
    assertThat(deviceOf(device(PHONE))).isEqualTo(PHONE);
    assertThat(deviceOf(device("1-1-1-1-1"))).hasSize(36).isNotEqualTo(PHONE);
    assertThat(deviceOf(device("x".repeat(36)))).hasSize(36).doesNotContain("x");
  }

  private String deviceOf(StubHeaders headers) {
    Response started = start("bank", "covid-2021", headers);
    return requireNonNull(started.getCookies().get("naru_device")).getValue();
  }

  @Test
  void theSameRequestAgainGivesTheSameSession() {
    String request = request("bank", device(PHONE));
    Response once = complete("bank", form(request), device(PHONE));
    Response again = complete("bank", form(request), english());
    assertThat(paper(again).session()).isEqualTo(paper(once).session());
  }

  @Test
  void aSecondDeviceIsRefusedWithTheSecondsLeft() {
    verify(PHONE);
    time.pass(Duration.ofMinutes(1));
    Response refused = verify(LAPTOP);
    assertProblem(refused, 409, "session-elsewhere");
    assertThat(body(refused).path("secondsLeft").asLong()).isEqualTo(540);
  }

  @Test
  void whoMayNotBookGetsASessionAndTheReason() {
    Map<String, Object> young = form(request("bank", device(PHONE)));
    young.put("birthDate", "2015-01-09");
    Response verified = complete("bank", young, device(PHONE));
    assertThat(paper(verified).cohort()).isEqualTo(Reason.TOO_YOUNG.cohort());
    assertThat(body(verified).path("eligibility").path("reason").asText()).isEqualTo("too-young");
    assertThat(body(verified).path("eligibility").path("detail").asText()).contains("younger");
  }

  @Test
  void aRequestIsBoundToProviderDeviceAndTime() {
    String request = request("bank", device(PHONE));
    assertProblem(complete("portal", form(request), device(PHONE)), 403, "request-forged");
    assertProblem(complete("bank", form(request + "x"), device(PHONE)), 403, "request-forged");
    assertProblem(complete("bank", form(request), device(LAPTOP)), 403, "request-elsewhere");
    String session = body(verify(PHONE)).path("session").asText();
    assertProblem(complete("bank", form(session), device(PHONE)), 403, "request-forged");
    time.pass(Duration.ofMinutes(10));
    assertProblem(complete("bank", form(request), device(PHONE)), 400, "request-expired");
  }

  @Test
  void aProviderThatIsDownIsReplacedByASmoothOne() {
    String request = request("down", device(PHONE));
    Response refused = complete("down", form(request), device(PHONE));
    assertProblem(refused, 503, "provider-unavailable");
    assertThat(refused.getHeaderString(HttpHeaders.RETRY_AFTER)).isEqualTo("10");
    assertThat(body(refused).path("others").findValuesAsText("id"))
        .containsExactly("bank", "portal");
  }

  @Test
  void nobodyIsNotVerified() {
    Map<String, Object> form = form(request("bank", device(PHONE)));
    form.put("ci", "unknown-person");
    assertProblem(complete("bank", form, device(PHONE)), 403, "not-verified");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertProblem(start("tarot", "covid-2021", english()), 404, "provider-unknown");
    assertProblem(complete("tarot", form("x"), english()), 404, "provider-unknown");
    assertProblem(start("bank", "covid-1999", english()), 404, "campaign-unknown");
    assertProblem(start("bank", "c".repeat(5_000), english()), 404, "campaign-unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "request, ''",
    "name, ''",
    "birthDate, 1980-13-01",
    "surprise, x",
  })
  void aMalformedFieldIsNamed(String field, String value) {
    Map<String, Object> form = form(request("bank", device(PHONE)));
    form.put(field, value);
    Response refused = complete("bank", form, device(PHONE));
    assertProblem(refused, 400, "malformed");
    assertThat(body(refused).path("field").asText()).isEqualTo(field);
  }

  @Test
  void bodiesThatAreNoFormAreMalformed() {
    assertProblem(complete("bank", null, english()), 400, "malformed");
    assertProblem(complete("bank", Map.of("request", 1), english()), 400, "malformed");
    assertProblem(complete("bank", Map.of("x".repeat(60), ""), english()), 400, "malformed");
    assertProblem(complete("bank", Map.of("ci", "x".repeat(8001)), english()), 400, "malformed");
    Map<String, Object> many = new HashMap<>();
    for (int i = 0; i < 21; i++) {
      many.put("f" + i, "");
    }
    assertProblem(complete("bank", many, english()), 400, "malformed");
    Map<String, Object> nothing = new HashMap<>();
    nothing.put("request", null);
    assertProblem(complete("bank", nothing, english()), 400, "malformed");
    assertProblem(
        identity
            .start("bank", Map.of("campaign", "covid-2021", "x", ""), english())
            .toCompletableFuture()
            .join(),
        400,
        "malformed");
  }

  @Test
  void loggingOutEndsTheSessionAndMayBeRepeated() {
    Response verified = verify(PHONE);
    String token = body(verified).path("session").asText();
    StubHeaders foreign = english().cookie(Callers.COOKIE, token);
    assertProblem(logOut(foreign), 403, "cross-site");
    assertThat(use(verified)).isEqualTo(LiveSessions.State.LIVE);

    StubHeaders own = english().cookie(Callers.COOKIE, token).with(Callers.OWN_PAGE_HEADER, "1");
    for (int i = 0; i < 2; i++) {
      Response out = logOut(own);
      assertThat(out.getStatus()).isEqualTo(204);
      assertThat(requireNonNull(out.getCookies().get(Callers.COOKIE)).getMaxAge()).isZero();
      assertThat(use(verified)).isEqualTo(LiveSessions.State.DEAD);
    }
    assertThat(verify(LAPTOP).getStatus()).isEqualTo(200);
  }

  @Test
  void whatTheDatabaseDoesNotTakeIsAnsweredWithTryAgain() throws Exception {
    Response verified = verify(PHONE);
    StubHeaders bearer =
        english().with("Authorization", "Bearer " + body(verified).path("session").asText());
    rename("session", "away");
    try {
      Response again = verify(PHONE);
      assertProblem(again, 503, "unavailable");
      assertThat(again.getHeaderString(HttpHeaders.RETRY_AFTER)).isEqualTo("2");
      assertProblem(logOut(bearer), 503, "unavailable");
    } finally {
      rename("away", "session");
    }
    assertThat(paper(verify(PHONE)).session()).isEqualTo(paper(verified).session());
    assertThat(logOut(bearer).getStatus()).isEqualTo(204);
  }

  private static void rename(String from, String to) throws SQLException {
    try (Connection connection = DATABASE.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE identity." + from + " RENAME TO " + to);
    }
  }

  private LiveSessions.State use(Response verified) {
    return station.sessions().use(paper(verified)).toCompletableFuture().join();
  }

  private Response logOut(HttpHeaders headers) {
    return session.logOut(headers);
  }

  @Test
  void theListOfProvidersIsCacheableAndSpeaksTheReadersLanguage() {
    verify(PHONE);
    complete("down", form(request("down", device(PHONE))), device(PHONE));
    Response list = new ProvidersResource(station.providers()).list(english());
    assertThat(list.getHeaderString(HttpHeaders.CACHE_CONTROL)).isEqualTo("public, max-age=2");
    assertThat(list.getHeaderString(HttpHeaders.VARY)).isEqualTo("Accept-Language");
    assertThat(body(list).path("providers").findValuesAsText("id"))
        .containsExactly("bank", "portal", "down");
    assertThat(body(list).path("providers").findValuesAsText("light"))
        .containsExactly("smooth", "smooth", "delayed");
    assertThat(body(list).path("providers").path(0).path("medianSeconds").isNumber()).isTrue();
    assertThat(body(list).path("providers").path(1).path("medianSeconds").isNull()).isTrue();
    assertThat(body(list).path("providers").path(0).path("kind").asText()).isEqualTo("form");
    Response korean = new ProvidersResource(station.providers()).list(new StubHeaders());
    assertThat(body(korean).path("providers").path(0).path("name").asText()).isEqualTo("bank(한국어)");
  }
}
