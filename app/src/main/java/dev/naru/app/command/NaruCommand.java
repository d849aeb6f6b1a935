package dev.naru.app.command;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line.
@Command(
    name = "naru",
    mixinStandardHelpOptions = true,
    version = "Naru 0.1.0",
    description = "Reservations for the moment when a whole nation arrives at once.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      CampaignCommand.class,
      ImportCommand.class,
      DrawCommand.class,
      ExportCommand.class,
      KeysCommand.class,
      ForecastCommand.class,
      LineCommand.class,
      ListsCommand.class,
      RehearseCommand.class,
      TestCommand.class
    },
    footer = {
      "",
      "Start with `naru demo`. `naru COMMAND --help` explains each command.",
      "`naru bench` measures it on this machine.",
      "NARU_JAVA_OPTIONS is passed to the Java machine, e.g. -Xmx2g."
    })
public final class NaruCommand {
  /// The command line with errors that name the way out.
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new NaruCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, _) -> {
          PrintWriter err = command.getErr();
          err.println("naru: " + failure.getMessage());
          err.flush();
          return CommandLine.ExitCode.SOFTWARE;
        });
    return line;
  }
}
