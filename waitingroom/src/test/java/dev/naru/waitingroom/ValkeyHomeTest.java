package dev.naru.waitingroom;

import static dev.naru.waitingroom.TestLine.CAMPAIGN;
import static dev.naru.waitingroom.TestLine.OPENS;
import static dev.naru.waitingroom.TestLine.PER_MINUTE;
import static dev.naru.waitingroom.TestLine.join;
import static dev.naru.waitingroom.TestLine.joined;
import static dev.naru.waitingroom.TestLine.line;
import static dev.naru.waitingroom.TestLine.status;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.waitingroom.ticket.JoinResult;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What only a home that is a server of its own can do wrong.
class ValkeyHomeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TestLine world = new TestLine(TestLine.Home.IN_VALKEY);
  private WaitingRoom node;

  @BeforeEach
  void start() {
    node = world.node();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static boolean isNumbered(JoinResult result) {
    return result instanceof JoinResult.Joined;
  }

  private void awaitServer() {
    long since = System.nanoTime();
    while (!world.valkey().answers()) {
      assertThat(System.nanoTime() - since).isLessThan(PATIENCE.toNanos());
    }
  }

  @Test
  void noNumberThatWasToldIsLostOrGivenAgainWhenTheServerIsKilledWhileACrowdJoins() {
    Map<String, CompletionStage<JoinResult>> asked = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String name = "p" + i;
      asked.put(name, node.tickets().join(CAMPAIGN, world.session(name)));
      if (i == 4_000) {
        requireNonNull(asked.get("p0")).toCompletableFuture().join();
        world.server().kill();
      }
    }
    Map<String, Long> told = new HashMap<>();
    asked.forEach(
        (name, answer) -> {
          if (answer.toCompletableFuture().join() instanceof JoinResult.Joined answered) {
            told.put(name, answered.number());
          }
        });
    assertThat(told).isNotEmpty().hasSizeLessThan(20_000);

    world.server().startAgain();
    awaitServer();
    List<Long> numbers = new ArrayList<>();
    Map<String, CompletionStage<JoinResult>> again = new HashMap<>();
    asked
        .keySet()
        .forEach(name -> again.put(name, node.tickets().join(CAMPAIGN, world.session(name))));
    again.forEach(
        (name, answer) -> {
          long number = ((JoinResult.Joined) answer.toCompletableFuture().join()).number();
          assertThat(told.getOrDefault(name, number)).isEqualTo(number);
          numbers.add(number);
        });
    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 20_000).boxed().toList());
  }

  @Test
  void anOutageStopsTheLineIsSaidAndHealsByItself() {
    JoinResult.Joined kim = joined(node, world.session("Kim"));
    for (int i = 0; i < 200; i++) {
      joined(node, world.session("p" + i));
    }
    world.at(OPENS);
    node.tick();
    world.tick(node, 5);
    world.server().kill();
    world.tick(node, 10);
    assertThat(status(node).notice())
        .satisfies(notice -> assertThat(notice.en()).contains("keeps their place"));
    assertThat(join(node, world.session("late"))).isEqualTo(new JoinResult.Away());

    world.server().startAgain();
    awaitServer();
    world.tick(node, 1);
    assertThat(status(node).notice()).isNull();
    assertThat(status(node).serving()).isEqualTo(5 * PER_MINUTE / 60 + 5 * PER_MINUTE / 60);
    assertThat(joined(node, world.session("Kim")).number()).isEqualTo(kim.number());
  }

  @Test
  void aServerThatForgotEverythingNumbersNobodyAnew() {
    joined(node, world.session("Kim"));
    world.valkey().send(Request.cmd(Command.FLUSHALL)).join();
    assertThat(join(node, world.session("Lee"))).isEqualTo(new JoinResult.Away());
    assertThatThrownBy(() -> node.lines().tick()).hasMessageContaining("has lost line 0");
    assertThatThrownBy(world::node).hasMessageContaining("has lost line 0");
  }

  @Test
  void aServerThatFellBehindGivesNoNumberTwice() {
    joined(node, world.session("Kim"));
    joined(node, world.session("Lee"));
    String lineHash = "naru:line:" + requireNonNull(line(node).key().keeper());
    world.valkey().send(Request.cmd(Command.HSET).arg(lineHash).arg("next").arg(2)).join();
    assertThat(isNumbered(join(node, world.session("Park")))).isFalse();
  }

  @Test
  void aLineStaysWhereItsFirstNumberWasGiven() {
    joined(node, world.session("Kim"));
    TestLine.Home other = TestLine.Home.IN_POSTGRESQL;
    assertThatThrownBy(() -> world.node(other)).hasMessageContaining("is kept in a Valkey");
  }

  @Test
  void aLineOfPostgresWithNumbersIsNotTakenAway() {
    TestLine fresh = new TestLine(TestLine.Home.IN_VALKEY);
    try (WaitingRoom before = fresh.node(TestLine.Home.IN_POSTGRESQL)) {
      joined(before, fresh.session("Kim"));
      assertThatThrownBy(fresh::node).hasMessageContaining("is kept in PostgreSQL");
      assertThat(joined(before, fresh.session("Lee")).number()).isEqualTo(2);
    }
  }

  @Test
  void aLineWithoutNumbersIsTakenAndGivesNoneInPostgresFromThenOn() {
    TestLine fresh = new TestLine(TestLine.Home.IN_VALKEY);
    try (WaitingRoom before = fresh.node(TestLine.Home.IN_POSTGRESQL)) {
      assertThat(before.lines().announceBeacon(CAMPAIGN, 0, "round 7")).isTrue();
      try (WaitingRoom after = fresh.node()) {
        assertThat(line(after).beaconSource()).isEqualTo("round 7");
        assertThat(join(before, fresh.session("Kim"))).isEqualTo(new JoinResult.Away());
        assertThat(joined(after, fresh.session("Kim")).number()).isEqualTo(1);
      }
    }
  }

  @Test
  void twoNodesThatTakeALineAtTheSameMomentTakeTheSame() {
    TestLine fresh = new TestLine(TestLine.Home.IN_VALKEY);
    List<CompletableFuture<WaitingRoom>> nodes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      nodes.add(CompletableFuture.supplyAsync(fresh::node));
    }
    List<WaitingRoom> rooms = nodes.stream().map(CompletableFuture::join).toList();
    rooms.forEach(WaitingRoom::tick);
    assertThat(rooms.stream().map(room -> line(room).key()))
        .containsOnly(line(rooms.getFirst()).key());
    rooms.forEach(WaitingRoom::close);
  }
}
