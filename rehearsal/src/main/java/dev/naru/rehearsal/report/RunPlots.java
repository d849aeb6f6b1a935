package dev.naru.rehearsal.report;

import dev.naru.rehearsal.report.RunRecord.Call;
import dev.naru.rehearsal.report.RunRecord.Group;
import dev.naru.rehearsal.report.RunRecord.Quantiles;
import dev.naru.rehearsal.report.RunRecord.Sampled;
import dev.naru.rehearsal.report.RunRecord.Series;
import dev.naru.rehearsal.report.RunRecord.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/// The plots of a rehearsal; a comparison draws the same ones for both.
final class RunPlots {
  /// Lines that can be told apart.
  private static final int MOST_LINES = 8;

  private RunPlots() {}

  /// One plot for each group of series.
  static List<Plot> overTime(RunRecord run) {
    List<Plot> plots = new ArrayList<>();
    for (Group group : Group.values()) {
      List<Series> series = RunReport.of(run, group);
      if (!series.isEmpty()) {
        plots.add(group(run, group, series));
      }
    }
    return plots;
  }

  static Plot group(RunRecord run, Group group, List<Series> series) {
    Plot plot = opened(run, empty(group));
    for (Series one : series) {
      Readings readings = Readings.of(one.values(), run.stepSeconds());
      plot.step(one.name(), readings.seconds(), readings.values());
    }
    return plot;
  }

  private static Plot empty(Group group) {
    return switch (group) {
      case ARRIVALS -> new Plot("Arrivals", "people a second", Unit.TIME, Unit.COUNT);
      case LINE -> new Plot("Lobby and line", "people", Unit.TIME, Unit.COUNT);
      case BOOKINGS -> new Plot("Bookings", "a second", Unit.TIME, Unit.COUNT);
      case REFUSALS -> new Plot("Refusals by reason", "a second", Unit.TIME, Unit.COUNT);
      case CHEATS -> new Plot("Cheats refused", "attempts a second", Unit.TIME, Unit.COUNT);
      case REQUESTS -> new Plot("Requests", "a second", Unit.TIME, Unit.COUNT);
      case CPU -> new Plot("Processor", "cores in use", Unit.TIME, Unit.COUNT);
      case MEMORY -> new Plot("Memory", "bytes", Unit.TIME, Unit.BYTES);
      case DATABASE -> new Plot("Database", "connections, requests", Unit.TIME, Unit.COUNT);
    };
  }

  /// One plot for each call: median, 99% and longest over time.
  static List<Plot> latencies(RunRecord run) {
    return run.calls().stream().map(call -> latency(run, call)).toList();
  }

  static Plot latency(RunRecord run, Call call) {
    double[] at = seconds(run, call.overTime().size());
    return opened(run, new Plot(call.name(), "latency", Unit.TIME, Unit.MICROS))
        .logarithmic()
        .line("p50", at, quantile(call.overTime(), Quantiles::p50))
        .line("p99", at, quantile(call.overTime(), Quantiles::p99))
        .line("longest", at, quantile(call.overTime(), Quantiles::max));
  }

  /// Places against time, and the promised range against the wait that came true.
  static List<Plot> people(RunRecord run) {
    List<Plot> plots = new ArrayList<>();
    Plot places = opened(run, new Plot("Place in line", "people ahead", Unit.TIME, Unit.COUNT));
    run.people().stream()
        .filter(person -> !person.places().isEmpty())
        .limit(MOST_LINES)
        .forEach(
            person ->
                places.step(
                    "person " + person.person(),
                    person.places().stream().mapToDouble(Shown::second).toArray(),
                    person.places().stream().mapToDouble(Shown::ahead).toArray()));
    plots.add(places);
    plots.add(promises(run));
    return plots;
  }

  /// What was promised first to each who was called, sorted by the wait that came true.
  private static Plot promises(RunRecord run) {
    record Promise(double waited, double least, double most) {}
    List<Promise> promises = new ArrayList<>();
    for (Sampled person : run.people()) {
      for (Shown shown : person.places()) {
        if (person.called() != null && shown.least() != null && shown.most() != null) {
          promises.add(new Promise(person.called() - shown.second(), shown.least(), shown.most()));
        }
      }
    }
    promises.sort((a, b) -> Double.compare(a.waited(), b.waited()));
    double[] rank = IntStream.range(0, promises.size()).asDoubleStream().toArray();
    return new Plot("Promised and real wait", "time still to wait", Unit.COUNT, Unit.TIME)
        .over("each promise that was shown, sorted by the wait that came true")
        .band(
            "promised range",
            rank,
            promises.stream().mapToDouble(Promise::least).toArray(),
            promises.stream().mapToDouble(Promise::most).toArray())
        .line("wait", rank, promises.stream().mapToDouble(Promise::waited).toArray());
  }

  private static Plot opened(RunRecord run, Plot plot) {
    plot.over("since the start");
    return run.opened() == null ? plot : plot.mark(run.opened(), "opening");
  }

  private static double[] seconds(RunRecord run, int length) {
    return IntStream.range(0, length).mapToDouble(i -> (double) i * run.stepSeconds()).toArray();
  }

  private static double[] quantile(List<Quantiles> steps, ToLongFunction<Quantiles> which) {
    return steps.stream()
        .mapToDouble(step -> step.count() == 0 ? Double.NaN : which.applyAsLong(step))
        .toArray();
  }
}
