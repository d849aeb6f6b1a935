package dev.naru.bench.booking;

import dev.naru.bench.Load;
import dev.naru.bench.Progress;
import dev.naru.bench.Report;
import dev.naru.bench.ReportOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `naru bench booking`.
@Command(
    name = "booking",
    mixinStandardHelpOptions = true,
    description = "Durable bookings a second: the engine beside two ways that do without it.")
public final class BookingCommand implements Callable<Integer> {
  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "7200000",
      description = "Slots: 480 a site (default: ${DEFAULT-VALUE}).")
  private int slots;

  @Option(
      names = "--shapes",
      split = ",",
      defaultValue = "uniform,hot,herd,one",
      description = "Shapes of demand (default: ${DEFAULT-VALUE}).")
  private List<Shape> shapes = List.of();

  @Option(
      names = "--contenders",
      split = ",",
      defaultValue = "transaction,statement,engine",
      description = "Who books; the first is the baseline (default: ${DEFAULT-VALUE}).")
  private List<Contender.Kind> contenders = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "8",
      description = "Length of a run (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warm",
      paramLabel = "N",
      defaultValue = "4",
      description = "Seconds of the same before it (default: ${DEFAULT-VALUE}).")
  private int warm;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      split = ",",
      defaultValue = "4000",
      description =
          "Requests under way at once; several for the engine one after the other (default:"
              + " ${DEFAULT-VALUE}).")
  private List<Integer> inFlight = List.of();

  @Option(
      names = "--rates",
      paramLabel = "N",
      split = ",",
      defaultValue = "",
      description =
          "Requests a second at which the engine is asked besides, latency counted from when each"
              + " was due, for example 10000,2000.")
  private List<String> rates = List.of();

  @Option(
      names = "--earlier",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Appointments of an earlier campaign that are there already (default:"
              + " ${DEFAULT-VALUE}).")
  private int earlier;

  @Option(
      names = "--sync-delay",
      paramLabel = "MILLIS",
      defaultValue = "0",
      description = "Makes every flush to disk take so much longer (needs gcc).")
  private int syncDelay;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keeps the database with its slots there for the next run.")
  private @Nullable Path data;

  @Mixin private ReportOptions options = new ReportOptions();

  @Override
  public Integer call() throws Exception {
    if (syncDelay > 0 && !SlowDisk.isOn()) {
      return SlowDisk.again(syncDelay);
    }
    return options.run(this::measure);
  }

  private void measure(Report report) throws Exception {
    Progress.show("starting PostgreSQL and making " + slots + " slots");
    try (BenchDatabase database = BenchDatabase.open(data, slots, earlier)) {
      Progress.clear();
      database.settings().forEach(report::fact);
      report.fact("slots", slots);
      report.fact("appointments of an earlier campaign", earlier);
      report.fact("ms for a commit by itself", database.commitMillis());
      Runs runs = new Runs(database, slots, Duration.ofSeconds(warm), Duration.ofSeconds(seconds));
      for (Shape shape : shapes) {
        double baseline = 0;
        for (Contender.Kind kind : contenders) {
          for (int room : kind == Contender.Kind.ENGINE ? inFlight : inFlight.subList(0, 1)) {
            Runs.Outcome outcome = run(runs, shape, kind, new Load(room, 0));
            baseline = baseline == 0 ? outcome.decisionsPerSecond() : baseline;
            report.row(row(outcome, "in flight", room, outcome.decisionsPerSecond() / baseline));
          }
        }
      }
      for (String rate : rates) {
        if (!rate.isEmpty()) {
          int perSecond = Integer.parseInt(rate);
          Load load = new Load(Math.max(20_000, perSecond * 2), perSecond);
          report.row(
              row(run(runs, Shape.UNIFORM, Contender.Kind.ENGINE, load), "rate", perSecond, null));
        }
      }
      report.fact("deadlocks", database.deadlocks());
    }
  }

  private static Runs.Outcome run(Runs runs, Shape shape, Contender.Kind kind, Load load)
      throws Exception {
    Progress.show(shape + ", " + kind.title);
    Runs.Outcome outcome = runs.run(shape, kind, load);
    Progress.clear();
    return outcome;
  }

  private static Map<String, Object> row(
      Runs.Outcome outcome, String loadName, int load, @Nullable Double ratio) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("shape", outcome.shape().name().toLowerCase(Locale.ROOT));
    row.put("contender", outcome.kind().title);
    row.put(loadName, load);
    row.put("bookings/s", outcome.bookingsPerSecond());
    row.put("decisions/s", outcome.decisionsPerSecond());
    row.put("p50 ms", outcome.load().millis(50));
    row.put("p99 ms", outcome.load().millis(99));
    row.put("p99.9 ms", outcome.load().millis(99.9));
    row.put("WAL bytes/booking", outcome.walBytes());
    row.put("database µs", outcome.databaseMicros());
    row.put("program µs", outcome.programMicros());
    if (ratio != null) {
      row.put("ratio", ratio);
    }
    return row;
  }
}
