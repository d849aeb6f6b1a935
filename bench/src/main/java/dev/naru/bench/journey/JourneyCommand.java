package dev.naru.bench.journey;

import dev.naru.bench.Progress;
import dev.naru.bench.Report;
import dev.naru.bench.ReportOptions;
import dev.naru.bench.served.BenchCampaign;
import dev.naru.bench.served.ServedNode;
import dev.naru.rehearsal.crowd.Crowd;
import dev.naru.rehearsal.crowd.CrowdPlan;
import dev.naru.rehearsal.crowd.CrowdReport;
import dev.naru.rehearsal.crowd.Habits;
import dev.naru.rehearsal.people.ArrivalCurve;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `naru bench journey`.
@Command(
    name = "journey",
    mixinStandardHelpOptions = true,
    description = "Whole journeys over HTTP on one node: verify, join, enter, search, book.")
public final class JourneyCommand implements Callable<Integer> {
  @Option(
      names = "--people",
      paramLabel = "N",
      defaultValue = "20000",
      description = "How many come, within the time given (default: ${DEFAULT-VALUE}).")
  private int people;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "20",
      description = "Within how many seconds they come (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--sites",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Sites of the nation (default: ${DEFAULT-VALUE}).")
  private int sites;

  @Mixin private ReportOptions options = new ReportOptions();

  @Override
  public Integer call() throws Exception {
    return options.run(this::measure);
  }

  private void measure(Report report) throws Exception {
    Progress.show("making a nation and starting a node");
    try (ServedNode node = ServedNode.start(sites, 7, 10)) {
      // The first run warms the program up.
      go(node, Math.max(1, people / 4), 2);
      Duration program = node.programCpu();
      Duration database = node.databaseCpu();
      CrowdReport crowd = go(node, people, 1);
      program = node.programCpu().minus(program);
      database = node.databaseCpu().minus(database);
      Progress.clear();
      report.fact("errors", crowd.errors().toString());
      report.row(row(crowd, program, database));
      crowd
          .calls()
          .forEach(
              (call, measured) -> {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("call", call);
                row.put("requests/journey", measured.count() / (double) people);
                row.put("p50 ms", measured.p50Micros() / 1e3);
                row.put("p99 ms", measured.p99Micros() / 1e3);
                report.row(row);
              });
    }
  }

  private Map<String, Object> row(CrowdReport crowd, Duration program, Duration database) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("people", people);
    row.put("booked", crowd.outcome().booked());
    row.put("seconds", crowd.seconds());
    row.put("journeys/s", people / crowd.seconds());
    row.put("requests/journey", crowd.outcome().requests() / (double) people);
    row.put("program µs/journey", program.toNanos() / 1e3 / people);
    row.put("database µs/journey", database.toNanos() / 1e3 / people);
    return row;
  }

  private CrowdReport go(ServedNode node, int howMany, long seed) {
    Progress.show(howMany + " people go through the journey");
    return Crowd.start(
            CrowdPlan.of(node.uri(), BenchCampaign.ID, howMany)
                .withSeed(seed)
                .withLobbyShare(0)
                .withArrivals(new ArrivalCurve(Duration.ofSeconds(seconds), 0.5, 0.5))
                .withThinkMedian(Duration.ZERO)
                .withHabits(new Habits(0, 0, 0, 0)))
        .done()
        .join();
  }
}
