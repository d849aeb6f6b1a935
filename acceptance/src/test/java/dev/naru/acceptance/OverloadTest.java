package dev.naru.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Ten times more bookings than the program can decide, over HTTP. Each new row costs the database
/// 20 ms, so that ten times its rate fits beside it on one machine.
///
/// A measurement, only worth something on a machine that does nothing else: `./mvnw verify -pl
/// acceptance -am -Dtest=OverloadTest -Dnaru.overload=true -Dsurefire.failIfNoSpecifiedTests=false`
@EnabledIfSystemProperty(named = "naru.overload", matches = "true")
class OverloadTest {
  private static final String CAMPAIGN = "overload";
  private static final int PEOPLE = 1_700;
  private static final int OVERLOAD = 10;

  /// More than twice of what 20 ms a row allow two writers.
  private static final int SATURATED = 250;

  private static final int SECONDS = 6;

  /// In which the limit still learns.
  private static final int LEFT_OUT = 2;

  private static final long QUICK_MILLIS = 50;

  private static final String SLOW =
      """
      CREATE FUNCTION booking.slowly() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_sleep(0.02); RETURN NEW; END';
      CREATE TRIGGER slowly BEFORE INSERT ON booking.appointment
        FOR EACH ROW EXECUTE FUNCTION booking.slowly();
      """;

  private record Shot(long sent, long nanos, Answer answer) {
    /// Of somebody whose earlier request took longer than they were kept waiting.
    boolean isBookedAlready() {
      return answer.label().equals("409 already-booked");
    }

    boolean booked() {
      return answer.status() == 201;
    }

    long millis() {
      return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    boolean counts() {
      return sent >= TimeUnit.SECONDS.toNanos(LEFT_OUT);
    }
  }

  @Test
  void tenTimesTheLoadCostsLittleGoodputAndTheRestIsRefusedAtOnce(@TempDir Path folder)
      throws SQLException {
    try (NaruProcess naru = NaruProcess.in(folder)) {
      naru.importNation(60);
      naru.apply(
          new CampaignYaml(CAMPAIGN, CampaignYaml.now().minusMinutes(1), 600_000, 1, 1_000, 1)
              .text());
      naru.serve();
      measure(naru);
      assertThat(Books.of(naru).faults()).isEmpty();
    }
  }

  private static void measure(NaruProcess naru) throws SQLException {
    Queue<Citizen> people = new ConcurrentLinkedQueue<>(admitted(naru));
    List<String> slots = people.element().freeSlots(200);
    try (Connection connection = naru.database();
        Statement statement = connection.createStatement()) {
      statement.execute(SLOW);
    }
    double alone = booked(run(people, slots, SATURATED));
    List<Shot> shots = run(people, slots, (int) (OVERLOAD * alone));
    double overloaded = booked(shots);
    List<Shot> refused =
        shots.stream().filter(s -> s.counts() && !s.booked() && !s.isBookedAlready()).toList();
    long[] millis = refused.stream().mapToLong(Shot::millis).sorted().toArray();
    long[] served =
        shots.stream()
            .filter(s -> s.counts() && s.booked())
            .mapToLong(Shot::millis)
            .sorted()
            .toArray();
    System.out.printf(
        "booked %.0f/s at %d/s, %.0f/s at %.0f/s in p50 %d ms, p99 %d ms; %d sent away in p50 %d"
            + " ms, p90 %d ms, p99 %d ms%n",
        alone,
        SATURATED,
        overloaded,
        OVERLOAD * alone,
        at(served, 0.5),
        at(served, 0.99),
        millis.length,
        at(millis, 0.5),
        at(millis, 0.9),
        at(millis, 0.99));
    assertThat(overloaded).isGreaterThan(0.9 * alone);
    assertThat(refused)
        .isNotEmpty()
        .allSatisfy(
            shot -> {
              assertThat(shot.answer().label()).isEqualTo("503 overloaded");
              assertThat(shot.answer().headers().firstValue("Retry-After")).isPresent();
            });
    assertThat(at(millis, 0.99)).isLessThan(QUICK_MILLIS);
  }

  private static long at(long[] sorted, double share) {
    return sorted[(int) ((sorted.length - 1) * share)];
  }

  private static double booked(List<Shot> shots) {
    return shots.stream().filter(shot -> shot.counts() && shot.booked()).count()
        / (double) (SECONDS - LEFT_OUT);
  }

  /// Sends at an even rate, whatever the answers; who is sent away asks again later.
  private static List<Shot> run(Queue<Citizen> people, List<String> slots, int rate) {
    List<CompletableFuture<Shot>> shots = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < rate * SECONDS; i++) {
      LockSupport.parkNanos(start + TimeUnit.SECONDS.toNanos(1) * i / rate - System.nanoTime());
      Citizen citizen = people.remove();
      long sent = System.nanoTime();
      shots.add(
          citizen
              .bookAsync(UUID.randomUUID(), slots.get(i % slots.size()))
              .thenApply(
                  answer -> {
                    Shot shot = new Shot(sent - start, System.nanoTime() - sent, answer);
                    if (!shot.booked()) {
                      people.add(citizen);
                    }
                    return shot;
                  }));
    }
    return shots.stream().map(CompletableFuture::join).toList();
  }

  private static List<Citizen> admitted(NaruProcess naru) {
    try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
      return IntStream.range(0, PEOPLE)
          .mapToObj(
              _ ->
                  CompletableFuture.supplyAsync(
                      () -> Citizen.anybody(naru.uri(), CAMPAIGN).admitted(), threads))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .toList();
    }
  }
}
