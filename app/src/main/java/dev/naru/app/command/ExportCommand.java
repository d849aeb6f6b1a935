package dev.naru.app.command;

import dev.naru.app.Store;
import dev.naru.booking.appointment.ExportStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists for those who check from outside.
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Exports lists.")
final class ExportCommand {
  @Command(
      name = "appointments",
      mixinStandardHelpOptions = true,
      description = {
        "Writes every appointment of a campaign as CSV: appointment, person, dose, slot, capacity,"
            + " active. No personal data: who holds it is a number that means nothing outside of"
            + " this list.",
        "May run beside a running Naru."
      })
  int appointments(
      @Mixin StoreOptions options,
      @Parameters(paramLabel = "CAMPAIGN", description = "Id of the campaign.") String campaign,
      @Option(names = "--out", paramLabel = "FILE", description = "Default: standard output.")
          @Nullable Path out)
      throws IOException, SQLException {
    try (Store store = options.open(false);
        Writer writer = writer(out)) {
      long rows = write(store, campaign, writer);
      System.err.printf("%,d appointments%n", rows);
      return 0;
    }
  }

  /// @throws IllegalStateException when there is no such campaign
  static long write(Store store, String campaign, Writer writer) throws IOException, SQLException {
    long rows = new ExportStore(store.database().dataSource()).write(campaign, writer);
    if (rows < 0) {
      throw new IllegalStateException("there is no campaign " + campaign);
    }
    writer.flush();
    return rows;
  }

  private static Writer writer(@Nullable Path out) throws IOException {
    return out == null
        ? new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8))
        : Files.newBufferedWriter(out);
  }
}
