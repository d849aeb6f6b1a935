package dev.naru.booking.campaign;

import java.time.LocalDate;

/// Ages in full years, by the law of Korea (Civil Act, articles 158 and 160): the day of birth
/// counts, so a year of life is full with the end of the day before the birthday. Where the month
/// has no such day, it is full with the end of the month: who is born on 29 February is a year
/// older on 1 March of a common year, not on 28 February.
final class Ages {
  private Ages() {}

  /// The latest day of birth of somebody who is at least this old on a day.
  static LocalDate lastBirth(int age, LocalDate on) {
    // 29 February less some years is 28 February, and that is right: who was born on 1 March is
    // not yet as old on the leap day.
    return on.minusYears(age);
  }

  /// The earliest day of birth of somebody who is at most this old on a day.
  static LocalDate firstBirth(int age, LocalDate on) {
    return lastBirth(age + 1, on).plusDays(1);
  }
}
