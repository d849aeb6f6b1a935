package dev.naru.app.command;

import dev.naru.app.Store;
import dev.naru.booking.site.ImportResult;
import dev.naru.booking.site.ImportResult.FileRefused;
import dev.naru.booking.site.ImportResult.Imported;
import dev.naru.booking.site.ImportResult.Refusals;
import dev.naru.booking.site.ImportResult.RowRefusal;
import dev.naru.booking.site.ImportResult.RowsRefused;
import dev.naru.booking.site.MappingReader;
import dev.naru.booking.site.MappingReading;
import dev.naru.booking.site.Regions;
import dev.naru.booking.site.SiteImport;
import dev.naru.booking.site.SiteMapping;
import dev.naru.booking.site.SiteStore;
import dev.naru.booking.site.SyntheticNation;
import dev.naru.booking.supply.OpeningHours;
import dev.naru.common.text.LocalText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists of sites.
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Imports lists.")
final class ImportCommand {
  @Command(
      name = "sites",
      mixinStandardHelpOptions = true,
      description = {
        "Imports institutions from CSV or TSV in UTF-8 or CP949; which, is found out.",
        "All or nothing, unless --partial. Importing again changes nothing. Refused rows are"
            + " listed in FILE.refused.csv with the reason. Apply the campaign again afterwards to"
            + " make slots for new sites."
      })
  int sites(
      @Mixin StoreOptions options,
      @Parameters(paramLabel = "FILE") Path file,
      @Option(
              names = "--mapping",
              paramLabel = "YAML",
              description =
                  "Which column is what (docs/sites.md). The ministry's list of public health"
                      + " centres needs none.")
          @Nullable Path mapping,
      @Option(names = "--partial", description = "Store the good rows when others are refused.")
          boolean partial) {
    SiteMapping columns = mapping == null ? null : mapping(mapping);
    try (Store store = options.open(false)) {
      return report(file, imported(store, file, columns, partial));
    }
  }

  private static ImportResult imported(
      Store store, Path file, @Nullable SiteMapping columns, boolean partial) {
    SiteImport sites =
        new SiteImport(
            new SiteStore(store.database().dataSource()), Regions.load(), ImportCommand::areHours);
    try (ProgressBar bar = Progress.bar("KB")) {
      return sites.run(
          file,
          columns,
          partial,
          (bytes, ofBytes, _) -> {
            bar.maxHint(ofBytes / 1024);
            bar.stepTo(bytes / 1024);
          });
    }
  }

  @Command(
      name = "synthetic-nation",
      mixinStandardHelpOptions = true,
      description = "Makes invented sites in every district, for trying and rehearsing.")
  int syntheticNation(
      @Mixin StoreOptions options,
      @Option(
              names = "--sites",
              defaultValue = "" + SyntheticNation.DEFAULT_SITES,
              description = "How many (default: ${DEFAULT-VALUE}).")
          int count,
      @Option(
              names = "--seed",
              defaultValue = "1",
              description = "The same seed makes the same nation (default: ${DEFAULT-VALUE}).")
          long seed) {
    try (Store store = options.open(false)) {
      SiteStore.Saved saved =
          new SiteStore(store.database().dataSource())
              .save(new SyntheticNation(Regions.load()).generate(seed, count));
      summary(saved);
      return 0;
    }
  }

  private static boolean areHours(String text) {
    try {
      OpeningHours.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static SiteMapping mapping(Path file) {
    String yaml;
    try {
      yaml = Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException("the mapping " + file + " cannot be read", e);
    }
    return switch (MappingReader.read(yaml, ImportCommand::areHours)) {
      case MappingReading.Valid(SiteMapping columns) -> columns;
      case MappingReading.Invalid(var mistakes) -> {
        StringBuilder text = new StringBuilder(file + " is not right; nothing was imported");
        mistakes.forEach(
            mistake ->
                text.append(
                    "%n  line %d, %s: %s"
                        .formatted(mistake.line(), mistake.field(), mistake.expected().en())));
        throw new IllegalStateException(text.toString());
      }
    };
  }

  private static int report(Path file, ImportResult result) {
    return switch (result) {
      case Imported(var format, var saved, Refusals refusals) -> {
        System.out.printf("%s, read as %s%n", format.source(), format.encoding());
        summary(saved);
        refused(refusals);
        yield 0;
      }
      case RowsRefused(_, int good, Refusals refusals) -> {
        refused(refusals);
        System.err.printf(
            "nothing was imported; %,d rows are right: --partial imports those%n", good);
        yield 1;
      }
      case FileRefused(LocalText reason) -> {
        System.err.printf("%s was refused: %s%n", file, reason.en());
        System.err.println(reason.ko());
        yield 1;
      }
    };
  }

  private static void summary(SiteStore.Saved saved) {
    System.out.printf(
        "new %,d, changed %,d, unchanged %,d%n",
        saved.created(), saved.changed(), saved.unchanged());
  }

  private static void refused(Refusals refusals) {
    System.out.printf("refused %,d%n", refusals.count());
    for (RowRefusal refusal : refusals.first()) {
      System.err.printf("  row %d: %s%n", refusal.row(), refusal.reason().en());
    }
    if (refusals.file() != null) {
      System.err.println("all refused rows: " + refusals.file());
    }
  }
}
