package dev.naru.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.person.PersonKey;
import dev.naru.common.web.LiveSessions.State;
import dev.naru.identity.person.People;
import dev.naru.identity.person.SealedPerson;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What holds wherever sessions are kept.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SessionRegistryContract {
  static final UUID PHONE = new UUID(1, 1);
  static final UUID LAPTOP = new UUID(2, 2);

  /// A server's clock goes on while a test runs.
  private static final long SLACK_SECONDS = 5;

  SessionWorld world;
  SessionRegistry registry;
  PersonKey person;

  abstract SessionWorld world();

  /// Where the two devices of a race verify.
  abstract List<SessionRegistry> twoNodes();

  @BeforeAll
  void openWorld() {
    world = world();
  }

  @AfterAll
  void closeWorld() {
    world.close();
  }

  @BeforeEach
  void openRegistry() {
    registry = world.open();
    person = new PersonKey(RandomGenerator.getDefault().nextLong(), 2, 3, 4);
  }

  Claim claim(UUID device) {
    return claim(registry, device);
  }

  Claim claim(SessionRegistry on, UUID device) {
    return on.claim(world.sealed(person), device, SessionWorld.TIMES).toCompletableFuture().join();
  }

  Paper granted(UUID device) {
    return switch (claim(device)) {
      case Claim.Granted(var session, var expires) ->
          new Paper(PaperKind.SESSION, "covid-2021", person, session, 9, 0, 0, expires);
      case Claim.Elsewhere _, Claim.NotStored _ -> throw new AssertionError("refused");
    };
  }

  State use(Paper session) {
    return use(registry, session);
  }

  static State use(SessionRegistry on, Paper session) {
    return on.use(session).toCompletableFuture().join();
  }

  State look(Paper session) {
    return registry.look(session.person(), session.session()).toCompletableFuture().join();
  }

  boolean close(Paper session) {
    return registry.close(session).toCompletableFuture().join();
  }

  static void assertRefused(Claim claim, long secondsLeft) {
    assertThat(claim).isInstanceOf(Claim.Elsewhere.class);
    assertThat(((Claim.Elsewhere) claim).secondsLeft())
        .isBetween(secondsLeft - SLACK_SECONDS, secondsLeft);
  }

  @Test
  void aSecondDeviceIsRefusedWhileTheFirstIsAlive() {
    granted(PHONE);
    world.pass(Duration.ofMinutes(4));

    assertRefused(claim(LAPTOP), 360);
  }

  @Test
  void useRenewsTheLease() {
    Paper session = granted(PHONE);
    world.pass(Duration.ofMinutes(9));
    assertThat(use(session)).isEqualTo(State.LIVE);
    world.pass(Duration.ofMinutes(9));

    assertRefused(claim(LAPTOP), 60);
  }

  @Test
  void theSameDeviceGetsTheSameSessionWithARenewedPaper() {
    Paper first = granted(PHONE);
    world.pass(Duration.ofHours(1));
    Paper second = granted(PHONE);

    assertThat(second.session()).isEqualTo(first.session());
    assertThat(second.expires()).isAfterOrEqualTo(first.expires());
    assertThat(use(first)).isEqualTo(State.LIVE);
  }

  @Test
  void anotherDeviceGetsInWhenTheLeaseHasRunOutAndTheFirstIsDeadForEver() {
    Paper first = granted(PHONE);
    world.pass(Duration.ofMinutes(10));
    Paper second = granted(LAPTOP);

    assertThat(second.session()).isNotEqualTo(first.session());
    assertThat(use(first)).isEqualTo(State.DEAD);
    assertThat(use(second)).isEqualTo(State.LIVE);
    world.pass(Duration.ofHours(1));
    assertThat(granted(PHONE).session()).isNotEqualTo(first.session());
    assertThat(use(first)).isEqualTo(State.DEAD);
  }

  @Test
  void whoWaitsLongerThanTheLeaseIsNotThrownOut() {
    Paper session = granted(PHONE);
    world.pass(Duration.ofHours(3));

    assertThat(use(session)).isEqualTo(State.LIVE);
    assertRefused(claim(LAPTOP), 600);
  }

  @Test
  void aLoggedOutSessionNeverComesBackAndFreesThePerson() {
    Paper first = granted(PHONE);
    assertThat(close(first)).isTrue();

    assertThat(use(first)).isEqualTo(State.DEAD);
    assertThat(close(first)).isTrue();
    assertThat(use(world.open(), first)).isEqualTo(State.DEAD);
    assertThat(granted(LAPTOP).session()).isNotEqualTo(first.session());
    assertThat(use(world.open(), first)).isEqualTo(State.DEAD);
  }

  @Test
  void aDeadSessionCannotLogOutTheLivingOne() {
    Paper first = granted(PHONE);
    world.pass(Duration.ofMinutes(10));
    Paper second = granted(LAPTOP);
    assertThat(close(first)).isTrue();

    assertThat(use(second)).isEqualTo(State.LIVE);
  }

  @Test
  void ofTwoRacingDevicesExactlyOneWinsTenThousandTimes() throws Exception {
    int rounds = 10_000;
    List<SessionRegistry> nodes = twoNodes();
    CyclicBarrier together = new CyclicBarrier(2);
    List<List<CompletableFuture<Claim>>> claims = new ArrayList<>();
    try (ExecutorService devices = Executors.newFixedThreadPool(2)) {
      List<Future<List<CompletableFuture<Claim>>>> racing = new ArrayList<>();
      for (UUID device : List.of(PHONE, LAPTOP)) {
        SessionRegistry node = nodes.get(racing.size());
        racing.add(
            devices.submit(
                () -> {
                  List<CompletableFuture<Claim>> answers = new ArrayList<>();
                  for (int i = 0; i < rounds; i++) {
                    SealedPerson racer = world.sealed(new PersonKey(person.a(), 7, 7, i));
                    together.await();
                    answers.add(
                        node.claim(racer, device, SessionWorld.TIMES).toCompletableFuture());
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
  }

  @Test
  void aKillRevivesNothingDeadAndLosesNothingLive() {
    Paper first = granted(PHONE);
    world.pass(Duration.ofMinutes(10));
    Paper second = granted(LAPTOP);
    SessionRegistry restarted = world.open();

    assertThat(use(restarted, first)).isEqualTo(State.DEAD);
    assertRefused(claim(restarted, PHONE), 600);
    assertThat(use(restarted, second)).isEqualTo(State.LIVE);
  }

  @Test
  void aSecondCampaignWithShorterTimesDoesNotShortenTheFirst() {
    Paper first = granted(PHONE);
    SessionTimes shorter = new SessionTimes(Duration.ofMinutes(1), Duration.ofMinutes(30));
    registry.claim(world.sealed(person), PHONE, shorter).toCompletableFuture().join();
    world.pass(Duration.ofHours(1));

    assertThat(use(first)).isEqualTo(State.LIVE);
  }

  @Test
  void personsAreStoredSealedWithTheirSession() {
    granted(PHONE);
    People people = new People(world.database().dataSource(), SessionWorld.SEALER);

    assertThat(people.maskedName(person)).contains("홍*동");
    assertThat(people.find(person).orElseThrow().birthDate()).isEqualTo(LocalDate.of(1980, 1, 9));
    assertThat(people.find(new PersonKey(0, 0, 0, 0))).isEmpty();
  }

  @Test
  void papersEndOnWholeSecondsWhenTheCampaignSays() {
    Instant expires = granted(PHONE).expires();
    assertThat(expires).isEqualTo(expires.truncatedTo(ChronoUnit.SECONDS));
    assertThat(Duration.between(world.now(), expires))
        .isBetween(
            SessionWorld.TIMES.paper().minusSeconds(SLACK_SECONDS), SessionWorld.TIMES.paper());
  }

  @Test
  void lookingKeepsNobodyAlive() {
    Paper first = granted(PHONE);
    world.pass(Duration.ofMinutes(9));
    assertThat(look(first)).isEqualTo(State.LIVE);
    world.pass(Duration.ofMinutes(1));
    granted(LAPTOP);

    assertThat(look(first)).isEqualTo(State.DEAD);
  }

  @Test
  void manyTabsOfOneDeviceHaveOneSession() {
    SealedPerson data = world.sealed(person);
    List<SessionRegistry> nodes = twoNodes();
    List<CompletableFuture<Claim>> tabs = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      tabs.add(nodes.get(i % 2).claim(data, PHONE, SessionWorld.TIMES).toCompletableFuture());
    }
    assertThat(tabs.stream().map(tab -> ((Claim.Granted) tab.join()).session()).distinct())
        .hasSize(1);
  }

  @Test
  void whoseFirstAnswerWasLostGetsTheSameSessionAndKeepsOthersOut() {
    var _ = registry.claim(world.sealed(person), PHONE, SessionWorld.TIMES);
    Paper second = granted(PHONE);

    assertThat(granted(PHONE).session()).isEqualTo(second.session());
    assertRefused(claim(LAPTOP), 600);
  }

  @Test
  void aSessionWhosePaperRanOutFreesThePerson() {
    Paper first = granted(PHONE);
    world.pass(SessionWorld.TIMES.paper());

    assertThat(granted(LAPTOP).session()).isNotEqualTo(first.session());
    assertThat(use(first)).isEqualTo(State.DEAD);
  }
}
