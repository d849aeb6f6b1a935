package dev.naru.rehearsal.forecast;

import java.util.function.DoubleUnaryOperator;

/// A window as a fluid: people without whole numbers and chance, a line that empties at a pace. It
/// answers in microseconds what the simulation takes a second for, and is within a few seconds of
/// it when many come.
final class Fluid {
  /// Parts into which those are cut who come after the opening.
  private static final int PARTS = 5_000;

  private static final double MOST_PER_MINUTE = 1e9;

  private final long people;
  private final double lobby;
  private final long windowSeconds;
  private final double[] arrival = new double[PARTS];

  /// @param seconds when people come after the opening, by quantile
  Fluid(long people, double lobbyShare, long windowSeconds, DoubleUnaryOperator seconds) {
    this.people = people;
    this.lobby = people * lobbyShare;
    this.windowSeconds = windowSeconds;
    for (int part = 0; part < PARTS; part++) {
      arrival[part] = seconds.applyAsDouble((part + 1.0) / PARTS);
    }
  }

  /// @return seconds
  double longestWait(double perMinute) {
    double perSecond = perMinute / 60;
    double called = lobby / perSecond;
    double longest = called;
    double each = (people - lobby) / PARTS / perSecond;
    for (double arrived : arrival) {
      called = Math.max(called + each, arrived);
      longest = Math.max(longest, called - arrived);
    }
    return longest;
  }

  /// When the last has been called.
  ///
  /// @return seconds after the opening
  double finished(double perMinute) {
    double perSecond = perMinute / 60;
    double called = lobby / perSecond;
    double each = (people - lobby) / PARTS / perSecond;
    for (double arrived : arrival) {
      called = Math.max(called + each, arrived);
    }
    return called;
  }

  /// The least pace at which nobody waits longer, and all are called before the window closes.
  ///
  /// @param wait seconds, above 0
  /// @return people a minute
  int paceFor(double wait) {
    int low = 0;
    int high = Math.max(1, (int) Math.min(MOST_PER_MINUTE, people * 60.0));
    while (low + 1 < high) {
      int middle = (low + high) >>> 1;
      if (longestWait(middle) <= wait && finished(middle) <= windowSeconds) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }
}
