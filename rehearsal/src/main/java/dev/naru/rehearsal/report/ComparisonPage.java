package dev.naru.rehearsal.report;

import dev.naru.rehearsal.report.Comparison.Row;
import dev.naru.rehearsal.report.RunRecord.Call;
import dev.naru.rehearsal.report.RunRecord.Group;
import dev.naru.rehearsal.report.RunRecord.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The page of a [Comparison]: each plot of both runs beside the other, on the same vertical scale.
final class ComparisonPage {
  private static final List<String> HEAD = List.of("what", "A", "B", "B against A");

  private ComparisonPage() {}

  static String html(Comparison comparison) {
    RunRecord a = comparison.a();
    RunRecord b = comparison.b();
    Page page = new Page("Two rehearsals");
    page.table(
        "The runs",
        List.of("run", "title", "started", "goals held"),
        List.of(run("A", a), run("B", b)));
    page.summary("ko", List.of(korean(comparison)));
    page.heading("Figures")
        .table("Goals", HEAD, rows(comparison.goals()))
        .table("Counts", HEAD, rows(comparison.totals()))
        .table("Latency", HEAD, rows(comparison.latencies()))
        .table("Run differently", HEAD, rows(comparison.settings()));
    page.heading("Over time, A and B").plots(overTime(a, b));
    page.heading("Latency over time").plots(latencies(a, b));
    return page.html();
  }

  private static List<String> run(String name, RunRecord run) {
    return List.of(
        name,
        run.about().title(),
        run.about().startedAt(),
        held(run) + " of " + run.goals().size());
  }

  private static long held(RunRecord run) {
    return run.goals().stream().filter(g -> g.verdict() == RunRecord.Verdict.HELD).count();
  }

  private static String korean(Comparison comparison) {
    return "요약: 두 예행연습을 나란히 놓았습니다. A는 목표 %d개 중 %d개를, B는 %d개 중 %d개를 지켰습니다."
        .formatted(
            comparison.a().goals().size(),
            held(comparison.a()),
            comparison.b().goals().size(),
            held(comparison.b()));
  }

  private static List<List<String>> rows(List<Row> rows) {
    return rows.stream().map(row -> List.of(row.what(), row.a(), row.b(), row.change())).toList();
  }

  private static List<Plot> overTime(RunRecord a, RunRecord b) {
    List<Plot> plots = new ArrayList<>();
    for (Group group : Group.values()) {
      List<Series> before = RunReport.of(a, group);
      List<Series> after = RunReport.of(b, group);
      if (!before.isEmpty() || !after.isEmpty()) {
        double top = Math.max(highest(before), highest(after));
        plots.add(RunPlots.group(a, group, before).prefixed("A").reaching(top));
        plots.add(RunPlots.group(b, group, after).prefixed("B").reaching(top));
      }
    }
    return plots;
  }

  private static double highest(List<Series> series) {
    return series.stream()
        .flatMap(one -> one.values().stream())
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .max()
        .orElse(0);
  }

  private static List<Plot> latencies(RunRecord a, RunRecord b) {
    List<Plot> plots = new ArrayList<>();
    for (Call call : a.calls()) {
      b.calls().stream()
          .filter(other -> other.name().equals(call.name()))
          .forEach(
              other -> {
                double top = Math.max(call.all().max(), other.all().max());
                plots.add(RunPlots.latency(a, call).prefixed("A").reaching(top));
                plots.add(RunPlots.latency(b, other).prefixed("B").reaching(top));
              });
    }
    return plots;
  }
}
