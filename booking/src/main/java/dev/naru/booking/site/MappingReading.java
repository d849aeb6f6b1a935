package dev.naru.booking.site;

import dev.naru.common.text.LocalText;
import java.util.List;

/// What reading a mapping came to.
public sealed interface MappingReading {
  /// It can be used.
  record Valid(SiteMapping mapping) implements MappingReading {}

  /// It has mistakes; these are all of them.
  ///
  /// @param mistakes in order of their lines; never empty
  record Invalid(List<Mistake> mistakes) implements MappingReading {}

  /// One mistake.
  ///
  /// @param line from 1
  /// @param field path of the field, such as `columns.name`; empty for the file as a whole
  /// @param expected what would be right
  record Mistake(int line, String field, LocalText expected) {}
}
