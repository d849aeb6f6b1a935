package dev.naru.rehearsal.report;

import dev.naru.rehearsal.report.RunRecord.About;
import dev.naru.rehearsal.report.RunRecord.Call;
import dev.naru.rehearsal.report.RunRecord.Goal;
import dev.naru.rehearsal.report.RunRecord.Group;
import dev.naru.rehearsal.report.RunRecord.Quantiles;
import dev.naru.rehearsal.report.RunRecord.Sampled;
import dev.naru.rehearsal.report.RunRecord.Shown;
import dev.naru.rehearsal.report.RunRecord.Totals;
import dev.naru.rehearsal.report.RunRecord.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A rehearsal that never took place: a lobby of a minute, an opening, three minutes of bookings.
final class SampleRun {
  private SampleRun() {}

  /// @param p99 of booking, in microseconds
  static RunRecord of(String title, long p99, Verdict verdict) {
    return new RunRecord(
        RunRecord.FORMAT,
        about(title),
        240,
        60.0,
        null,
        1,
        timeline().series(),
        List.of(call(p99)),
        List.of(person()),
        totals(),
        List.of(
            new Goal("oversold", "No slot holds more than its capacity", "0", "0", Verdict.HELD),
            new Goal(
                "book-p99", "Booking is quick", "p99 below 500 ms", p99 / 1_000 + " ms", verdict)));
  }

  private static About about(String title) {
    return new About(
        title,
        "2026-03-02T20:00:00+09:00",
        7,
        "./naru rehearse http://localhost:8080 --people 3000 --seed 7",
        "http://localhost:8080",
        "demo",
        Map.of("naru", "0.1.0"),
        Map.of("cores", "2"));
  }

  private static Timeline timeline() {
    Timeline timeline = new Timeline(1);
    for (int second = 0; second < 240; second++) {
      timeline.count(Group.ARRIVALS, "arrived", second, second < 60 ? 30 : 8);
      timeline.gauge(Group.LINE, "lobby", second, second < 60 ? second * 30.0 : 0);
      timeline.gauge(Group.LINE, "waiting", second, second < 60 ? 0 : (240 - second) * 9.0);
      timeline.count(Group.BOOKINGS, "booked", second, second < 60 ? 0 : 16);
      timeline.count(Group.REFUSALS, "slot-full", second, second % 7);
      timeline.gauge(Group.CPU, "server", second, 0.4 + second % 5 / 10.0);
      if (second % 5 == 0) {
        timeline.gauge(Group.MEMORY, "server resident", second, 4e8 + second * 1e6);
      }
    }
    return timeline;
  }

  private static Call call(long p99) {
    Quantiles quick = new Quantiles(16, 1_200, 3_000, p99, p99 + 500, p99 + 1_000);
    List<Quantiles> overTime =
        IntStream.range(0, 240).mapToObj(i -> i < 60 ? Quantiles.NONE : quick).toList();
    return new Call("book", quick, overTime, Map.of("201", 2_880L, "409 slot-full", 300L));
  }

  private static Sampled person() {
    return new Sampled(
        5,
        30,
        180.0,
        190.0,
        List.of(new Shown(60, 1_800, 100.0, 150.0), new Shown(120, 900, 50.0, null)));
  }

  private static Map<String, Long> totals() {
    Map<String, Long> totals = new LinkedHashMap<>();
    totals.put(Totals.PEOPLE, 3_000L);
    totals.put(Totals.BOOKED, 2_880L);
    totals.put(Totals.OVERSOLD, 0L);
    return totals;
  }
}
