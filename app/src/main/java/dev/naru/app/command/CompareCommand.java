package dev.naru.app.command;

import dev.naru.rehearsal.report.Comparison;
import dev.naru.rehearsal.report.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Two reports of rehearsals side by side.
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "Puts the reports of two rehearsals side by side: a table here, plots on a page.")
final class CompareCommand implements Callable<Integer> {
  private static final int WIDEST = 40;

  @Parameters(index = "0", paramLabel = "A", description = "Folder of a report, or its run.json.")
  private Path a = Path.of("");

  @Parameters(index = "1", paramLabel = "B", description = "The one to compare with it.")
  private Path b = Path.of("");

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Where the page goes (default: comparison.html in the folder of B).")
  private @Nullable Path page;

  @Override
  public Integer call() throws IOException {
    Comparison comparison = new Comparison(RunFiles.read(a), RunFiles.read(b));
    print("goals", comparison.goals());
    print("counts", comparison.totals());
    print("latency", comparison.latencies());
    print("run differently", comparison.settings());
    Path file = page == null ? folder(b).resolve("comparison.html") : page;
    Files.writeString(file, comparison.html());
    System.out.println("page: " + file);
    return 0;
  }

  private static Path folder(Path report) {
    return Files.isDirectory(report) ? report : report.resolveSibling("");
  }

  private static void print(String title, List<Comparison.Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    System.out.printf("%-40s %24s %24s  %s%n", title, "A", "B", "B against A");
    for (Comparison.Row row : rows) {
      System.out.printf(
          "  %-38s %24s %24s  %s%n", shortened(row.what()), row.a(), row.b(), row.change());
    }
    System.out.println();
  }

  private static String shortened(String text) {
    return text.length() < WIDEST - 1 ? text : text.substring(0, WIDEST - 4) + "…";
  }
}
