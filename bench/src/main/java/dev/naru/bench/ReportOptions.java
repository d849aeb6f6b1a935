package dev.naru.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What every benchmark has: `--json`, and the conditions it ran under.
public final class ReportOptions {
  @Option(names = "--json", paramLabel = "FILE", description = "Writes conditions and rows there.")
  private @Nullable Path json;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  /// Something that measures.
  @FunctionalInterface
  public interface Measurement {
    void into(Report report) throws Exception;
  }

  /// Runs a measurement between a look at the machine before and after.
  public int run(Measurement measurement) throws Exception {
    Report report = new Report(System.out);
    report.fact("command", words());
    report.fact("machine", machine());
    report.fact("java", String.valueOf(Runtime.version()));
    report.fact("load before", load());
    measurement.into(report);
    System.out.println();
    report.fact("load after", load());
    report.write(json);
    return 0;
  }

  private String words() {
    CommandSpec spec = command;
    return spec == null
        ? ""
        : "naru bench "
            + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
  }

  private static double load() {
    return Math.round(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage() * 100)
        / 100.0;
  }

  private static String machine() throws IOException {
    return String.format(
        Locale.ROOT,
        "%d processors (%s), %.0f GB, %s %s",
        Runtime.getRuntime().availableProcessors(),
        line("/proc/cpuinfo", "model name"),
        ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize()
            / 1e9,
        System.getProperty("os.name"),
        System.getProperty("os.version"));
  }

  /// The value of a line "name : value"; "unknown" where there is none.
  private static String line(String file, String name) throws IOException {
    Path path = Path.of(file);
    if (!Files.exists(path)) {
      return "unknown";
    }
    try (Stream<String> lines = Files.lines(path)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    }
  }
}
