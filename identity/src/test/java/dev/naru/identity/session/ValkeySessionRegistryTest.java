package dev.naru.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.paper.Paper;
import dev.naru.common.person.PersonKey;
import dev.naru.common.web.LiveSessions.State;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ValkeySessionRegistryTest extends SessionRegistryContract {
  private SessionRegistry other;

  @Override
  SessionWorld world() {
    return new ValkeyWorld();
  }

  private ValkeyWorld valkey() {
    return (ValkeyWorld) world;
  }

  @Override
  List<SessionRegistry> twoNodes() {
    return List.of(registry, other);
  }

  @BeforeEach
  void openOther() {
    other = world.open();
  }

  @Test
  void whatHappensAtOneNodeCountsAtTheOtherAtOnce() {
    Paper session = granted(PHONE);
    assertThat(use(other, session)).isEqualTo(State.LIVE);
    assertRefused(claim(other, LAPTOP), 600);

    assertThat(other.close(session).toCompletableFuture().join()).isTrue();
    assertThat(use(session)).isEqualTo(State.DEAD);
    assertThat(claim(LAPTOP)).isInstanceOf(Claim.Granted.class);
    assertRefused(claim(other, PHONE), 600);
  }

  @Test
  void whileTheServerIsAwayNobodyIsLetInOrThrownOut() {
    Paper session = granted(PHONE);
    PersonKey away = person;
    valkey().server().kill();
    try {
      assertThat(use(session)).isEqualTo(State.UNKNOWN);
      assertThat(look(session)).isEqualTo(State.UNKNOWN);
      assertThat(close(session)).isFalse();
      assertThat(claim(PHONE)).isEqualTo(new Claim.NotStored());
      person = new PersonKey(away.a(), 3, 3, 3);
      assertThat(claim(LAPTOP)).isEqualTo(new Claim.NotStored());
    } finally {
      valkey().server().startAgain();
      valkey().awaitServer();
    }
    assertThat(use(session)).isEqualTo(State.LIVE);
    person = away;
    assertRefused(claim(LAPTOP), 600);
  }

  @Test
  void aServerThatHangsIsAwayToo() {
    Paper session = granted(PHONE);
    valkey().server().freeze();
    try {
      assertThat(use(session)).isEqualTo(State.UNKNOWN);
    } finally {
      valkey().server().thaw();
      valkey().awaitServer();
    }
    assertThat(use(session)).isEqualTo(State.LIVE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"always", "everysec"})
  void aKillAmidTwoThousandRacesGivesNobodyTwoSessions(String fsync) {
    String[] settings = {"--appendonly", "yes", "--appendfsync", fsync};
    try (ValkeyWorld killed = new ValkeyWorld(settings)) {
      List<SessionRegistry> nodes = List.of(killed.open(), killed.open());
      List<PersonKey> people = new ArrayList<>();
      List<CompletableFuture<Claim>> before = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        people.add(new PersonKey(person.a(), 8, 8, i));
        before.addAll(race(killed, nodes, people.getLast()));
        if (i == 1_000) {
          before.getFirst().join();
          killed.server().kill();
        }
      }
      before.forEach(CompletableFuture::join);
      assertThat(before).anyMatch(claim -> claim.join() instanceof Claim.NotStored);
      killed.server().startAgain(settings);
      killed.awaitServer();

      List<CompletableFuture<Claim>> after = new ArrayList<>();
      people.forEach(each -> after.addAll(race(killed, nodes, each)));
      for (int i = 0; i < people.size(); i++) {
        List<Claim> now = List.of(after.get(2 * i).join(), after.get(2 * i + 1).join());
        assertThat(now).filteredOn(Claim.Granted.class::isInstance).hasSize(1);
        for (int device = 0; device < 2; device++) {
          if (before.get(2 * i + device).join() instanceof Claim.Granted(var session, var _)) {
            assertThat(now.get(device)).isInstanceOf(Claim.Granted.class);
            assertThat(((Claim.Granted) now.get(device)).session()).isEqualTo(session);
          }
        }
      }
    }
  }

  private static List<CompletableFuture<Claim>> race(
      SessionWorld world, List<SessionRegistry> nodes, PersonKey person) {
    return List.of(
        nodes.get(0).claim(world.sealed(person), PHONE, SessionWorld.TIMES).toCompletableFuture(),
        nodes.get(1).claim(world.sealed(person), LAPTOP, SessionWorld.TIMES).toCompletableFuture());
  }

  @Test
  void whoseDataCannotBeStoredHasNoSession() throws Exception {
    execute("ALTER TABLE identity.person RENAME TO away");
    try {
      assertThat(claim(PHONE)).isEqualTo(new Claim.NotStored());
    } finally {
      execute("ALTER TABLE identity.away RENAME TO person");
    }
    assertThat(claim(LAPTOP)).isInstanceOf(Claim.Granted.class);
  }

  @Test
  void theServerForgetsASessionWhenItsPaperHasRunOut() {
    long before = valkey().size();
    granted(PHONE);
    assertThat(valkey().size()).isEqualTo(before + 1);
    world.pass(SessionWorld.TIMES.paper().minus(Duration.ofMinutes(1)));
    assertThat(valkey().size()).isPositive();
    world.pass(Duration.ofMinutes(1));
    assertThat(look(granted(PHONE))).isEqualTo(State.LIVE);
    world.pass(SessionWorld.TIMES.paper());
    assertThat(valkey().size()).isZero();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = world.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
