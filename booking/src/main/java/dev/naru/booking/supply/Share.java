package dev.naru.booking.supply;

import dev.naru.common.eligibility.BookingWindow;

/// What of every slot is out for somebody who books now: see [Release].
///
/// @param day how many of the daily shares
/// @param days how many there are
public record Share(int day, int days) {
  /// Everything.
  public static final Share ALL = new Share(1, 1);

  /// The share that is out in a window.
  public static Share of(BookingWindow window) {
    return new Share(window.releaseDay(), window.releaseDays());
  }

  /// What is left of a slot; never negative.
  ///
  /// @param shareOffset the slot's, see [Release]
  public int free(int capacity, int booked, int shareOffset) {
    return Release.free(capacity, shareOffset, booked, day, days);
  }
}
