package dev.naru.rehearsal.forecast;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/// What a forecast has to know of a campaign. Whoever reads the campaign file makes it, so that the
/// forecast is of the calendar that will be applied and not of a second reading of it.
///
/// @param id of the campaign
/// @param title for people
/// @param bornFrom first day of birth that is eligible
/// @param bornTo last one
/// @param windows in order of time, at least one
/// @param perMinute how many of the line are called in a minute, above 0
public record Plan(
    String id,
    String title,
    ZoneId zone,
    LocalDate bornFrom,
    LocalDate bornTo,
    List<Window> windows,
    int perMinute) {
  public Plan {
    windows = List.copyOf(windows);
    if (windows.isEmpty() || perMinute < 1 || bornTo.isBefore(bornFrom)) {
      throw new IllegalArgumentException("a plan has windows, a pace, and people");
    }
  }

  /// A time in which some may book.
  ///
  /// @param digits last digits of their days of birth; empty means everybody
  /// @param lobbyOpens not after `opens`
  public record Window(Set<Integer> digits, Instant lobbyOpens, Instant opens, Instant closes) {
    public Window {
      digits = Set.copyOf(digits);
      if (lobbyOpens.isAfter(opens) || !opens.isBefore(closes)) {
        throw new IllegalArgumentException("lobby, opening and closing come in this order");
      }
    }

    /// Whether a digit may book in it.
    boolean admits(int digit) {
      return digits.isEmpty() || digits.contains(digit);
    }
  }
}
