package dev.naru.bench.crowd;

import dev.naru.bench.Progress;
import dev.naru.bench.Report;
import dev.naru.bench.ReportOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `naru bench crowd`.
@Command(
    name = "crowd",
    mixinStandardHelpOptions = true,
    description = {
      "What a rehearsal's crowd itself costs: on one core, against a stand-in on another that",
      "answers whole journeys with bytes as long as Naru's; and its memory while people wait, with",
      "-Xmx2g. Needs taskset (Debian: apt-get install util-linux)."
    })
public final class CrowdCommand implements Callable<Integer> {
  private static final String CROWD_CORE = "0";
  private static final String SERVER_CORE = "1";

  @Option(
      names = "--people",
      paramLabel = "N",
      defaultValue = "60000",
      description = "How many go through a journey in each round (default: ${DEFAULT-VALUE}).")
  private int people;

  @Option(
      names = "--waiting",
      paramLabel = "N",
      defaultValue = "200000",
      description = "How many wait at once (default: ${DEFAULT-VALUE}).")
  private int waiting;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Mixin private ReportOptions options = new ReportOptions();

  @Override
  public Integer call() throws Exception {
    return options.run(this::measure);
  }

  private void measure(Report report) throws Exception {
    for (int round = 1; round <= rounds; round++) {
      Progress.show("journeys, round " + round);
      double[] cost = crowd("calls", "asks", people);
      Progress.clear();
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("people", people);
      row.put("requests/journey", cost[0] / people);
      row.put("requests/s", cost[0] / cost[1]);
      row.put("requests/s of CPU", cost[0] / cost[2]);
      row.put("µs/request", cost[2] / cost[0] * 1e6);
      report.row(row);
    }
    Progress.show(waiting + " people wait");
    double[] cost = crowd("holds", "waits", waiting);
    Progress.clear();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("waiting", (long) cost[0]);
    row.put("gave up", (long) cost[1]);
    row.put("live heap, MB", cost[2] / 1e6);
    row.put("bytes a person", (long) cost[3]);
    report.row(row);
  }

  private static double[] crowd(String manner, String what, int howMany)
      throws IOException, InterruptedException {
    Process server = start(SERVER_CORE, "-Xmx512m", StandIn.class, manner);
    try (BufferedReader port = server.inputReader(StandardCharsets.UTF_8)) {
      Process crowd =
          start(
              CROWD_CORE,
              "-Xmx2g",
              Driver.class,
              what,
              String.valueOf(port.readLine()),
              String.valueOf(howMany));
      try (BufferedReader out = crowd.inputReader(StandardCharsets.UTF_8)) {
        String line = out.readLine();
        if (line == null) {
          throw new IllegalStateException("the crowd ended with status " + crowd.waitFor());
        }
        return Arrays.stream(line.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
      } finally {
        crowd.destroy();
      }
    } finally {
      server.destroy();
    }
  }

  private static Process start(String core, String memory, Class<?> program, String... args)
      throws IOException {
    List<String> line = new ArrayList<>(List.of("taskset", "-c", core));
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            memory,
            "-XX:+UseG1GC",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName()));
    line.addAll(Arrays.asList(args));
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
