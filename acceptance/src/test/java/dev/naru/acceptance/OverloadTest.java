package dev.naru.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Ten times more bookings than a slow database can decide: each row costs it 15 ms, so that the
/// load fits beside the program on the same machine.
@ExtendWith(SharedNaru.class)
class OverloadTest {
  private static final int PEOPLE = 100;
  private static final int OVERLOAD = 10;

  /// Two of them are left out: in the first second the limit still learns.
  private static final int SECONDS = 6;

  private static final int LEFT_OUT = 2;
  private static final long QUICK_MILLIS = 50;

  private static final String SLOW =
      """
      CREATE FUNCTION booking.slowly() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_sleep(0.015); RETURN NEW; END';
      CREATE TRIGGER slowly BEFORE INSERT ON booking.appointment
        FOR EACH ROW EXECUTE FUNCTION booking.slowly();
      """;

  private static final String QUICK_AGAIN =
      "DROP TRIGGER slowly ON booking.appointment; DROP FUNCTION booking.slowly()";

  /// @param sent nanoseconds after the start of the run
  private record Shot(long sent, long nanos, Answer answer) {
    boolean decided() {
      return answer.status() == 201 || answer.status() == 409;
    }

    boolean counts() {
      return sent >= TimeUnit.SECONDS.toNanos(LEFT_OUT);
    }
  }

  @Test
  void tenTimesTheLoadCostsLittleGoodputAndTheRestIsRefusedAtOnce(NaruProcess naru)
      throws SQLException {
    List<Citizen> people = admitted(naru);
    String slot = people.getFirst().freeSlots(1).getFirst();
    execute(naru, SLOW);
    try {
      double most = perSecond(run(people, slot, 200));
      List<Shot> overloaded = run(people, slot, (int) (OVERLOAD * most));
      List<Shot> refused = overloaded.stream().filter(s -> s.counts() && !s.decided()).toList();
      long[] millis =
          refused.stream()
              .mapToLong(s -> TimeUnit.NANOSECONDS.toMillis(s.nanos()))
              .sorted()
              .toArray();
      System.out.printf(
          "decided %.0f/s alone, %.0f/s under ten times the load; %d refused, p50 %d ms, p90 %d ms,"
              + " p99 %d ms%n",
          most,
          perSecond(overloaded),
          millis.length,
          millis[millis.length / 2],
          millis[millis.length * 9 / 10],
          millis[millis.length * 99 / 100]);

      assertThat(perSecond(overloaded)).isGreaterThan(0.9 * most);
      assertThat(refused).hasSizeGreaterThan(overloaded.size() / 2);
      assertThat(refused)
          .allSatisfy(
              shot -> {
                assertThat(shot.answer().label()).isEqualTo("503 overloaded");
                assertThat(shot.answer().headers().firstValue("Retry-After")).isPresent();
              });
      assertThat(millis[millis.length * 9 / 10]).isLessThan(QUICK_MILLIS);
    } finally {
      execute(naru, QUICK_AGAIN);
    }
    assertThat(Books.of(naru).faults()).isEmpty();
  }

  private static double perSecond(List<Shot> shots) {
    return shots.stream().filter(shot -> shot.counts() && shot.decided()).count()
        / (double) (SECONDS - LEFT_OUT);
  }

  /// Sends at an even rate, whatever the answers: a crowd does not wait for each other. The second
  /// and every later booking of a person is refused by the database, which is as much work.
  private static List<Shot> run(List<Citizen> people, String slot, int rate) {
    List<CompletableFuture<Shot>> shots = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < rate * SECONDS; i++) {
      LockSupport.parkNanos(start + TimeUnit.SECONDS.toNanos(1) * i / rate - System.nanoTime());
      long sent = System.nanoTime();
      shots.add(
          people
              .get(i % people.size())
              .bookAsync(UUID.randomUUID(), slot)
              .thenApply(answer -> new Shot(sent - start, System.nanoTime() - sent, answer)));
    }
    return shots.stream().map(CompletableFuture::join).toList();
  }

  private static List<Citizen> admitted(NaruProcess naru) {
    try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
      return IntStream.range(0, PEOPLE)
          .mapToObj(
              _ ->
                  CompletableFuture.supplyAsync(
                      () -> Citizen.anybody(naru.uri(), SharedNaru.OPEN).admitted(), threads))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .toList();
    }
  }

  private static void execute(NaruProcess naru, String sql) throws SQLException {
    try (Connection connection = naru.database();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
