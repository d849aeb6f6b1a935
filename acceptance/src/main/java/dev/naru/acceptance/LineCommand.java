package dev.naru.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `naru torture line`: several programs keep one line, and the one that writes the status is
/// killed again and again.
@Command(
    name = "line",
    mixinStandardHelpOptions = true,
    description = {
      "Several programs on one PostgreSQL keep one line: people join at all of them at once, all",
      "must show the same status, and the one that writes it is killed again and again; how long",
      "until another goes on is measured. Ends with 1 if anything was wrong."
    })
final class LineCommand implements Callable<Integer> {
  @Option(names = "--nodes", defaultValue = "3", description = "Programs (${DEFAULT-VALUE}).")
  private int count;

  @Option(names = "--people", defaultValue = "3000", description = "Who join (${DEFAULT-VALUE}).")
  private int people;

  @Option(names = "--rounds", defaultValue = "10", description = "Kills (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--valkey",
      paramLabel = "URL",
      description = "Keeps the line in this Valkey or Redis, which should be empty.")
  private @Nullable String valkey;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("naru-line");
    String url = valkey;
    try (Installation installation =
        url == null
            ? Installation.ofNodes(folder, count)
            : Installation.ofNodes(folder, count, "--valkey", url, "--line-store", "valkey")) {
      Runtime.getRuntime().addShutdownHook(new Thread(installation::close));
      List<String> faults = run(installation);
      faults.forEach(fault -> System.out.println("WRONG: " + fault));
      return faults.isEmpty() ? 0 : 1;
    } finally {
      delete(folder);
    }
  }

  private List<String> run(Installation installation) throws Exception {
    LineOfNodes line = new LineOfNodes(installation.nodes());
    List<String> faults = new ArrayList<>();
    LineOfNodes.Joins joins = line.join(people);
    faults.addAll(joins.faults());
    System.out.printf(
        "%d people at %d nodes: %d joins, %.0f a second%n",
        people, count, 2 * people, joins.joinsPerSecond());
    LineOfNodes.Pages pages = line.pages(Duration.ofSeconds(10));
    faults.addAll(pages.faults());
    System.out.printf("%d pages were seen at all nodes in 10 s%n", pages.seconds());
    List<LineOfNodes.Takeover> takeovers = new ArrayList<>();
    Random random = new Random(count);
    for (int round = 0; round < rounds; round++) {
      NaruProcess.pause(Duration.ofMillis(3_000 + random.nextInt(1_000)));
      takeovers.add(line.killWriter());
      installation.nodes().stream().filter(node -> !node.isAlive()).forEach(NaruProcess::serve);
    }
    print("until another went on", takeovers.stream().mapToDouble(LineOfNodes.Takeover::first));
    print("until all showed it", takeovers.stream().mapToDouble(LineOfNodes.Takeover::all));
    faults.addAll(line.join(count * 10).faults());
    return faults;
  }

  private static void print(String what, DoubleStream seconds) {
    double[] sorted = seconds.sorted().toArray();
    System.out.printf(
        "%d kills, %s: least %.2f s, median %.2f s, most %.2f s%n",
        sorted.length, what, sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      Path[] all = files.sorted(Comparator.reverseOrder()).toArray(Path[]::new);
      Arrays.stream(all).forEach(file -> file.toFile().delete());
    }
  }
}
