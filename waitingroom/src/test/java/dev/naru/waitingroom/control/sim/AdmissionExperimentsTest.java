package dev.naru.waitingroom.control.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdmissionExperimentsTest {
  static List<Scenario> scenarios() {
    return Scenarios.all();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void goodputStaysNearTheBestAndLatencyNearItsTarget(Scenario scenario) {
    Verdict verdict = Verdict.of(scenario, Day.run(scenario));
    System.out.println(scenario.name() + " " + verdict + " " + verdict.goodput());
    assertThat(verdict.goodput()).isGreaterThan(0.9);
    assertThat(verdict.brokenSeconds()).isLessThan(10);
  }
}
