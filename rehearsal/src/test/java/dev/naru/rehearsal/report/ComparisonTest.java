package dev.naru.rehearsal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.naru.rehearsal.report.Comparison.Row;
import dev.naru.rehearsal.report.RunRecord.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private final RunRecord quick = SampleRun.of("Before", 12_000, Verdict.HELD);
  private final RunRecord slow = SampleRun.of("After", 900_000, Verdict.MISSED);

  @Test
  void aSlowerRunIsShownAsAFactorAndAChangeOfVerdict() {
    Comparison comparison = new Comparison(quick, slow);
    assertThat(comparison.latencies())
        .containsExactly(
            new Row("book p50", "1.2 ms", "1.2 ms", "same"),
            new Row("book p99", "12 ms", "900 ms", "×75.00"));
    assertThat(comparison.goals())
        .contains(new Row("Booking is quick", "12 ms, held", "900 ms, missed", "held → missed"));
    assertThat(comparison.totals()).contains(new Row("booked", "2,880", "2,880", "same"));
  }

  @Test
  void onlyWhatWasRunDifferentlyIsListed() {
    assertThat(new Comparison(quick, slow).settings()).isEmpty();
    RunRecord shorter =
        new RunRecord(
            1,
            slow.about(),
            61,
            null,
            "Ctrl-C",
            1,
            slow.series(),
            List.of(),
            slow.people(),
            Map.of("cheats", 3L),
            List.of());
    Comparison comparison = new Comparison(quick, shorter);
    assertThat(comparison.settings())
        .extracting(Row::what, Row::b)
        .containsExactly(tuple("took", "1:01"), tuple("stopped", "Ctrl-C"));
    assertThat(comparison.totals()).contains(new Row("cheats", "–", "3", ""));
    assertThat(comparison.latencies()).contains(new Row("book p99", "12 ms", "–", ""));
    assertThat(comparison.html()).contains("A: Bookings", "B: Bookings");
  }
}
