package dev.naru.booking.supply;

import java.time.LocalTime;

/// A part of a day.
///
/// @param from its first minute
/// @param to the minute after its last; later than `from`
public record LocalTimeRange(LocalTime from, LocalTime to) {
  public LocalTimeRange {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(from + "-" + to + ": the end has to be after the start");
    }
  }
}
