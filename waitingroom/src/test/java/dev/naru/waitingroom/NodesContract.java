package dev.naru.waitingroom;

import static dev.naru.waitingroom.TestLine.CAMPAIGN;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.waitingroom.line.StatusPage;
import dev.naru.waitingroom.ticket.JoinResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Three nodes on one home, each with a beat of its own.
abstract class NodesContract {
  private static final int PEOPLE = 3_000;

  /// Two seconds of the beat and one until the next; a machine under load gets half as much more.
  private static final Duration TAKEOVER = Duration.ofMillis(4_500);

  private final TestLine line;

  NodesContract(TestLine.Home home) {
    line = new TestLine(home);
  }

  private record Running(WaitingRoom room, ScheduledExecutorService scheduler) {
    static Running of(TestLine line) {
      ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
      return new Running(line.node().run(scheduler), scheduler);
    }

    /// As `kill -9` does: nothing is given back.
    void kill() {
      scheduler.shutdownNow();
    }

    StatusPage page() {
      return requireNonNull(room.statuses().of(CAMPAIGN));
    }
  }

  private static void await(String what, Duration limit, BooleanSupplier met) {
    long since = System.nanoTime();
    while (!met.getAsBoolean()) {
      assertThat(System.nanoTime() - since).as(what).isLessThan(limit.toNanos());
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static boolean areTheSame(List<Running> nodes) {
    return nodes.stream().map(node -> node.page().etag()).distinct().count() == 1;
  }

  @Test
  void numbersAreUniqueAndWithoutGapsAndEachPersonHasOne() {
    List<Running> nodes = List.of(Running.of(line), Running.of(line), Running.of(line));
    Map<String, List<CompletionStage<JoinResult>>> asked = new HashMap<>();
    for (int person = 0; person < PEOPLE; person++) {
      String name = "p" + person;
      for (int device = 0; device <= person % 3; device++) {
        WaitingRoom room = nodes.get((person + device) % 3).room();
        asked
            .computeIfAbsent(name, _ -> new ArrayList<>())
            .add(room.tickets().join(CAMPAIGN, line.session(name)));
      }
    }
    List<Long> numbers = new ArrayList<>();
    asked.forEach(
        (name, answers) -> {
          List<Long> given =
              answers.stream()
                  .map(answer -> (JoinResult.Joined) answer.toCompletableFuture().join())
                  .map(JoinResult.Joined::number)
                  .distinct()
                  .toList();
          assertThat(given).as(name).hasSize(1);
          numbers.add(given.getFirst());
        });
    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, PEOPLE).boxed().toList());
    nodes.forEach(Running::kill);
  }

  @Test
  void allShowTheSameBytesAndAnotherGoesOnWhenTheOneThatWritesIsKilled() {
    Running first = Running.of(line);
    await("the first writes", TAKEOVER, () -> first.room().statuses().hold());
    List<Running> others = List.of(Running.of(line), Running.of(line));
    for (int i = 0; i < 100; i++) {
      TestLine.joined(first.room(), line.session("q" + i));
    }
    line.at(TestLine.OPENS);
    List<Running> all = List.of(first, others.get(0), others.get(1));
    await("all know the draw", TAKEOVER, () -> all.stream().allMatch(NodesContract::isDrawn));
    await("all show the same", TAKEOVER, () -> areTheSame(all));

    first.kill();
    long before = others.getFirst().page().status().serving();
    await(
        "another moves the line",
        TAKEOVER,
        () -> {
          line.pass(Duration.ofMillis(20));
          return others.stream().allMatch(node -> node.page().status().serving() > before);
        });
    await("both show the same", TAKEOVER, () -> areTheSame(others));
    others.forEach(Running::kill);
  }

  private static boolean isDrawn(Running node) {
    return node.page().status().draw() != null;
  }

  @Test
  void whoStopsInOrderGivesTheBeatBackAtOnce() {
    Running first = Running.of(line);
    await("it writes", TAKEOVER, () -> first.room().statuses().hold());
    WaitingRoom second = line.node();
    assertThat(second.statuses().hold()).isFalse();
    first.room().close();
    await("the beat is free", Duration.ofSeconds(1), () -> second.statuses().hold());
    first.kill();
  }
}
