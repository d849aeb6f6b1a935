package dev.naru.booking.campaign;

import dev.naru.common.eligibility.Audience;
import dev.naru.common.text.LocalText;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/// What is given: one dose, or several in fixed distances.
///
/// @param id 1 to 32 of `a-z 0-9 -`
/// @param name for people
/// @param doses from 1
/// @param intervalDays days from one dose to the next when they are booked together; 0 for one dose
/// @param earliestDays fewest days after the dose before; at most `intervalDays`
/// @param latestDays most days after the dose before; at least `intervalDays`
/// @param bookedTogether whether booking the first dose books the later ones with it
/// @param audience lists that decide who is given it
public record Product(
    String id,
    LocalText name,
    int doses,
    int intervalDays,
    int earliestDays,
    int latestDays,
    boolean bookedTogether,
    Audience audience) {

  /// A product for everybody.
  public Product(
      String id,
      LocalText name,
      int doses,
      int intervalDays,
      int earliestDays,
      int latestDays,
      boolean bookedTogether) {
    this(
        id,
        name,
        doses,
        intervalDays,
        earliestDays,
        latestDays,
        bookedTogether,
        Audience.EVERYBODY);
  }

  /// Whether a later dose may be on a day, seen from the dose before it.
  public boolean allows(LocalDate doseBefore, LocalDate day) {
    long days = ChronoUnit.DAYS.between(doseBefore, day);
    return earliestDays <= days && days <= latestDays;
  }

  /// The last day on which anybody may need a dose who had the first by a given day.
  public LocalDate lastDate(LocalDate lastFirstDose) {
    return lastFirstDose.plusDays((long) (doses - 1) * latestDays);
  }
}
