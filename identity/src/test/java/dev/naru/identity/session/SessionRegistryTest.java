package dev.naru.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.person.PersonKey;
import dev.naru.common.person.Sealer;
import dev.naru.database.Database;
import dev.naru.database.TestPostgres;
import dev.naru.identity.HandTime;
import dev.naru.identity.person.People;
import dev.naru.identity.person.PersonData;
import dev.naru.identity.person.SealedPerson;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SessionRegistryTest {
  private static final SessionTimes TIMES =
      new SessionTimes(Duration.ofMinutes(10), Duration.ofHours(12));
  private static final UUID PHONE = new UUID(1, 1);
  private static final UUID LAPTOP = new UUID(2, 2);
  private static final Sealer SEALER = Sealer.open(Sealer.newKeySet());

  private static Database database;

  private final HandTime time = new HandTime();
  private final List<SessionRegistry> opened = new ArrayList<>();
  private final PersonKey person = new PersonKey(RandomGenerator.getDefault().nextLong(), 2, 3, 4);
  private SessionRegistry registry;

  @BeforeAll
  static void openDatabase() {
    database = TestPostgres.with("identity");
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @BeforeEach
  void openRegistry() {
    registry = open();
  }

  @AfterEach
  void closeRegistries() {
    opened.forEach(SessionRegistry::close);
  }

  /// As after kill -9: the one before is never closed in time.
  private SessionRegistry open() {
    SessionRegistry fresh =
        SessionRegistry.open(database.dataSource(), time, RandomGenerator.of("L64X128MixRandom"));
    opened.add(fresh);
    return fresh;
  }

  private Claim claim(UUID device) {
    return claim(registry, device);
  }

  private Claim claim(SessionRegistry on, UUID device) {
    return on.claim(sealed(person), device, TIMES).toCompletableFuture().join();
  }

  private static SealedPerson sealed(PersonKey person) {
    return new People(database.dataSource(), SEALER)
        .seal(
            person,
            new PersonData("홍길동", LocalDate.of(1980, 1, 9), "01012345678"),
            Instant.parse("2022-01-01T00:00:00Z"));
  }

  private Paper granted(UUID device) {
    return switch (claim(device)) {
      case Claim.Granted(var session, var expires) ->
          new Paper(PaperKind.SESSION, "covid-2021", person, session, 9, 0, 0, expires);
      case Claim.Elsewhere _, Claim.NotStored _ -> throw new AssertionError("refused");
    };
  }

  @Test
  void aSecondDeviceIsRefusedWhileTheFirstIsAlive() {
    granted(PHONE);
    time.pass(Duration.ofMinutes(4));

    assertThat(claim(LAPTOP)).isEqualTo(new Claim.Elsewhere(360));
  }

  @Test
  void useRenewsTheLease() {
    Paper session = granted(PHONE);
    time.pass(Duration.ofMinutes(9));
    assertThat(registry.use(session)).isTrue();
    time.pass(Duration.ofMinutes(9));

    assertThat(claim(LAPTOP)).isEqualTo(new Claim.Elsewhere(60));
  }

  @Test
  void theSameDeviceGetsTheSameSessionWithARenewedPaper() {
    Paper first = granted(PHONE);
    time.pass(Duration.ofHours(1));
    Paper second = granted(PHONE);

    assertThat(second.session()).isEqualTo(first.session());
    assertThat(second.expires()).isEqualTo(first.expires().plusSeconds(3600));
    assertThat(registry.use(first)).isTrue();
  }

  @Test
  void anotherDeviceGetsInWhenTheLeaseHasRunOutAndTheFirstIsDeadForEver() {
    Paper first = granted(PHONE);
    time.pass(Duration.ofMinutes(10));
    Paper second = granted(LAPTOP);

    assertThat(second.session()).isNotEqualTo(first.session());
    assertThat(registry.use(first)).isFalse();
    assertThat(registry.use(second)).isTrue();
    time.pass(Duration.ofHours(1));
    assertThat(granted(PHONE).session()).isNotEqualTo(first.session());
    assertThat(registry.use(first)).isFalse();
  }

  @Test
  void whoWaitsLongerThanTheLeaseIsNotThrownOut() {
    Paper session = granted(PHONE);
    time.pass(Duration.ofHours(3));

    assertThat(registry.use(session)).isTrue();
    assertThat(claim(LAPTOP)).isEqualTo(new Claim.Elsewhere(600));
  }

  @Test
  void aLoggedOutSessionNeverComesBackAndFreesThePerson() {
    Paper first = granted(PHONE);
    assertThat(registry.close(first).toCompletableFuture().join()).isTrue();

    assertThat(registry.use(first)).isFalse();
    assertThat(registry.close(first).toCompletableFuture().join()).isTrue();
    assertThat(open().use(first)).isFalse();
    assertThat(granted(LAPTOP).session()).isNotEqualTo(first.session());
    assertThat(open().use(first)).isFalse();
  }

  @Test
  void aDeadSessionCannotLogOutTheLivingOne() {
    Paper first = granted(PHONE);
    time.pass(Duration.ofMinutes(10));
    Paper second = granted(LAPTOP);
    registry.close(first).toCompletableFuture().join();

    assertThat(registry.use(second)).isTrue();
  }

  @Test
  void ofTwoRacingDevicesExactlyOneWinsTenThousandTimes() throws Exception {
    int rounds = 10_000;
    CyclicBarrier together = new CyclicBarrier(2);
    List<List<CompletableFuture<Claim>>> claims = new ArrayList<>();
    try (ExecutorService devices = Executors.newFixedThreadPool(2)) {
      List<Future<List<CompletableFuture<Claim>>>> racing = new ArrayList<>();
      for (UUID device : List.of(PHONE, LAPTOP)) {
        racing.add(
            devices.submit(
                () -> {
                  List<CompletableFuture<Claim>> answers = new ArrayList<>();
                  for (int i = 0; i < rounds; i++) {
                    SealedPerson racer = sealed(new PersonKey(person.a(), 7, 7, i));
                    together.await();
                    answers.add(registry.claim(racer, device, TIMES).toCompletableFuture());
                  }
                  return answers;
                }));
      }
      for (Future<List<CompletableFuture<Claim>>> answers : racing) {
        claims.add(answers.get());
      }
    }
    int phoneWon = 0;
    for (int i = 0; i < rounds; i++) {
      Claim phone = claims.get(0).get(i).join();
      Claim laptop = claims.get(1).get(i).join();
      assertThat(phone instanceof Claim.Granted ^ laptop instanceof Claim.Granted).isTrue();
      phoneWon += phone instanceof Claim.Granted ? 1 : 0;
    }
    // Otherwise the two never raced.
    assertThat(phoneWon).isBetween(1, rounds - 1);
    assertThat(open().size()).isGreaterThanOrEqualTo(rounds);
  }

  @Test
  void aKillRevivesNothingDeadAndLosesNothingLive() {
    Paper first = granted(PHONE);
    time.pass(Duration.ofMinutes(10));
    Paper second = granted(LAPTOP);
    SessionRegistry restarted = open();

    assertThat(restarted.use(first)).isFalse();
    assertThat(claim(restarted, PHONE)).isEqualTo(new Claim.Elsewhere(600));
    assertThat(restarted.use(second)).isTrue();
  }

  @Test
  void renewedLeasesSurviveAKillOnceTheyAreWrittenBehind() {
    Paper session = granted(PHONE);
    time.pass(Duration.ofMinutes(9));
    registry.use(session);
    registry.writeBehind().join();

    time.pass(Duration.ofMinutes(9));
    assertThat(claim(open(), LAPTOP)).isEqualTo(new Claim.Elsewhere(60));
  }

  @Test
  void aRenewalWrittenLateDoesNotTouchTheNextSession() throws Exception {
    Paper first = granted(PHONE);
    time.pass(Duration.ofMinutes(5));
    registry.use(first);
    registry.close(first).toCompletableFuture().join();
    registry.writeBehind().join();

    assertThat(rows()).isZero();
  }

  @Test
  void whatCannotBeStoredIsUndone() throws Exception {
    Paper first = granted(PHONE);
    time.pass(Duration.ofMinutes(10));
    execute("ALTER TABLE identity.session RENAME TO away");
    try {
      assertThat(claim(LAPTOP)).isEqualTo(new Claim.NotStored());
      assertThat(registry.use(first)).isTrue();
      assertThat(registry.close(first).toCompletableFuture().join()).isFalse();
      assertThat(registry.use(first)).isTrue();
    } finally {
      execute("ALTER TABLE identity.away RENAME TO session");
    }
    assertThat(claim(LAPTOP)).isEqualTo(new Claim.Elsewhere(600));
    assertThat(open().use(first)).isTrue();
  }

  @Test
  void aFirstClaimThatCannotBeStoredLeavesThePersonFree() throws Exception {
    execute("ALTER TABLE identity.session RENAME TO away");
    try {
      assertThat(claim(PHONE)).isEqualTo(new Claim.NotStored());
    } finally {
      execute("ALTER TABLE identity.away RENAME TO session");
    }
    assertThat(registry.use(granted(LAPTOP))).isTrue();
  }

  @Test
  void aLostAnswerOfTheDiskIsPutRightLater() throws Exception {
    Paper first = granted(PHONE);
    execute("ALTER TABLE identity.session RENAME TO away");
    registry.close(first).toCompletableFuture().join();
    execute("ALTER TABLE identity.away RENAME TO session");
    // As if the failed logout had been committed after all.
    execute("DELETE FROM identity.session");

    registry.writeBehind().join();
    assertThat(claim(PHONE)).isInstanceOf(Claim.Granted.class);
    assertThat(open().use(first)).isTrue();
  }

  @Test
  void aSessionWhosePaperRanOutIsForgotten() throws Exception {
    Paper session = granted(PHONE);
    time.pass(TIMES.paper());
    int before = registry.size();
    registry.sweep();
    // Written after what the sweep wrote.
    registry.claim(sealed(new PersonKey(9, 9, 9, 9)), LAPTOP, TIMES).toCompletableFuture().join();

    assertThat(registry.size()).isLessThanOrEqualTo(before);
    assertThat(registry.isLive(person, session.session())).isFalse();
    assertThat(rows()).isZero();
  }

  @Test
  void aSecondCampaignWithShorterTimesDoesNotShortenTheFirst() {
    Paper first = granted(PHONE);
    SessionTimes shorter = new SessionTimes(Duration.ofMinutes(1), Duration.ofMinutes(30));
    registry.claim(sealed(person), PHONE, shorter).toCompletableFuture().join();
    time.pass(Duration.ofHours(1));
    registry.sweep();

    assertThat(registry.use(first)).isTrue();
  }

  @Test
  void personsAreStoredSealedWithTheirSession() {
    granted(PHONE);
    People people = new People(database.dataSource(), SEALER);

    assertThat(people.maskedName(person)).contains("홍*동");
    assertThat(people.find(person).orElseThrow().birthDate()).isEqualTo(LocalDate.of(1980, 1, 9));
    assertThat(people.find(new PersonKey(0, 0, 0, 0))).isEmpty();
  }

  @Test
  void papersEndOnWholeSeconds() {
    assertThat(granted(PHONE).expires())
        .isEqualTo(Instant.ofEpochSecond(time.instant().getEpochSecond()).plus(TIMES.paper()));
  }

  private long rows() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM identity.session WHERE person = '\\x"
                    + java.util.HexFormat.of().formatHex(person.bytes())
                    + "'")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
