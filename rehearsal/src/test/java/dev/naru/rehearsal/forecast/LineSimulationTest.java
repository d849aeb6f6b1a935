package dev.naru.rehearsal.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// The simulation against what can be computed by hand.
class LineSimulationTest {
  private static final int DAY = 22 * 3_600;

  @Test
  void everybodyAtOnceIsServedAtThePace() {
    Outcome outcome = run(120_000, DAY, 6_000, 1, new Arrivals.AtOnce());
    assertThat(outcome.waits()).isEqualTo(new Quantiles(600, 1_080, 1_140, 1_188, 1_200));
    assertThat(outcome.longestLine()).isEqualTo(120_000);
    assertThat(outcome.notServed()).isZero();
  }

  @Test
  void aPaceThatIsNoWholeNumberASecondLosesNobody() {
    Outcome outcome = run(1_000, DAY, 7, 1, new Arrivals.AtOnce());
    assertThat(outcome.waits().max()).isEqualTo(Math.ceil(1_000 * 60 / 7.0));
  }

  @Test
  void evenArrivalsAbovePaceMakeALineThatGrowsLinearly() {
    // 200,000 in 10,000 s against 10 a second: the last waits (20 - 10) / 10 * 10,000 s.
    Outcome outcome = run(200_000, 30_000, 600, 0, 10_000);
    assertThat(outcome.waits().max()).isCloseTo(10_000, within(100.0));
    assertThat(outcome.waits().p50()).isCloseTo(5_000, within(100.0));
    assertThat((double) outcome.longestLine()).isCloseTo(100_000, within(1_000.0));
  }

  @Test
  void aLineThatIsNearlyFullWaitsAsLongAsQueueingTheoryHasIt() {
    assertThat(meanWait(60)).isCloseTo(slottedMD1(0.9), within(0.3));
  }

  /// The control: a line that is 2% too slow must not pass as the right one.
  @Test
  void theComparisonWithTheoryNoticesTwoPercent() {
    assertThat(meanWait(59)).isGreaterThan(slottedMD1(0.9) + 0.3);
  }

  @Test
  void whoComesTooLateIsNotServed() {
    Outcome outcome = run(10_000, 101, 600, 1, new Arrivals.AtOnce());
    assertThat(outcome.notServed()).isEqualTo(9_000);
    assertThat(outcome.calls().stream().mapToLong(n -> n).sum()).isEqualTo(1_000);
  }

  @Test
  void everyMinuteAddsUp() {
    Outcome outcome = run(50_000, DAY, 2_000, 0.2, Arrivals.Decay.AUGUST_2021);
    assertThat(outcome.lobby()).isEqualTo(10_000);
    assertThat(outcome.arrivals().stream().mapToLong(n -> n).sum()).isEqualTo(40_000);
    assertThat(outcome.calls().stream().mapToLong(n -> n).sum()).isEqualTo(50_000);
    assertThat(outcome.bookingsByDistrict(1).getFirst()).isEqualTo(outcome.bookings());
    long byHalfPast = outcome.arrivals().stream().limit(30).mapToLong(n -> n).sum() + 10_000;
    assertThat(byHalfPast / 50_000.0).isCloseTo(0.4, within(0.01));
  }

  @Test
  void theFluidAgreesWithTheSimulation() {
    DoubleUnaryOperator curve = Arrivals.Decay.AUGUST_2021.over(Duration.ofSeconds(DAY), 0.2);
    Fluid fluid = new Fluid(200_000, 0.2, DAY, curve);
    for (int perMinute : new int[] {500, 1_000, 1_500, 4_000}) {
      Outcome outcome = run(200_000, DAY, perMinute, 0.2, Arrivals.Decay.AUGUST_2021);
      double wait = outcome.waits().max();
      assertThat(fluid.longestWait(perMinute)).isCloseTo(wait, within(2 + wait * 0.02));
    }
  }

  @Test
  void thePaceForAWaitIsTheLeastThatKeepsIt() {
    Fluid atOnce =
        new Fluid(1_900_000, 0, DAY, new Arrivals.AtOnce().over(Duration.ofHours(22), 0));
    assertThat(atOnce.paceFor(57 * 60)).isEqualTo(33_334);
    assertThat(atOnce.longestWait(33_334)).isLessThanOrEqualTo(57 * 60);
    assertThat(atOnce.longestWait(33_333)).isGreaterThan(57 * 60);
    assertThat(atOnce.paceFor(DAY * 2)).isEqualTo((int) Math.ceil(1_900_000 / (22.0 * 60)));
  }

  @Test
  void aNationalDayTakesSecondsToForecast() {
    long before = System.nanoTime();
    Outcome outcome = run(1_900_000, DAY, 33_000, 0.2, Arrivals.Decay.AUGUST_2021);
    assertThat(outcome.waits().max()).isPositive();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
  }

  /// Poisson arrivals at 0.9 a second, one place a second.
  private static double meanWait(int perMinute) {
    int seconds = 600_000;
    Outcome outcome = run((int) (seconds * 0.9), seconds + 10_000, perMinute, 0, seconds);
    return outcome.meanWait();
  }

  /// M/D/1 with a server that looks once a second and keeps one place while it is idle. After a
  /// tick the unused places and the waiting, L - 1, follow Lindley's recursion L = max(L + A - 1,
  /// 0) with A Poisson: E[L] = r²/(2(1-r)), P(L=0) = (1-r)e^r. Waiting are max(L - 1, 0), and
  /// between ticks r/2 more; Little's law makes a time of it.
  private static double slottedMD1(double r) {
    double afterTick = r * r / (2 * (1 - r)) - 1 + (1 - r) * Math.exp(r);
    return (afterTick + r / 2) / r;
  }

  private static Outcome run(
      int people, int window, int perMinute, double lobby, Arrivals arrivals) {
    return LineSimulation.run(
        new long[] {people},
        window,
        arrivals.over(Duration.ofSeconds(window), lobby),
        assumed(perMinute, lobby),
        1);
  }

  private static Outcome run(int people, int window, int perMinute, double lobby, int spread) {
    return LineSimulation.run(
        new long[] {people},
        window,
        new Arrivals.Even().over(Duration.ofSeconds(spread), lobby),
        assumed(perMinute, lobby),
        1);
  }

  static Assumptions assumed(int perMinute, double lobby) {
    return new Assumptions(
        OptionalLong.empty(),
        1,
        lobby,
        Arrivals.Decay.AUGUST_2021,
        perMinute,
        100,
        Duration.ofMinutes(30),
        Duration.ZERO,
        Duration.ZERO,
        1);
  }
}
