package dev.naru.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.rehearsal.crowd.CrowdProgress;
import dev.naru.rehearsal.crowd.CrowdReport;
import dev.naru.rehearsal.forecast.Quantiles;
import dev.naru.rehearsal.report.RunRecord.Goal;
import dev.naru.rehearsal.report.RunRecord.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoalsTest {
  private static CrowdReport report(
      boolean complete, double half, double most, CrowdReport.Promises promises) {
    return report(complete, half, most, promises, 100);
  }

  private static CrowdReport report(
      boolean complete, double half, double most, CrowdReport.Promises promises, int booked) {
    CrowdProgress everybody =
        new CrowdProgress(
            600, 100, 100, 0, 0, 0, 100, booked, 0, Map.of(), 0, 0, 0, 0, 100, 800, 0, 0, "");
    return new CrowdReport(
        "http://127.0.0.1",
        "autumn",
        100,
        1,
        complete,
        600,
        everybody,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        Map.of(),
        List.of(),
        new CrowdReport.Tried(0, 0, Map.of(), List.of()),
        new CrowdReport.OverTime(
            60,
            List.of(),
            List.of(),
            100,
            0,
            half,
            most,
            promises,
            new Quantiles(200, 300, 350, 400, 420)));
  }

  private static List<Verdict> verdicts(String id, CrowdReport report) {
    return Goals.USUAL.judge(report, null, false).stream()
        .filter(goal -> goal.id().equals(id))
        .map(Goal::verdict)
        .toList();
  }

  private static List<Verdict> forecast(boolean complete, double half, double most) {
    return verdicts("forecast", report(complete, half, most, new CrowdReport.Promises(0, 0)));
  }

  private static List<Verdict> range(int made, int kept) {
    return verdicts("range", report(true, 200, 400, new CrowdReport.Promises(made, kept)));
  }

  @Test
  void aForecastIsRightWithinAQuarter() {
    assertThat(forecast(true, 200, 400)).containsExactly(Verdict.HELD);
    assertThat(forecast(true, 249, 301)).containsExactly(Verdict.HELD);
    assertThat(forecast(true, 251, 400)).containsExactly(Verdict.MISSED);
    assertThat(forecast(true, 200, 299)).containsExactly(Verdict.MISSED);
    assertThat(forecast(false, 200, 400)).isEmpty();
  }

  @Test
  void nineOfTenPromisesAreKept() {
    assertThat(range(100, 90)).containsExactly(Verdict.HELD);
    assertThat(range(100, 89)).containsExactly(Verdict.MISSED);
    assertThat(range(0, 0)).isEmpty();
  }

  /// Else nothing would be lost, doubled or oversold, and all would seem well.
  @Test
  void aRehearsalInWhichNobodyBooksHasFailed() {
    CrowdReport.Promises none = new CrowdReport.Promises(0, 0);
    assertThat(verdicts("booked", report(true, 200, 400, none, 0))).containsExactly(Verdict.MISSED);
    assertThat(verdicts("booked", report(true, 200, 400, none, 1))).containsExactly(Verdict.HELD);
  }
}
