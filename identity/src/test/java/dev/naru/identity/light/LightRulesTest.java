package dev.naru.identity.light;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LightRulesTest {
  private static Measured measured(int checks, int failures, long median, long p95, int inFlight) {
    boolean none = checks == failures;
    return new Measured(
        new Measured.Ended(checks, failures),
        new Measured.Ended(0, 0),
        none ? null : Duration.ofMillis(median),
        none ? null : Duration.ofMillis(p95),
        inFlight,
        100,
        Duration.ZERO,
        Breaker.CLOSED);
  }

  /// A good minute of 1,000 checks with a p95 of 800 ms, and what came lately.
  private static Measured lately(int checks, int failures, long silence, Breaker breaker) {
    return new Measured(
        new Measured.Ended(1000, failures),
        new Measured.Ended(checks, failures),
        Duration.ofMillis(400),
        Duration.ofMillis(800),
        1,
        100,
        Duration.ofMillis(silence),
        breaker);
  }

  @ParameterizedTest(name = "{0} of {1}, median {2} ms, p95 {3} ms, {4} in flight: {5}")
  @CsvSource({
    "  0, 1000,  800, 1600,   0, SMOOTH",
    " 19, 1000,  800, 1600,   0, SMOOTH",
    " 20, 1000,  800, 1600,   0, DELAYED",
    "  0, 1000, 2000, 3000,   0, DELAYED",
    "  0, 1000,  800, 5000,   0, DELAYED",
    "  0, 1000,  800, 1600, 100, DELAYED",
    "100, 1000,  800, 1600,   0, CONGESTED",
    "  0, 1000, 5000, 6000,   0, CONGESTED",
    "  0, 1000,  800, 8000,   0, CONGESTED",
    "  0, 1000,  800, 1600, 200, CONGESTED",
    "500, 1000,  800, 1600,   0, UNAVAILABLE",
    "  1,    1,    0,    0,   0, DELAYED",
    "  3,    4,  100,  100,   0, CONGESTED",
    "  5,    5,    0,    0,   0, UNAVAILABLE",
  })
  void theTable(int failures, int checks, long median, long p95, int inFlight, Light light) {
    assertThat(LightRules.judge(Light.SMOOTH, measured(checks, failures, median, p95, inFlight)))
        .isEqualTo(light);
  }

  @ParameterizedTest(name = "{0} of {1} lately, nobody answered for {2} ms, breaker {3}: {4}")
  @CsvSource({
    "  9, 100,    0, CLOSED,  SMOOTH",
    " 10, 100,    0, CLOSED,  CONGESTED",
    " 50, 100,    0, CLOSED,  UNAVAILABLE",
    "  0, 100, 1700, CLOSED,  SMOOTH",
    "  0, 100, 1900, CLOSED,  DELAYED",
    "  0, 100, 3400, CLOSED,  CONGESTED",
    "  0, 100,    0, OPEN,    UNAVAILABLE",
    "  0, 100,    0, PROBING, CONGESTED",
    "100, 100,    0, PROBING, CONGESTED",
  })
  void theLastSecondsCountByThemselves(
      int failures, int checks, long silence, Breaker breaker, Light light) {
    assertThat(LightRules.judge(Light.SMOOTH, lately(checks, failures, silence, breaker)))
        .isEqualTo(light);
  }

  @Test
  void aValueThatTremblesAroundALimitDoesNotMakeTheLightFlicker() {
    Light light = LightRules.judge(Light.SMOOTH, measured(100, 0, 1900, 3000, 0));
    assertThat(light).isEqualTo(Light.SMOOTH);
    light = LightRules.judge(light, measured(100, 0, 2000, 3000, 0));
    assertThat(light).isEqualTo(Light.DELAYED);
    light = LightRules.judge(light, measured(100, 0, 1600, 3000, 0));
    assertThat(light).isEqualTo(Light.DELAYED);
    light = LightRules.judge(light, measured(100, 0, 1400, 3000, 0));
    assertThat(light).isEqualTo(Light.SMOOTH);
  }

  @Test
  void aMinuteWithoutChecksProvesNothing() {
    Measured nothing = measured(0, 0, 0, 0, 0);
    assertThat(LightRules.judge(Light.UNAVAILABLE, nothing)).isEqualTo(Light.DELAYED);
    assertThat(LightRules.judge(Light.DELAYED, nothing)).isEqualTo(Light.DELAYED);
    assertThat(LightRules.judge(Light.SMOOTH, nothing)).isEqualTo(Light.SMOOTH);
  }

  @Property
  void neverGreenWhileMoreThanTwoPercentFail(
      @ForAll Light current,
      @ForAll @IntRange(min = 1, max = 2000) int checks,
      @ForAll @IntRange(max = 2000) int failures,
      @ForAll @IntRange(max = 9000) int median) {
    Measured measured = measured(checks, Math.min(checks, failures), median, median, 0);
    if (measured.minute().failureRatio() > 0.02) {
      assertThat(LightRules.judge(current, measured)).isNotEqualTo(Light.SMOOTH);
    }
  }

  @Property
  void aWorseLightBeforeNeverGivesABetterLightNow(
      @ForAll Light one,
      @ForAll Light other,
      @ForAll @IntRange(min = 1, max = 300) int checks,
      @ForAll @IntRange(max = 300) int failures,
      @ForAll @IntRange(max = 9000) int median,
      @ForAll @IntRange(max = 300) int inFlight) {
    Measured measured = measured(checks, Math.min(checks, failures), median, median, inFlight);
    Light better = one.isWorseThan(other) ? other : one;
    Light worse = one.isWorseThan(other) ? one : other;
    assertThat(LightRules.judge(worse, measured))
        .isGreaterThanOrEqualTo(LightRules.judge(better, measured));
  }

  @Property
  void judgingTheSameAgainChangesNothing(
      @ForAll Light current,
      @ForAll @IntRange(min = 1, max = 300) int checks,
      @ForAll @IntRange(max = 300) int failures,
      @ForAll @IntRange(max = 9000) int median) {
    Measured measured = measured(checks, Math.min(checks, failures), median, median, 0);
    Light once = LightRules.judge(current, measured);
    assertThat(LightRules.judge(once, measured)).isEqualTo(once);
  }
}
