package dev.naru.rehearsal.people;

import java.time.Duration;

/// When people come after an opening: most at once, then ever fewer (exponential decay, cut at the
/// end).
///
/// @param spread from the opening until the last has come; zero means all at once
/// @param part the first part of the spread, above 0 and below 1
/// @param share how many come in that part, from `part` (evenly) to below 1
public record ArrivalCurve(Duration spread, double part, double share) {
  /// 40% of a day's bookings fell in the first 30 minutes of 22 hours (Korea, August 2021).
  private static final double NATIONAL_PART = 1.0 / 44;

  private static final double NATIONAL_SHARE = 0.4;

  /// Above this decay nobody comes in the rest of the spread that a double could tell.
  private static final double STEEPEST = 1e6;

  public ArrivalCurve {
    if (spread.isNegative() || !(part > 0 && part < 1) || !(share >= part && share < 1)) {
      throw new IllegalArgumentException("an arrival curve has 0 < part <= share < 1");
    }
  }

  /// The curve of the national day, on another time scale.
  public static ArrivalCurve national(Duration spread) {
    return new ArrivalCurve(spread, NATIONAL_PART, NATIONAL_SHARE);
  }

  /// When the person comes who has so many of all before.
  ///
  /// @param quantile from 0 to 1
  /// @return milliseconds after the opening
  public long millisAt(double quantile) {
    return Math.round(partAt(decay(), quantile) * spread.toMillis());
  }

  /// The part of the spread after which so many of all have come; for those who ask a million
  /// times, and know the decay.
  ///
  /// @param decay as [#decay] gives it
  /// @param quantile from 0 to 1
  public static double partAt(double decay, double quantile) {
    double part = decay < 1e-9 ? quantile : -Math.log1p(quantile * Math.expm1(-decay)) / decay;
    return Math.min(1, part);
  }

  /// The decay over the whole spread at which `share` falls in `part`, by bisection.
  public double decay() {
    double low = 0;
    double high = STEEPEST;
    for (int i = 0; i < 100; i++) {
      double middle = (low + high) / 2;
      if (shareAt(middle) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private double shareAt(double rate) {
    return rate < 1e-9 ? part : Math.expm1(-rate * part) / Math.expm1(-rate);
  }
}
