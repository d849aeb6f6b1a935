package dev.naru.bench.checks;

import dev.naru.bench.Progress;
import dev.naru.bench.Report;
import dev.naru.bench.ReportOptions;
import dev.naru.bench.served.ServedNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `naru bench checks`.
@Command(
    name = "checks",
    mixinStandardHelpOptions = true,
    description = {
      "Identity checks over HTTP on one node, from start to session, with the simulated provider:",
      "everybody is somebody new, and every session is on disk before it is answered. Between the",
      "rounds the node's live heap is read, after a collection of all garbage."
    })
public final class ChecksCommand implements Callable<Integer> {
  @Option(
      names = "--at-once",
      paramLabel = "N",
      defaultValue = "256",
      description = "How many are checked at a moment (default: ${DEFAULT-VALUE}).")
  private int atOnce;

  @Option(
      names = "--warm",
      paramLabel = "N",
      defaultValue = "40",
      description = {
        "Seconds of checks before the first round (default: ${DEFAULT-VALUE}); after less the Java",
        "machine still compiles."
      })
  private int warm;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "20",
      description = "Seconds of a round (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many rounds (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Mixin private ReportOptions options = new ReportOptions();

  @Override
  public Integer call() throws Exception {
    return options.run(this::measure);
  }

  private void measure(Report report) throws Exception {
    Progress.show("starting a node");
    Map<String, Long> others = new TreeMap<>();
    try (ServedNode node = ServedNode.start(10, 7, 10);
        CheckedPeople people = new CheckedPeople(node.uri(), atOnce)) {
      Progress.show("warming up");
      long known = people.run(Duration.ofSeconds(warm)).sessions();
      long firstHeap = node.liveHeap();
      long first = known;
      long heap = firstHeap;
      report.fact("MB of live heap after warming up", heap / 1e6);
      for (int round = 1; round <= rounds; round++) {
        Progress.show("round " + round + " of " + rounds);
        Duration program = node.programCpu();
        Duration database = node.databaseCpu();
        CheckedPeople.Outcome outcome = people.run(Duration.ofSeconds(seconds));
        program = node.programCpu().minus(program);
        database = node.databaseCpu().minus(database);
        known += outcome.sessions();
        heap = node.liveHeap();
        Progress.clear();
        outcome.others().forEach((answer, count) -> others.merge(answer, count, Long::sum));
        report.row(row(outcome, program, database, known, heap));
      }
      report.fact("heap bytes a session", (heap - firstHeap) / Math.max(1, known - first));
      report.fact("other answers", others.toString());
    }
  }

  private static Map<String, Object> row(
      CheckedPeople.Outcome outcome, Duration program, Duration database, long known, long heap) {
    double sessions = Math.max(1, outcome.sessions());
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("checks/s", outcome.sessions() / outcome.seconds());
    row.put("p50 ms", outcome.micros().getValueAtPercentile(50) / 1e3);
    row.put("p99 ms", outcome.micros().getValueAtPercentile(99) / 1e3);
    row.put("program µs/check", program.toNanos() / 1e3 / sessions);
    row.put("database µs/check", database.toNanos() / 1e3 / sessions);
    row.put("sessions", known);
    row.put("live heap, MB", heap / 1e6);
    return row;
  }
}
