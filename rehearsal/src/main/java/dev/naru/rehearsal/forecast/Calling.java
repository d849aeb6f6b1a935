package dev.naru.rehearsal.forecast;

import java.util.Arrays;

/// Whom a line calls when, at a steady pace: once a second, in whole people, in order, with at most
/// a second's worth kept while it is idle. Seconds count from the opening.
public final class Calling {
  private static final int PER_MINUTE = 60;

  private final float[] called;
  private int longestLine;
  private int longestLineAt;

  private Calling(int people) {
    this.called = new float[people];
    Arrays.fill(called, Float.NaN);
  }

  /// Calls until everybody was called, or the time is over.
  ///
  /// @param joined when each joined, in order
  /// @param end of the calling, a second
  static Calling of(float[] joined, int perMinute, int end) {
    Calling line = new Calling(joined.length);
    int arrived = 0;
    int serving = 0;
    long credit = 0;
    long idle = Math.max(PER_MINUTE, perMinute);
    for (int second = 1; second < end && serving < joined.length; second++) {
      while (arrived < joined.length && joined[arrived] <= second) {
        arrived++;
      }
      if (arrived - serving > line.longestLine) {
        line.longestLine = arrived - serving;
        line.longestLineAt = second;
      }
      credit += perMinute;
      int turn = (int) Math.min(credit / PER_MINUTE, arrived - serving);
      Arrays.fill(line.called, serving, serving + turn, second);
      serving += turn;
      credit = Math.min(credit - (long) turn * PER_MINUTE, idle);
    }
    return line;
  }

  /// How long people wait for their call.
  ///
  /// @param joined when each joined, in order; before the opening, 0 or less
  /// @param perMinute above 0
  public static Quantiles waits(float[] joined, int perMinute) {
    float[] waits = of(joined, perMinute, Integer.MAX_VALUE).called;
    for (int place = 0; place < waits.length; place++) {
      waits[place] -= Math.max(0, joined[place]);
    }
    return Quantiles.of(waits);
  }

  /// The second in which each was called; NaN for who was not.
  float[] called() {
    return called;
  }

  /// Most people who waited at once.
  int longestLine() {
    return longestLine;
  }

  /// The second in which it was that long.
  int longestLineAt() {
    return longestLineAt;
  }
}
