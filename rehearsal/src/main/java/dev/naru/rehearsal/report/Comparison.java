package dev.naru.rehearsal.report;

import dev.naru.rehearsal.report.RunRecord.Call;
import dev.naru.rehearsal.report.RunRecord.Goal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Two rehearsals side by side: goals, totals, latencies.
///
/// @param a the earlier one, or the one to compare with
public record Comparison(RunRecord a, RunRecord b) {
  private static final String MISSING = "–";

  /// One line of the comparison.
  ///
  /// @param change of b against a: a factor (`×1.2`), `same`, or a change of verdict; may be empty
  public record Row(String what, String a, String b, String change) {}

  /// What differs in how the two were run: whoever reads the figures should know.
  public List<Row> settings() {
    Map<String, String> before = setting(a);
    Map<String, String> after = setting(b);
    List<Row> rows = new ArrayList<>();
    for (String what : union(before.keySet(), after.keySet())) {
      String one = before.getOrDefault(what, MISSING);
      String other = after.getOrDefault(what, MISSING);
      if (!one.equals(other)) {
        rows.add(new Row(what, one, other, ""));
      }
    }
    return rows;
  }

  /// Goals of either run, by id.
  public List<Row> goals() {
    Map<String, Goal> before = byName(a.goals(), Goal::id);
    Map<String, Goal> after = byName(b.goals(), Goal::id);
    List<Row> rows = new ArrayList<>();
    for (String id : union(before.keySet(), after.keySet())) {
      Goal one = before.get(id);
      Goal other = after.get(id);
      rows.add(
          new Row(
              Objects.requireNonNull(one == null ? other : one).what(),
              goal(one),
              goal(other),
              one == null || other == null || one.verdict() == other.verdict()
                  ? ""
                  : RunReport.verdict(one) + " → " + RunReport.verdict(other)));
    }
    return rows;
  }

  /// Counts of either run.
  public List<Row> totals() {
    List<Row> rows = new ArrayList<>();
    for (String what : union(a.totals().keySet(), b.totals().keySet())) {
      rows.add(row(what, a.totals().get(what), b.totals().get(what), Comparison::count));
    }
    return rows;
  }

  /// Median and 99% of each call of either run.
  public List<Row> latencies() {
    Map<String, Call> before = byName(a.calls(), Call::name);
    Map<String, Call> after = byName(b.calls(), Call::name);
    List<Row> rows = new ArrayList<>();
    for (String name : union(before.keySet(), after.keySet())) {
      Call one = before.get(name);
      Call other = after.get(name);
      rows.add(
          row(
              name + " p50",
              one == null ? null : one.all().p50(),
              other == null ? null : other.all().p50(),
              RunReport::micros));
      rows.add(
          row(
              name + " p99",
              one == null ? null : one.all().p99(),
              other == null ? null : other.all().p99(),
              RunReport::micros));
    }
    return rows;
  }

  /// The comparison as a page.
  public String html() {
    return ComparisonPage.html(this);
  }

  private static Row row(
      String what, @Nullable Long one, @Nullable Long other, Function<Long, String> text) {
    return new Row(
        what,
        one == null ? MISSING : text.apply(one),
        other == null ? MISSING : text.apply(other),
        change(one, other));
  }

  static String change(@Nullable Long one, @Nullable Long other) {
    if (one == null || other == null) {
      return "";
    }
    if (one.equals(other)) {
      return "same";
    }
    return one <= 0 || other < 0
        ? ""
        : String.format(Locale.ROOT, "×%.2f", (double) other / (double) one);
  }

  private static String count(Long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String goal(@Nullable Goal goal) {
    return goal == null ? MISSING : goal.measured() + ", " + RunReport.verdict(goal);
  }

  private static Map<String, String> setting(RunRecord run) {
    Map<String, String> setting = new LinkedHashMap<>();
    setting.put("command", run.about().command());
    setting.put("campaign", run.about().campaign());
    setting.put("seed", Long.toString(run.about().seed()));
    setting.put("took", Unit.TIME.text(run.seconds()));
    setting.put("stopped", run.stopped() == null ? "when all had left" : run.stopped());
    setting.putAll(run.about().versions());
    setting.putAll(run.about().machine());
    return setting;
  }

  private static <T> Map<String, T> byName(List<T> list, Function<T, String> name) {
    Map<String, T> map = new LinkedHashMap<>();
    list.forEach(one -> map.put(name.apply(one), one));
    return map;
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> all = new LinkedHashSet<>(one);
    all.addAll(other);
    return all;
  }
}
