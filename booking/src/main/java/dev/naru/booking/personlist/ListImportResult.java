package dev.naru.booking.personlist;

import dev.naru.common.text.LocalText;
import java.util.List;

/// What came of importing a list of people.
public sealed interface ListImportResult {
  /// The list is on disk, in place of the one before.
  ///
  /// @param entries how many different people
  /// @param repeated lines that named somebody again
  record Imported(int entries, long repeated, Refused refused) implements ListImportResult {}

  /// Some lines are wrong, and nothing was changed.
  ///
  /// @param good lines that are right
  record LinesRefused(long good, Refused refused) implements ListImportResult {}

  /// The file as a whole is not what it should be; nothing was changed.
  record FileRefused(LocalText reason) implements ListImportResult {}

  /// Lines that are wrong.
  ///
  /// @param count of all
  /// @param first the first of them
  record Refused(long count, List<Line> first) {
    public Refused {
      first = List.copyOf(first);
    }
  }

  /// A line that is wrong, without anything of what stands in it.
  ///
  /// @param number in the file, from 1
  record Line(long number, LocalText reason) {}
}
