package dev.naru.common.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// A server that answers so many a second, one after the other, and a crowd that always asks for
/// ten times as much; the time is virtual.
class LatencyLimitTest {
  private static final long STEP = 5_000_000;
  private static final double TARGET = 0.2;

  private final AtomicLong time = new AtomicLong();
  private final LatencyLimit limit = new LatencyLimit(TARGET, 20, 2_000, 20_000, time::get);
  private final Deque<Long> waiting = new ArrayDeque<>();
  private double credit;
  private long answered;
  private long refused;
  private double lastLatency;

  private void run(double seconds, double capacity, double offered) {
    for (double t = 0; t < seconds; t += STEP / 1e9) {
      time.addAndGet(STEP);
      for (int i = 0; i < offered * STEP / 1e9; i++) {
        if (limit.enter()) {
          waiting.add(time.get());
        } else {
          limit.comeBackSeconds();
          refused++;
        }
      }
      credit = Math.min(credit + capacity * STEP / 1e9, Math.max(1, waiting.size()));
      while (credit >= 1 && !waiting.isEmpty()) {
        credit--;
        answered++;
        long nanos = time.get() - waiting.removeFirst();
        lastLatency = nanos / 1e9;
        limit.leave(nanos);
      }
    }
  }

  @Test
  void underTenTimesTheLoadLatencyStaysAndGoodputToo() {
    run(10, 2_000, 20_000);
    answered = 0;
    run(10, 2_000, 20_000);
    assertThat(lastLatency).isLessThan(1.5 * TARGET);
    assertThat(answered).isGreaterThan((long) (0.97 * 2_000 * 10));
    assertThat(refused).isPositive();
  }

  @Test
  void aServerThatSlowsToAThirdKeepsItsLatency() {
    run(10, 3_000, 30_000);
    run(3, 1_000, 30_000);
    answered = 0;
    run(10, 1_000, 30_000);
    assertThat(lastLatency).isLessThan(1.5 * TARGET);
    assertThat(answered).isGreaterThan((long) (0.97 * 1_000 * 10));
    run(3, 3_000, 30_000);
    answered = 0;
    run(10, 3_000, 30_000);
    assertThat(answered).isGreaterThan((long) (0.97 * 3_000 * 10));
  }

  @Test
  void whoNeverReachesTheLimitIsNeverLimited() {
    run(30, 5_000, 1_000);
    assertThat(refused).isZero();
    assertThat(limit.limit()).isEqualTo(2_000);
  }

  @Test
  void aStandstillIsForgottenWhenNobodyReachesTheLimit() {
    run(5, 0, 20_000);
    assertThat(limit.limit()).isEqualTo(20);
    run(20, 5_000, 200);
    assertThat(limit.limit()).isEqualTo(64);
  }

  @Test
  void oneSlowAnswerOfAColdServerSendsNobodyAway() {
    assertThat(limit.enter()).isTrue();
    time.addAndGet(900_000_000);
    limit.leave(900_000_000);
    for (int i = 0; i < 250; i++) {
      assertThat(limit.enter()).as("%d after it", i).isTrue();
    }
  }

  @Test
  void tenSlowAnswersDo() {
    for (int i = 0; i < 10; i++) {
      assertThat(limit.enter()).isTrue();
    }
    time.addAndGet(900_000_000);
    for (int i = 0; i < 10; i++) {
      limit.leave(900_000_000);
    }
    time.addAndGet(900_000_000);
    assertThat(limit.enter()).isTrue();
    assertThat(limit.limit()).isEqualTo(20);
  }

  /// Half of what is answered is for those who come for the first time.
  @Test
  void whoIsSentAwayIsGivenATurnAtHalfTheRateAtWhichOthersAreAnswered() {
    run(20, 2_000, 20_000);
    time.addAndGet(TimeUnit.MINUTES.toNanos(1));
    int[] told = new int[31];
    for (int i = 0; i < 40_000; i++) {
      told[limit.comeBackSeconds()]++;
    }
    assertThat(told[0]).isZero();
    for (int second = 2; second < 30; second++) {
      assertThat(told[second]).as("told %d s", second).isBetween(900, 1_100);
    }
    assertThat(told[30]).as("nobody is told more").isGreaterThan(10_000);
  }

  @Test
  void theFirstComesBackAtOnceWhereverTheClockBegins() {
    for (long begins : new long[] {-TimeUnit.DAYS.toNanos(100), 0, TimeUnit.DAYS.toNanos(100)}) {
      LatencyLimit fresh = new LatencyLimit(TARGET, 20, 2_000, 20_000, () -> begins);
      assertThat(fresh.comeBackSeconds()).isEqualTo(1);
    }
  }

  @Test
  void aStandstillDoesNotMakePeopleComeBackLater() {
    run(20, 2_000, 20_000);
    run(10, 0, 20_000);
    time.addAndGet(TimeUnit.MINUTES.toNanos(1));
    for (int i = 0; i < 4_500; i++) {
      assertThat(limit.comeBackSeconds()).isLessThan(10);
    }
  }

  @Test
  void aServerThatStandsStillIsNotFedAndComesBack() {
    run(5, 2_000, 20_000);
    run(5, 0, 20_000);
    assertThat(limit.limit()).isEqualTo(20);
    assertThat(limit.latencyMillis()).isGreaterThan(900);
    run(10, 2_000, 20_000);
    answered = 0;
    run(10, 2_000, 20_000);
    assertThat(answered).isGreaterThan((long) (0.97 * 2_000 * 10));
  }
}
