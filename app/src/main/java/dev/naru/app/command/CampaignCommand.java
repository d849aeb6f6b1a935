package dev.naru.app.command;

import dev.naru.app.Store;
import dev.naru.booking.campaign.ApplyResult;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.CampaignFile;
import dev.naru.booking.campaign.CampaignReading;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.yaml.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Campaign files.
@Command(
    name = "campaign",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Checks and applies campaign files (see examples/).")
final class CampaignCommand {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm");

  /// The largest file that is read; a campaign has a few kilobytes.
  private static final long MOST_BYTES = 256 * 1024;

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Reads a campaign file and reports every mistake, or shows its calendar.")
  int check(@Parameters(paramLabel = "FILE") Path file) {
    return switch (CampaignFile.read(read(file))) {
      case CampaignReading.Mistakes(List<Mistake> mistakes) -> refuse(file, mistakes);
      case CampaignReading.Read(Campaign campaign) -> {
        show(campaign);
        yield 0;
      }
    };
  }

  @Command(
      name = "apply",
      mixinStandardHelpOptions = true,
      description = {
        "Makes the campaign and its slots be as the file says: all of it, or nothing.",
        "Applying again changes nothing. A change that would break appointments is refused. A"
            + " running Naru on the same data serves the campaign within a second."
      })
  int apply(@Mixin StoreOptions options, @Parameters(paramLabel = "FILE") Path file) {
    String yaml = read(file);
    if (CampaignFile.read(yaml) instanceof CampaignReading.Mistakes(List<Mistake> mistakes)) {
      return refuse(file, mistakes);
    }
    try (Store store = options.open(false)) {
      return report(file, applied(store, yaml));
    }
  }

  private static ApplyResult applied(Store store, String yaml) {
    Campaigns campaigns = new Campaigns(store.database().dataSource(), InstantSource.system());
    try (ProgressBar bar = Progress.bar("slots")) {
      return campaigns.apply(
          yaml,
          (done, all) -> {
            bar.maxHint(all);
            bar.stepTo(done);
          });
    }
  }

  private static int report(Path file, ApplyResult result) {
    return switch (result) {
      case ApplyResult.Created(var stored, long slots) -> {
        show(stored.campaign());
        System.out.printf("created, with %,d slots%n", slots);
        yield 0;
      }
      case ApplyResult.Changed(_, List<String> what) -> {
        what.forEach(change -> System.out.println("changed: " + change));
        yield 0;
      }
      case ApplyResult.Unchanged _ -> {
        System.out.println("unchanged");
        yield 0;
      }
      case ApplyResult.Invalid(List<Mistake> mistakes) -> refuse(file, mistakes);
      case ApplyResult.WouldBreak(long appointments, String why) -> {
        System.err.printf(
            "refused, nothing was changed: %s (%,d appointments)%n", why, appointments);
        yield 1;
      }
    };
  }

  private static int refuse(Path file, List<Mistake> mistakes) {
    mistakes.forEach(mistake -> System.err.println(file + ": " + mistake.text()));
    System.err.printf("%d mistakes, nothing was changed%n", mistakes.size());
    return 1;
  }

  private static void show(Campaign campaign) {
    System.out.printf("%s  %s / %s%n", campaign.id(), campaign.name().ko(), campaign.name().en());
    System.out.printf(
        "born %s to %s, times in %s%n", campaign.bornFrom(), campaign.bornTo(), campaign.zone());
    for (BookingWindow window : campaign.calendar().windows()) {
      System.out.printf(
          "  window %2d  %s to %s  %s%n",
          window.line(),
          TIME.format(window.opens().atZone(campaign.zone())),
          TIME.format(window.closes().atZone(campaign.zone())),
          WindowText.audience(window));
    }
  }

  private static String read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IllegalStateException(file + " is too large for a campaign file (256 KB)");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(
          file + " cannot be read as UTF-8 text (" + e.getMessage() + ")", e);
    }
  }
}
