package dev.naru.common.limit;

/// When those who were sent away should come back: one after the other, spread over the time in
/// which they can be let in. Whoever comes sooner is sent away again, and on a small machine that
/// takes from those who are served.
final class ComeBack {
  private static final double SECOND_NANOS = 1e9;

  /// The other half is for those who come for the first time.
  private static final double SHARE = 0.5;

  private static final int LEAST_SECONDS = 1;

  /// As long as a page waits at most: who is told more would think that nothing happens any more.
  private static final int MOST_SECONDS = 30;

  private static final double MEMORY_SECONDS = 5;

  private final double least;
  private double perSecond;

  /// The last turn that was given; a clock of nanoseconds may begin anywhere.
  private double lastNanos = Double.NEGATIVE_INFINITY;

  /// @param least requests that are answered a second even when little was
  /// @param first requests that are answered a second before anything is known
  ComeBack(double least, double first) {
    this.least = least;
    this.perSecond = first;
  }

  /// A time in which everybody was busy passed. A standstill says nothing about what comes after.
  ///
  /// @param answered requests
  void busy(long answered, double seconds) {
    if (answered > 0) {
      double kept = Math.exp(-seconds / MEMORY_SECONDS);
      perSecond = Math.max(least, perSecond * kept + answered / seconds * (1 - kept));
    }
  }

  /// The turn of the next one who is sent away.
  ///
  /// @param now as [System#nanoTime]
  /// @return after how many seconds, 1 to 30
  int seconds(long now) {
    double earliest = now + LEAST_SECONDS * SECOND_NANOS;
    double latest = now + MOST_SECONDS * SECOND_NANOS;
    lastNanos = Math.clamp(lastNanos + SECOND_NANOS / (SHARE * perSecond), earliest, latest);
    return (int) Math.round((lastNanos - now) / SECOND_NANOS);
  }
}
