package dev.naru.booking.site;

import dev.naru.common.text.LocalText;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an import came to.
public sealed interface ImportResult {
  /// The good rows are stored.
  ///
  /// @param saved what became of the good rows
  /// @param refusals none, unless the import was partial
  record Imported(ListFormat format, SiteStore.Saved saved, Refusals refusals)
      implements ImportResult {}

  /// Some rows were refused, so nothing was stored.
  ///
  /// @param good rows that would have been stored
  /// @param refusals the others
  record RowsRefused(ListFormat format, int good, Refusals refusals) implements ImportResult {}

  /// The file as a whole was refused; nothing was stored.
  record FileRefused(LocalText reason) implements ImportResult {}

  /// How the file was read.
  ///
  /// @param encoding "UTF-8" or "CP949"
  /// @param delimiter comma, tab or semicolon
  /// @param source the list it was taken for
  record ListFormat(String encoding, char delimiter, String source) {}

  /// The refused rows.
  ///
  /// @param count all of them
  /// @param first the first few, to show
  /// @param file CSV with all of them, beside the list; null when there are none
  record Refusals(int count, List<RowRefusal> first, @Nullable Path file) {}

  /// Why one row was refused.
  ///
  /// @param row its number among the rows below the heading, as a spreadsheet counts: the first is
  ///   2
  /// @param line in which it begins, from 1; differs from row after a value of several lines
  record RowRefusal(int row, long line, LocalText reason) {}
}
