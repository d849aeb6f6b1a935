package dev.naru.rehearsal.people;

import java.time.LocalDate;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The birth dates of those whom a booking window admits.
///
/// @param from first date of birth, inclusive
/// @param to last date of birth, inclusive
/// @param cohorts last digits of the day of birth; empty means all
public record BirthDates(LocalDate from, LocalDate to, Set<Integer> cohorts) {
  public BirthDates {
    cohorts = Set.copyOf(cohorts);
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("nobody is born between " + from + " and " + to);
    }
    if (!hasDateOf(from, to, cohorts)) {
      throw new IllegalArgumentException("nobody of the cohorts " + cohorts + " can be eligible");
    }
  }

  /// A date, each with the same chance.
  LocalDate draw(RandomGenerator random) {
    while (true) {
      LocalDate date =
          LocalDate.ofEpochDay(random.nextLong(from.toEpochDay(), to.toEpochDay() + 1));
      if (admits(date, cohorts)) {
        return date;
      }
    }
  }

  /// Sixty days hold every digit, so the search is short however long the range is.
  private static boolean hasDateOf(LocalDate from, LocalDate to, Set<Integer> cohorts) {
    return from.datesUntil(to.plusDays(1)).limit(60).anyMatch(date -> admits(date, cohorts));
  }

  private static boolean admits(LocalDate date, Set<Integer> cohorts) {
    return cohorts.isEmpty() || cohorts.contains(date.getDayOfMonth() % 10);
  }
}
