package dev.naru.booking.supply;

/// How much of a slot is released on which day of a rotation.
///
/// The places of a site's day are dealt one by one to the days of the rotation, round and round,
/// like cards. A slot's offset is the day, counted from 0, whose turn it is at the slot's first
/// place; the next slot goes on where the one before ended. So the days get equal shares to within
/// one: of a slot, of a site's day, and of each product in it. What is released only grows, and the
/// last day releases everything.
///
/// `floor((capacity·k + offset) / n)` with one offset for each slot cannot promise that when
/// capacities differ; dealing can, and needs the same one number.
public final class Release {
  private Release() {}

  /// How many places of a slot are released up to and including a day of the rotation.
  ///
  /// @param capacity places of the slot, from 0
  /// @param offset the slot's, in [0, days)
  /// @param day from 0, when nothing is released, to `days`, when everything is
  /// @param days of the rotation, from 1
  public static int released(int capacity, int offset, int day, int days) {
    return dealt(offset + capacity, day, days) - dealt(offset, day, days);
  }

  /// How many places of a slot can be taken on a day: what earlier days left over is among them.
  ///
  /// @param booked places taken so far
  public static int free(int capacity, int offset, int booked, int day, int days) {
    return Math.max(0, released(capacity, offset, day, days) - booked);
  }

  /// How many of the first cards of a deal have gone to the first days.
  private static int dealt(int cards, int day, int days) {
    return cards / days * day + Math.min(cards % days, day);
  }

  /// [#released] as an SQL expression of the same four numbers.
  ///
  /// @param capacity a column or parameter, such as `slot.capacity`; so are the others
  public static String sql(String capacity, String offset, String day, String days) {
    return "((%2$s + %1$s) / %4$s * %3$s + least((%2$s + %1$s) %% %4$s, %3$s) - least(%2$s, %3$s))"
        .formatted(capacity, offset, day, days);
  }
}
