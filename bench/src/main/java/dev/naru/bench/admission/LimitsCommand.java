package dev.naru.bench.admission;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.VegasLimit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import dev.naru.bench.Report;
import dev.naru.bench.ReportOptions;
import dev.naru.common.limit.LatencyLimit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `naru bench limits`.
@Command(
    name = "limits",
    mixinStandardHelpOptions = true,
    description = {
      "Naru's limit of requests in flight beside those of Netflix concurrency-limits, before a"
          + " server that works in batches, on virtual time (adr/0022)."
    })
public final class LimitsCommand implements Callable<Integer> {
  private static final int LEAST = 32;
  private static final int START = 4_000;
  private static final int LARGEST = 40_000;
  private static final int TARGET_MILLIS = 200;
  private static final int FIRST = 100;

  @Mixin private ReportOptions options = new ReportOptions();

  @Override
  public Integer call() throws Exception {
    return options.run(this::measure);
  }

  private void measure(Report report) {
    BatchServer ours = new BatchServer();
    LatencyLimit limit =
        new LatencyLimit(
            TARGET_MILLIS / 1e3, LEAST, START, LARGEST, () -> (long) (ours.now() * 1e9));
    row(report, "Naru", ours.run(limit::enter, nanos -> limit.leave(nanos)));
    for (Map.Entry<String, Limit> theirs : theirs().entrySet()) {
      BatchServer server = new BatchServer();
      row(
          report,
          theirs.getKey(),
          server.run(
              () -> server.inFlight() < theirs.getValue().getLimit(),
              nanos ->
                  theirs
                      .getValue()
                      .onSample(
                          (long) (server.now() * 1e9) - nanos, nanos, server.inFlight(), false)));
    }
    BatchServer open = new BatchServer();
    row(report, "none", open.run(() -> open.inFlight() < LARGEST, _ -> {}));
  }

  private static Map<String, Limit> theirs() {
    Limit gradient = gradient();
    Map<String, Limit> limits = new LinkedHashMap<>();
    limits.put(
        "Vegas", VegasLimit.newBuilder().initialLimit(FIRST).maxConcurrency(LARGEST).build());
    limits.put("Gradient2", gradient);
    limits.put("Gradient2, windowed", WindowedLimit.newBuilder().build(gradient()));
    limits.put("AIMD", aimd());
    limits.put("AIMD, windowed", WindowedLimit.newBuilder().build(aimd()));
    return limits;
  }

  private static Limit gradient() {
    return Gradient2Limit.newBuilder()
        .initialLimit(FIRST)
        .minLimit(LEAST)
        .maxConcurrency(LARGEST)
        .build();
  }

  private static Limit aimd() {
    return AIMDLimit.newBuilder()
        .initialLimit(FIRST)
        .minLimit(LEAST)
        .maxLimit(LARGEST)
        .timeout(TARGET_MILLIS, TimeUnit.MILLISECONDS)
        .build();
  }

  private static void row(Report report, String name, List<BatchServer.Phase> phases) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("limit", name);
    List<String> names = new ArrayList<>(List.of("well", "slowed to a third", "well again"));
    for (BatchServer.Phase phase : phases) {
      String when = names.removeFirst();
      row.put("decided/s, " + when, phase.perSecond());
      row.put("ms, " + when, phase.millis());
    }
    report.row(row);
  }
}
