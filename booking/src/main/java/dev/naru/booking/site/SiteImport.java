package dev.naru.booking.site;

import dev.naru.booking.site.ImportResult.FileRefused;
import dev.naru.booking.site.ImportResult.Imported;
import dev.naru.booking.site.ImportResult.ListFormat;
import dev.naru.booking.site.ImportResult.RowRefusal;
import dev.naru.booking.site.ImportResult.RowsRefused;
import dev.naru.booking.site.SiteStore.Writing;
import dev.naru.common.text.LocalText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Imports lists of sites. All or nothing: one refused row refuses the list, unless the caller
/// takes the good rows alone. Importing a list again changes nothing.
public final class SiteImport {
  private static final long MOST_MEGABYTES = 512;

  /// Five times the institutions of the country; the keys of all rows are held in memory.
  private static final int MOST_ROWS = 500_000;

  /// Often enough for a progress bar.
  private static final int ROWS_PER_REPORT = 1_000;

  private final SiteStore store;
  private final Regions regions;
  private final Predicate<String> hours;

  /// @param hours whether a text is right as opening hours, such as [HoursPattern#matches]
  public SiteImport(SiteStore store, Regions regions, Predicate<String> hours) {
    this.store = store;
    this.regions = regions;
    this.hours = hours;
  }

  /// Told how far an import is.
  public interface Progress {
    /// @param bytes of the file that were read
    /// @param ofBytes size of the file
    /// @param rows that were read
    void at(long bytes, long ofBytes, int rows);
  }

  /// Imports a list in one transaction.
  ///
  /// @param list CSV or TSV in UTF-8 or CP949; which of them is found out
  /// @param mapping which column is what; null when the list is one that the product knows
  /// @param partial whether to store the good rows when others are refused
  /// @throws IllegalStateException when the database fails; nothing is stored then
  public ImportResult run(
      Path list, @Nullable SiteMapping mapping, boolean partial, Progress progress) {
    try {
      if (!Files.isRegularFile(list) || !Files.isReadable(list)) {
        return new FileRefused(FileRefusals.MISSING);
      }
      if (Files.size(list) > MOST_MEGABYTES * 1024 * 1024) {
        return new FileRefused(FileRefusals.tooLarge(MOST_MEGABYTES));
      }
      return switch (TextEncoding.of(list)) {
        case TextEncoding.Unreadable(LocalText reason) -> new FileRefused(reason);
        case TextEncoding.Known encoding -> {
          try (ListFile file = ListFile.open(list, encoding.charset())) {
            yield withHeading(list, file, encoding, mapping, partial, progress);
          }
        }
      };
    } catch (IOException | UncheckedIOException e) {
      return new FileRefused(FileRefusals.MISSING);
    }
  }

  private ImportResult withHeading(
      Path list,
      ListFile file,
      TextEncoding.Known encoding,
      @Nullable SiteMapping given,
      boolean partial,
      Progress progress)
      throws IOException {
    List<String> heading;
    switch (file.next()) {
      case ListFile.Row row -> heading = row.cells().stream().map(RowRules::clean).toList();
      case ListFile.Broken(LocalText reason) -> {
        return new FileRefused(reason);
      }
      case ListFile.End _ -> {
        return new FileRefused(FileRefusals.EMPTY);
      }
    }
    Optional<SiteMapping> mapping =
        Optional.ofNullable(given).or(() -> SiteMappings.forHeader(heading));
    LocalText wrong = headingRefusal(heading, mapping);
    if (wrong != null || mapping.isEmpty()) {
      return new FileRefused(wrong == null ? FileRefusals.unknownList(heading) : wrong);
    }
    ListFormat format = new ListFormat(encoding.label(), file.delimiter(), mapping.get().source());
    RowRules rules = new RowRules(mapping.get(), places(heading), heading.size(), regions, hours);
    return new Run(list, file, format, rules, partial, progress).result(heading);
  }

  private static @Nullable LocalText headingRefusal(
      List<String> heading, Optional<SiteMapping> mapping) {
    if (heading.stream().anyMatch(Damage::showsInHeading)) {
      return Damage.REFUSAL;
    }
    Set<String> needed = mapping.map(SiteMapping::headings).orElse(Set.of());
    Set<String> missing = new TreeSet<>(needed);
    heading.forEach(missing::remove);
    if (!missing.isEmpty()) {
      return FileRefusals.headings(missing, heading);
    }
    return needed.stream()
        .filter(name -> Collections.frequency(heading, name) > 1)
        .findFirst()
        .map(FileRefusals::headingTwice)
        .orElse(null);
  }

  private static Map<String, Integer> places(List<String> heading) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < heading.size(); i++) {
      places.put(heading.get(i), i);
    }
    return places;
  }

  /// One import of one list.
  private final class Run {
    private final Path list;
    private final ListFile file;
    private final ListFormat format;
    private final RowRules rules;
    private final boolean partial;
    private final Progress progress;
    private final long size;
    private final Map<String, Integer> rowOfKey = new HashMap<>();
    private int rows;

    private Run(
        Path list,
        ListFile file,
        ListFormat format,
        RowRules rules,
        boolean partial,
        Progress progress)
        throws IOException {
      this.list = list;
      this.file = file;
      this.format = format;
      this.rules = rules;
      this.partial = partial;
      this.progress = progress;
      this.size = Files.size(list);
    }

    private ImportResult result(List<String> heading) throws IOException {
      try (RefusalFile refusals = new RefusalFile(list, heading);
          Writing writing = store.write()) {
        LocalText refusal = rows(refusals, writing);
        progress.at(file.bytes(), size, rows);
        if (refusal != null) {
          refusals.discard();
          return new FileRefused(refusal);
        }
        if (refusals.count() > 0 && !partial) {
          return new RowsRefused(format, rows - refusals.count(), refusals.refusals());
        }
        // Only a list of refusals that is safely on disk lets the good rows in.
        refusals.close();
        return new Imported(format, writing.commit(), refusals.refusals());
      } catch (RefusalFile.NotWritable e) {
        return new FileRefused(FileRefusals.noRefusalFile(e.file()));
      }
    }

    /// @return why the list is refused as a whole, or null
    private @Nullable LocalText rows(RefusalFile refusals, Writing writing) {
      while (true) {
        switch (file.next()) {
          case ListFile.End _ -> {
            return null;
          }
          case ListFile.Broken(LocalText reason) -> {
            return reason;
          }
          case ListFile.Row row -> {
            if (++rows > MOST_ROWS) {
              return FileRefusals.tooManyRows(MOST_ROWS);
            }
            switch (rules.read(row.cells())) {
              case RowRules.Damaged _ -> {
                return Damage.REFUSAL;
              }
              case RowRules.Bad(LocalText reason) -> refuse(refusals, row, reason);
              case RowRules.Good(ListedSite site) -> take(refusals, writing, row, site);
            }
            if (rows % ROWS_PER_REPORT == 0) {
              progress.at(file.bytes(), size, rows);
            }
          }
        }
      }
    }

    private void take(RefusalFile refusals, Writing writing, ListFile.Row row, ListedSite site) {
      Integer earlier = rowOfKey.putIfAbsent(site.key(), rows);
      if (earlier != null) {
        int number = earlier + 1;
        refuse(
            refusals,
            row,
            new LocalText(
                number + "행과 같은 기관입니다.", "It is the same site as in row " + number + "."));
      } else if (partial || refusals.count() == 0) {
        writing.add(site);
      }
    }

    /// The heading is row 1 of a spreadsheet.
    private void refuse(RefusalFile refusals, ListFile.Row row, LocalText reason) {
      refusals.add(new RowRefusal(rows + 1, row.line(), reason), row.cells());
    }
  }
}
