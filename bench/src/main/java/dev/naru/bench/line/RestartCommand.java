package dev.naru.bench.line;

import dev.naru.bench.Folder;
import dev.naru.bench.Progress;
import dev.naru.bench.Report;
import dev.naru.bench.ReportOptions;
import dev.naru.database.Database;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `naru bench restart`.
@Command(
    name = "restart",
    mixinStandardHelpOptions = true,
    description = {
      "kill -9 of the program with many people waiting: seconds to the first correct status,",
      "heap, and whether every number is still where it was."
    })
public final class RestartCommand implements Callable<Integer> {
  @Option(
      names = "--people",
      paramLabel = "N",
      defaultValue = "2000000",
      description = "How many wait (default: ${DEFAULT-VALUE}); written in bulk.")
  private long people;

  @Option(
      names = "--heap",
      paramLabel = "MB",
      defaultValue = "512",
      description = "Largest heap of the program (default: ${DEFAULT-VALUE}).")
  private int heap;

  @Mixin private ReportOptions options = new ReportOptions();

  @Override
  public Integer call() throws Exception {
    return options.run(this::measure);
  }

  private void measure(Report report) throws Exception {
    try (Folder folder = Folder.open(null);
        Program program = new Program(folder.path(), List.of(), List.of("-Xmx" + heap + "m"))) {
      Progress.show("preparing");
      program.prepare();
      program.serve();
      Progress.show("writing " + people + " tickets");
      try (Database database = program.database()) {
        new TicketBulkStore(database.dataSource()).fill(people);
      }
      String before = await(program);
      TicketBulkStore.Numbers numbers;
      try (Database database = program.database()) {
        numbers = new TicketBulkStore(database.dataSource()).numbers();
      }
      program.kill9();
      Progress.show("starting again");
      long since = System.nanoTime();
      program.serve();
      String after = await(program);
      double seconds = (System.nanoTime() - since) / 1e9;
      TicketBulkStore.Numbers again;
      try (Database database = program.database()) {
        again = new TicketBulkStore(database.dataSource()).numbers();
      }
      Progress.clear();
      if (!numbers.equals(again) || !joined(before).equals(joined(after))) {
        throw new IllegalStateException(numbers + " became " + again);
      }
      report.row(
          Map.of(
              "waiting", again.count(),
              "distinct", again.distinct(),
              "highest", again.highest(),
              "seconds to the first correct status", seconds,
              "heap used, MB", program.metric("jvm_memory_used_bytes", "area=\"heap\"") / 1048576));
    }
  }

  private static String joined(String status) {
    int at = status.indexOf("\"joined\":");
    return at < 0 ? "" : status.substring(at, status.indexOf(',', at));
  }

  /// The first status that counts everybody.
  private String await(Program program) throws InterruptedException {
    for (int tries = 0; tries < 3_000; tries++) {
      String status = program.status();
      if (status != null && joined(status).equals("\"joined\":" + people)) {
        return status;
      }
      Thread.sleep(20);
    }
    throw new IllegalStateException("the status never counted " + people);
  }
}
