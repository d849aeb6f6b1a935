package dev.naru.app.command;

import dev.naru.app.KeyFile;
import dev.naru.app.Store;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.Requirements.NamedList;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.personlist.ListImportResult;
import dev.naru.booking.personlist.ListImportResult.Refused;
import dev.naru.booking.personlist.ListImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists of people.
@Command(
    name = "lists",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Imports lists of people that campaigns ask (priority groups, already served).")
final class ListsCommand {
  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = {
        "Puts the people of a CSV or TSV file in place of a list of a campaign.",
        "The list has to be named in the campaign's file. All or nothing, unless --partial. Only"
            + " keyed hashes are stored; nothing of the file is kept or logged. A running Naru on"
            + " the same data asks the new list within seconds."
      })
  int run(
      @Mixin StoreOptions options,
      @Parameters(paramLabel = "CAMPAIGN") String campaign,
      @Parameters(paramLabel = "LIST") String list,
      @Parameters(paramLabel = "FILE") Path file,
      @Option(
              names = "--column",
              paramLabel = "NAME",
              defaultValue = "ci",
              description =
                  "Heading of the column with the connecting information (CI), or whatever else"
                      + " the provider knows people by (default: ${DEFAULT-VALUE}).")
          String column,
      @Option(names = "--partial", description = "Import the good lines when others are wrong.")
          boolean partial) {
    try (Store store = options.open(false)) {
      Campaign named = campaign(store, campaign);
      if (!isNamed(named, list)) {
        return unknown(named, list);
      }
      ListImports imports = imports(store, options.keys());
      return report(
          file,
          list,
          withProgress(
              kilobytes(file),
              progress -> imports.run(campaign, list, file, column, partial, progress)));
    }
  }

  private static ListImportResult withProgress(
      long kilobytes, Function<ListImports.Progress, ListImportResult> work) {
    try (ProgressBar bar = Progress.bar("KB")) {
      bar.maxHint(kilobytes);
      return work.apply((bytes, _) -> bar.stepTo(Math.min(kilobytes, bytes / 1024)));
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows which lists a campaign has, and how many people are on each.")
  int show(@Mixin StoreOptions options, @Parameters(paramLabel = "CAMPAIGN") String campaign) {
    try (Store store = options.open(false)) {
      Campaign named = campaign(store, campaign);
      Map<String, ListImports.Listed> there = imports(store, options.keys()).of(campaign);
      for (NamedList list : named.requirements().lists()) {
        ListImports.Listed listed = there.get(list.id());
        System.out.println(
            listed == null
                ? "%-32s  not imported: nobody it is asked about can book".formatted(list.id())
                : "%-32s  %,d people, imported %s"
                    .formatted(list.id(), listed.entries(), listed.importedAt()));
      }
      for (String unnamed : there.keySet()) {
        if (!isNamed(named, unnamed)) {
          System.out.printf("%-32s  not named in the campaign's file any more%n", unnamed);
        }
      }
      return 0;
    }
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = {
        "Removes a list of a campaign.",
        "As long as the campaign's file asks it, nobody that it is asked about can book."
      })
  int remove(
      @Mixin StoreOptions options,
      @Parameters(paramLabel = "CAMPAIGN") String campaign,
      @Parameters(paramLabel = "LIST") String list) {
    try (Store store = options.open(false)) {
      boolean removed = imports(store, options.keys()).remove(campaign, list);
      System.out.println(removed ? "removed" : "there was no such list");
      return removed ? 0 : 1;
    }
  }

  private static ListImports imports(Store store, KeyFile keys) {
    DataSource database = store.database().dataSource();
    return new ListImports(database, keys.persons(database), InstantSource.system());
  }

  private static Campaign campaign(Store store, String id) {
    Campaigns campaigns = new Campaigns(store.database().dataSource(), InstantSource.system());
    campaigns.refresh();
    return campaigns
        .byId(id)
        .map(StoredCampaign::campaign)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "there is no campaign '"
                        + id
                        + "'; apply its file first: naru campaign apply"));
  }

  private static boolean isNamed(Campaign campaign, String list) {
    return campaign.requirements().lists().stream().anyMatch(named -> named.id().equals(list));
  }

  private static int unknown(Campaign campaign, String list) {
    List<String> ids = campaign.requirements().lists().stream().map(NamedList::id).toList();
    System.err.printf(
        "campaign %s has no list '%s'; its file names %s%n",
        campaign.id(), list, ids.isEmpty() ? "none" : String.join(", ", ids));
    return 1;
  }

  private static int report(Path file, String list, ListImportResult result) {
    return switch (result) {
      case ListImportResult.Imported(int entries, long repeated, Refused refused) -> {
        refused(refused);
        System.out.printf("%s: %,d people, %,d lines repeated one%n", list, entries, repeated);
        yield 0;
      }
      case ListImportResult.LinesRefused(long good, Refused refused) -> {
        refused(refused);
        System.err.printf(
            "nothing was imported; %,d lines are right: --partial imports those%n", good);
        yield 1;
      }
      case ListImportResult.FileRefused(var reason) -> {
        System.err.printf("%s was refused: %s%n", file, reason.en());
        System.err.println(reason.ko());
        yield 1;
      }
    };
  }

  private static void refused(Refused refused) {
    refused
        .first()
        .forEach(line -> System.err.printf("  line %d: %s%n", line.number(), line.reason().en()));
    if (refused.count() > refused.first().size()) {
      System.err.printf("  and %,d more%n", refused.count() - refused.first().size());
    }
  }

  private static long kilobytes(Path file) {
    try {
      return Files.size(file) / 1024;
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
  }
}
