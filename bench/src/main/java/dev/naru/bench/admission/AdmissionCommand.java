package dev.naru.bench.admission;

import dev.naru.bench.Report;
import dev.naru.bench.ReportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `naru bench admission`.
@Command(
    name = "admission",
    mixinStandardHelpOptions = true,
    description = {
      "Nine hard days for the controller of the pace, on virtual time: a sudden crowd, a slow"
          + " database, people who never come, a rush, an operator's orders, hiccups, a cut"
          + " network, twice as many called as booking can take, a greedy neighbour. Draws each as"
          + " SVG.",
      "Exit status 1 when one of them misses its goal (docs/line.md)."
    })
public final class AdmissionCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "docs/images",
      description = "Folder of the plots, admission-*.svg (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("docs/images");

  @Mixin private ReportOptions options = new ReportOptions();

  private boolean missed;

  @Override
  public Integer call() throws Exception {
    int status = options.run(this::measure);
    return missed ? 1 : status;
  }

  private void measure(Report report) throws IOException {
    Files.createDirectories(out);
    for (Scenario scenario : Scenarios.all()) {
      List<Sample> samples = Day.run(scenario, Fault.NONE);
      Verdict verdict = Verdict.of(scenario, samples);
      Files.writeString(
          out.resolve("admission-" + scenario.name() + ".svg"),
          Plot.of(scenario, samples, verdict));
      missed |= !verdict.isGood();
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("day", scenario.title());
      row.put("booked", verdict.booked());
      row.put("goodput %", 100 * verdict.goodput());
      row.put("target broken s", verdict.brokenSeconds());
      row.put("refused %", 100 * verdict.refusedShare());
      row.put("standing at the door s", verdict.standingSeconds());
      row.put("called inside the range %", 100 * Promises.kept(scenario, samples));
      report.row(row);
    }
  }
}
