package dev.naru.bench.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The experiments of docs/line.md. Time is virtual and chance is seeded: each run is the same.
class AdmissionExperimentsTest {
  static List<Scenario> scenarios() {
    return Scenarios.all();
  }

  /// Those days on which the pace settles.
  static Stream<Scenario> settled() {
    return scenarios().stream().filter(scenario -> !scenario.name().equals("operator"));
  }

  private static final Map<String, List<Sample>> DAYS = new ConcurrentHashMap<>();

  /// Each day is lived once: living it again would be the same.
  private static List<Sample> day(Scenario scenario, Fault fault) {
    return DAYS.computeIfAbsent(scenario.name() + "/" + fault, _ -> Day.run(scenario, fault));
  }

  private static Verdict verdict(Scenario scenario, Fault fault) {
    return Verdict.of(scenario, day(scenario, fault));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void goodputStaysNearTheBestAndLatencyNearItsTarget(Scenario scenario) {
    Verdict verdict = verdict(scenario, Fault.NONE);
    assertThat(verdict.goodput()).isBetween(Verdict.GOODPUT, 1.01);
    assertThat(verdict.brokenSeconds()).isLessThan(Verdict.BROKEN_SECONDS);
    assertThat(verdict.refusedShare()).isLessThan(Verdict.REFUSED);
    assertThat(verdict.standingSeconds()).isLessThan(Verdict.STANDING_SECONDS);
  }

  @ParameterizedTest
  @MethodSource("settled")
  void nineInTenAreCalledInsideTheRangeTheyWereShown(Scenario scenario) {
    assertThat(Promises.kept(scenario, day(scenario, Fault.NONE))).isGreaterThan(0.9);
  }

  @Test
  void withoutALimitInBookingTheLatencyWouldBreak() {
    assertThat(verdict(Scenarios.slowDatabase(), Fault.NO_LIMIT).brokenSeconds())
        .isGreaterThan(Verdict.BROKEN_SECONDS);
  }

  @Test
  void atAFixedPacePeopleWouldBeLetInOnlyToBeRefused() {
    assertThat(verdict(Scenarios.slowDatabase(), Fault.FIXED_PACE).refusedShare())
        .isGreaterThan(Verdict.REFUSED);
  }

  @Test
  void ifNobodyCountedWhoComesGoodputWouldBeLow() {
    assertThat(verdict(Scenarios.halfNeverCome(), Fault.EVERYBODY_COMES).goodput())
        .isLessThan(Verdict.GOODPUT);
  }

  @Test
  void ifWhoIsTurnedAwayDidNotCountTheDoorWouldBeStormed() {
    assertThat(verdict(Scenarios.cutOff(), Fault.TURNED_AWAY_UNCOUNTED).standingSeconds())
        .isGreaterThan(Verdict.STANDING_SECONDS);
  }

  @Test
  void ifEachSecondOfTroubleCountedGoodputWouldBeLow() {
    assertThat(verdict(Scenarios.hiccups(), Fault.NO_PATIENCE).goodput())
        .isLessThan(Verdict.GOODPUT);
  }

  @Test
  void ifThePaceNeverGrewAHigherCeilingWouldNotHelp() {
    assertThat(verdict(Scenarios.operator(), Fault.NEVER_GROWS).goodput())
        .isLessThan(Verdict.GOODPUT);
  }

  @Test
  void ifNobodyWereToldWhenToComeBackTheLatencyWouldBreak() {
    assertThat(verdict(Scenarios.eager(), Fault.NO_TURN).brokenSeconds())
        .isGreaterThan(Verdict.BROKEN_SECONDS);
  }
}
