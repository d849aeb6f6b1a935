package dev.naru.booking.search;

/// What is free at a site on the days of a range.
public final class FreeDays {
  private final int from;
  private final int[] free;

  /// @param from the first day of the range, counted from 1970
  /// @param free places of each day from then on
  public FreeDays(int from, int[] free) {
    this.from = from;
    this.free = free;
  }

  /// How many days the range has.
  public int length() {
    return free.length;
  }

  /// A day of the range, counted from 1970.
  public int day(int at) {
    return from + at;
  }

  /// Free places of a day of the range; 0 where there is nothing.
  public int free(int at) {
    return free[at];
  }
}
