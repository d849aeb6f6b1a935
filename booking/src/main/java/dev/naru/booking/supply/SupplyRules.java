package dev.naru.booking.supply;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/// When and how much a campaign gives at each site.
///
/// @param from first day of first doses
/// @param to last day of first doses; slots go on after it for the later doses
/// @param holidays days without slots
/// @param closed days of the week without slots, whatever a site's opening hours say
/// @param perHalfHour places in each half hour at each site, one number for each product, from 1
public record SupplyRules(
    LocalDate from,
    LocalDate to,
    Set<LocalDate> holidays,
    Set<DayOfWeek> closed,
    List<Integer> perHalfHour) {

  public SupplyRules {
    holidays = Set.copyOf(holidays);
    closed = Set.copyOf(closed);
    perHalfHour = List.copyOf(perHalfHour);
  }

  /// Whether there are slots on a day between the first and the last.
  public boolean isWorkingDay(LocalDate date) {
    return !holidays.contains(date) && !closed.contains(date.getDayOfWeek());
  }

  /// Whether a first dose may be given on a day.
  public boolean takesFirstDoses(LocalDate date) {
    return !date.isBefore(from) && !date.isAfter(to);
  }
}
