package dev.naru.waitingroom.control.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The experiments of docs/line.md. Time is virtual and chance is seeded: each run is the same.
class AdmissionExperimentsTest {
  private static final double GOODPUT = 0.9;
  private static final int BROKEN_SECONDS = 10;

  /// Of the requests. With the pace fixed at a ceiling of twice the capacity it would be most.
  private static final double REFUSED = 0.25;

  static List<Scenario> scenarios() {
    return Scenarios.all();
  }

  /// Those days on which the pace settles.
  static Stream<Scenario> settled() {
    return scenarios().stream().filter(scenario -> !scenario.name().equals("operator"));
  }

  private static Verdict verdict(Scenario scenario, Fault fault) {
    return Verdict.of(scenario, Day.run(scenario, fault));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void goodputStaysNearTheBestAndLatencyNearItsTarget(Scenario scenario) {
    Verdict verdict = verdict(scenario, Fault.NONE);
    assertThat(verdict.goodput()).isBetween(GOODPUT, 1.01);
    assertThat(verdict.brokenSeconds()).isLessThan(BROKEN_SECONDS);
    assertThat(verdict.refusedShare()).isLessThan(REFUSED);
  }

  @ParameterizedTest
  @MethodSource("settled")
  void nineInTenAreCalledInsideTheRangeTheyWereShown(Scenario scenario) {
    assertThat(Promises.kept(scenario, Day.run(scenario, Fault.NONE))).isGreaterThan(0.9);
  }

  @Test
  void withoutALimitInBookingTheLatencyWouldBreak() {
    assertThat(verdict(Scenarios.slowDatabase(), Fault.NO_LIMIT).brokenSeconds())
        .isGreaterThan(BROKEN_SECONDS);
  }

  @Test
  void atAFixedPacePeopleWouldBeLetInOnlyToBeRefused() {
    assertThat(verdict(Scenarios.slowDatabase(), Fault.FIXED_PACE).refusedShare())
        .isGreaterThan(REFUSED);
  }

  @Test
  void ifNobodyCountedWhoComesGoodputWouldBeLow() {
    assertThat(verdict(Scenarios.halfNeverCome(), Fault.EVERYBODY_COMES).goodput())
        .isLessThan(GOODPUT);
  }

  @Test
  void ifThePaceNeverGrewAHigherCeilingWouldNotHelp() {
    assertThat(verdict(Scenarios.operator(), Fault.NEVER_GROWS).goodput()).isLessThan(GOODPUT);
  }
}
