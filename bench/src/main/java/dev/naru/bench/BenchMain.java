package dev.naru.bench;

import dev.naru.bench.admission.AdmissionCommand;
import dev.naru.bench.admission.LimitsCommand;
import dev.naru.bench.booking.BookingCommand;
import dev.naru.bench.checks.ChecksCommand;
import dev.naru.bench.crowd.CrowdCommand;
import dev.naru.bench.journey.JourneyCommand;
import dev.naru.bench.line.LineCommand;
import dev.naru.bench.line.RestartCommand;
import dev.naru.bench.line.StatusCommand;
import dev.naru.bench.lists.ListsCommand;
import dev.naru.bench.search.SearchCommand;
import java.io.PrintWriter;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `naru bench`: one subcommand for each thing measured. A new one is a class with a
/// [ReportOptions] mixin, named in the list below.
@Command(
    name = "naru bench",
    mixinStandardHelpOptions = true,
    description = "Measures Naru on this machine; prints a table, writes JSON with --json.",
    synopsisSubcommandLabel = "WHAT",
    subcommands = {
      BookingCommand.class,
      SearchCommand.class,
      ChecksCommand.class,
      JourneyCommand.class,
      CrowdCommand.class,
      LineCommand.class,
      StatusCommand.class,
      RestartCommand.class,
      ListsCommand.class,
      AdmissionCommand.class,
      LimitsCommand.class
    },
    footer = {
      "",
      "PostgreSQL is the real one with fsync and synchronous commit on. Compare figures of",
      "one run only: other programs on the machine change them (the load is printed)."
    })
public final class BenchMain {
  private BenchMain() {}

  /// @param args the subcommand and its options
  public static void main(String... args) {
    Logger.getLogger("").setLevel(Level.WARNING);
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new BenchMain());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, _) -> {
          PrintWriter err = command.getErr();
          err.println("naru bench: " + failure);
          if (!(failure instanceof IllegalStateException)) {
            failure.printStackTrace(err);
          }
          err.flush();
          return CommandLine.ExitCode.SOFTWARE;
        });
    return line;
  }
}
