package dev.naru.acceptance;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bypass B12 against the limits that a Naru has unless told otherwise, as seen behind a proxy.
class LimitsTest {
  private static final String CAMPAIGN = "open";

  /// Documentation addresses (RFC 5737, RFC 3849).
  private static final String FLOOD = "192.0.2.1";

  private static final String HOUSEHOLD = "198.51.100.7";

  /// Connections.
  private static final int MOST = 1_000;

  @TempDir private static Path folder;
  private static NaruProcess naru;

  @BeforeAll
  static void start() {
    naru =
        NaruProcess.in(folder)
            .with("--trusted-proxy", "127.0.0.1", "--address-rate", "30")
            .and("--max-connections", String.valueOf(MOST));
    naru.importNation(20);
    naru.apply(new CampaignYaml(CAMPAIGN, CampaignYaml.now(), 60_000, 1, 10, 1).text());
    naru.serve();
  }

  @AfterAll
  static void end() {
    try (NaruProcess running = naru) {
      assertThat(running.logText()).doesNotContain("ERROR");
    }
  }

  private static Answer from(String address, String path, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("X-Forwarded-For", address);
    return new Http(naru.uri()).get(path, headers);
  }

  private static void isTooMany(Answer answer, String limit) {
    answer.refusedAs(429, "too-many-requests");
    assertThat(answer.text("limit")).isEqualTo(limit);
    assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 60L);
    assertThat(answer.text("detail")).containsIgnoringCase("place");
  }

  @Test
  void aSessionThatAsksAHundredTimesAsOftenIsToldSoAndGainsNothing() throws SQLException {
    Citizen citizen = Citizen.anybody(naru.uri(), CAMPAIGN).admitted();
    String number = citizen.join().text("number");
    long before = Books.of(naru).number("SELECT count(*) FROM waitingroom.admission");
    List<Answer> answers = IntStream.range(0, 300).mapToObj(_ -> citizen.admission()).toList();
    List<Answer> refused = answers.stream().filter(answer -> answer.status() != 200).toList();
    assertThat(refused).hasSizeGreaterThan(100).allSatisfy(answer -> isTooMany(answer, "session"));
    assertThat(Books.of(naru).number("SELECT count(*) FROM waitingroom.admission"))
        .isEqualTo(before);

    Citizen.anybody(naru.uri(), CAMPAIGN).admitted().sites("").must(200);
    NaruProcess.pause(Duration.ofMillis(1_500));
    assertThat(citizen.join().must(200).text("number")).as("after the wait").isEqualTo(number);
  }

  /// `/%61pi/` is `/api/` to the router. Fewer requests than an address may send at once.
  @ParameterizedTest
  @CsvSource({"192.0.2.11, /./api/v1/me", "192.0.2.12, /%61pi/v1/me"})
  void anotherSpellingOfAPathIsCountedToo(String address, String path) {
    Citizen citizen = Citizen.anybody(naru.uri(), CAMPAIGN);
    citizen.verify().must(200);
    Map<String, String> session = Map.of("Authorization", "Bearer " + citizen.session());
    List<Answer> answers =
        IntStream.range(0, 200).mapToObj(_ -> from(address, path, session)).toList();
    assertThat(answers).anySatisfy(answer -> isTooMany(answer, "session"));
  }

  @Test
  void theStatusOfTheLineIsForEverybodyAlways() {
    Citizen citizen = Citizen.anybody(naru.uri(), CAMPAIGN);
    citizen.verify().must(200);
    Map<String, String> session = Map.of("Authorization", "Bearer " + citizen.session());
    for (int i = 0; i < 500; i++) {
      from(HOUSEHOLD, "/api/v1/campaigns/" + CAMPAIGN + "/line", session).must(200);
    }
  }

  @Test
  void anAddressThatFloodsIsRefusedAndItsNeighboursAreNot() {
    int refused = 0;
    for (int i = 0; i < 2_000 && refused == 0; i++) {
      Answer answer = from(FLOOD, "/api/v1/campaigns", Map.of());
      if (answer.status() != 200) {
        isTooMany(answer, "address");
        refused++;
      }
    }
    assertThat(refused).isEqualTo(1);
    from("192.0.2.2", "/api/v1/campaigns", Map.of()).must(200);
  }

  /// Whoever writes the header themselves is counted as the address that the proxy saw.
  @Test
  void anInventedForwardedAddressChangesNothing() {
    int refused = 0;
    for (int i = 0; i < 2_000 && refused == 0; i++) {
      Answer answer = from("203.0.113." + i % 250 + ", 192.0.2.9", "/api/v1/campaigns", Map.of());
      refused += answer.status() == 429 ? 1 : 0;
    }
    assertThat(refused).isEqualTo(1);
  }

  /// There are proxies that add a line of their own to the caller's.
  @Test
  void anInventedLineOfForwardedAddressesChangesNothing() throws Exception {
    int refused = 0;
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < 2_000 && refused == 0; i++) {
        HttpRequest request =
            HttpRequest.newBuilder(naru.uri().resolve("/api/v1/campaigns"))
                .header("X-Forwarded-For", "203.0.113." + i % 250)
                .header("X-Forwarded-For", "192.0.2.10")
                .build();
        refused += client.send(request, BodyHandlers.discarding()).statusCode() == 429 ? 1 : 0;
      }
    }
    assertThat(refused).isEqualTo(1);
  }

  @Test
  void guessedSessionsCountForTheAddressThatGuesses() {
    int refused = 0;
    for (int i = 0; i < 1_000 && refused == 0; i++) {
      Map<String, String> guess = Map.of("Authorization", "Bearer guess" + i);
      Answer answer = from("2001:db8::" + (1 + i % 9), "/api/v1/me", guess);
      if (answer.status() != 401) {
        isTooMany(answer, "address");
        refused++;
      }
    }
    assertThat(refused).as("a whole /64 is one").isEqualTo(1);
    from("2001:db8:0:1::1", "/api/v1/me", Map.of("Authorization", "Bearer x")).must(401);
  }

  /// Twenty people behind one address, each as busy as a person can be.
  @Test
  void aHouseholdBehindOneAddressIsNotDisturbed() {
    List<Citizen> people =
        IntStream.range(0, 20).mapToObj(_ -> Citizen.anybody(naru.uri(), CAMPAIGN)).toList();
    for (Citizen person : people) {
      person.verify().must(200);
    }
    for (int round = 0; round < 8; round++) {
      for (Citizen person : people) {
        from(HOUSEHOLD, "/api/v1/me", Map.of("Authorization", "Bearer " + person.session()))
            .must(200);
      }
    }
  }

  /// Whatever trickles in meanwhile: else a byte now and then holds a connection for ever.
  @Test
  void aRequestThatIsNotWholeAfterTenSecondsIsGivenUp() throws IOException {
    try (SlowCaller silent = new SlowCaller(naru.uri(), SlowCaller.HEAD);
        SlowCaller second = SlowCaller.second(naru.uri());
        SlowCaller head = new SlowCaller(naru.uri(), SlowCaller.HEAD);
        SlowCaller body = new SlowCaller(naru.uri(), SlowCaller.BODY)) {
      List<SlowCaller> trickling = List.of(second, head, body);
      for (int i = 0; i < 9; i++) {
        assertThat(trickling).as("after %d s", i).allMatch(SlowCaller::trickles);
        NaruProcess.pause(ofSeconds(1));
      }
      NaruProcess.pause(ofSeconds(3));
      assertThat(List.of(silent, second, head, body)).noneMatch(SlowCaller::holds);
    }
  }

  /// Of whom two in three are away at any moment.
  @Test
  void aCrowdOfSlowCallersHoldsUpNobody() throws IOException {
    try (SlowCrowd crowd = SlowCrowd.of(naru.uri(), 3 * MOST)) {
      for (int i = 0; i < 10; i++) {
        long since = System.nanoTime();
        from(HOUSEHOLD, "/wait.html", Map.of()).must(200);
        from(HOUSEHOLD, "/api/v1/campaigns/" + CAMPAIGN + "/line", Map.of()).must(200);
        Citizen.anybody(naru.uri(), CAMPAIGN).admitted().sites("").must(200);
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(ofSeconds(5));
        NaruProcess.pause(Duration.ofMillis(200));
      }
      assertThat(crowd.came()).as("sent away and back").isGreaterThan(5 * MOST);
      assertThat(connections()).isBetween(MOST / 2, 2 * MOST);
    }
  }

  private static int connections() {
    String metrics = new Http(naru.managementUri()).get("/q/metrics").must(200).text();
    String gauge = "http_server_active_connections{server_port=\"" + naru.uri().getPort() + "\"} ";
    return (int)
        metrics
            .lines()
            .filter(line -> line.startsWith(gauge))
            .mapToDouble(line -> Double.parseDouble(line.substring(gauge.length())))
            .sum();
  }
}
