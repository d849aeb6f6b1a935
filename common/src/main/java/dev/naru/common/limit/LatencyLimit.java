package dev.naru.common.limit;

import java.util.function.LongSupplier;

/// Lets as many requests in as can be answered in time, and sends the others away at once, before
/// any work. Measures what it lets through.
public final class LatencyLimit {
  /// Five of the slowest batches (adr/0048); shorter, and the count of a window is mostly chance.
  private static final long WINDOW_NANOS = 500_000_000;

  private static final long SECOND_NANOS = 1_000_000_000;

  private final double targetSeconds;
  private final int least;
  private final int largest;
  private final LongSupplier nanoTime;
  private final ComeBack comeBack;

  private int limit;
  private int inFlight;
  private int mostInFlight;
  private long windowStart;
  private long windowAnswered;
  private long windowNanos;
  private long secondStart;
  private long secondNanos;
  private long secondAnswered;
  private boolean secondRefused;
  private double latencyMillis;

  /// @param targetSeconds in which each request should be answered
  /// @param least requests that may always be in flight
  /// @param first requests that may be in flight before anything is measured
  /// @param largest requests that may ever be in flight
  /// @param nanoTime as [System#nanoTime]
  public LatencyLimit(
      double targetSeconds, int least, int first, int largest, LongSupplier nanoTime) {
    this.targetSeconds = targetSeconds;
    this.least = least;
    this.largest = largest;
    this.nanoTime = nanoTime;
    this.comeBack = new ComeBack(least / targetSeconds, LimitRules.AT_REST / targetSeconds);
    this.limit = first;
    this.windowStart = nanoTime.getAsLong();
    this.secondStart = windowStart;
  }

  /// Asks for a request to be let in.
  ///
  /// @return false when there are too many; [#comeBackSeconds] says when to ask again
  public synchronized boolean enter() {
    roll(nanoTime.getAsLong());
    if (inFlight >= limit) {
      mostInFlight = Math.max(mostInFlight, limit);
      return false;
    }
    inFlight++;
    mostInFlight = Math.max(mostInFlight, inFlight);
    return true;
  }

  /// After how many seconds a request that was not let in should come back, 1 to 30. Each one is
  /// given a turn of its own: to be asked once for each.
  public synchronized int comeBackSeconds() {
    secondRefused = true;
    return comeBack.seconds(nanoTime.getAsLong());
  }

  /// A request that was let in is answered.
  ///
  /// @param nanos how long it took
  public synchronized void leave(long nanos) {
    inFlight--;
    windowAnswered++;
    windowNanos += nanos;
    secondAnswered++;
    secondNanos += nanos;
    roll(nanoTime.getAsLong());
  }

  private void roll(long now) {
    if (now - windowStart >= WINDOW_NANOS) {
      double seconds = (now - windowStart) / 1e9;
      limit =
          LimitRules.next(
              limit,
              mostInFlight,
              windowAnswered,
              windowAnswered == 0 ? 0 : windowNanos / 1e9 / windowAnswered,
              seconds,
              targetSeconds,
              least,
              largest);
      windowStart = now;
      windowAnswered = 0;
      windowNanos = 0;
      mostInFlight = inFlight;
    }
    if (now - secondStart >= SECOND_NANOS) {
      if (secondRefused) {
        comeBack.busy(secondAnswered, (now - secondStart) / 1e9);
      }
      latencyMillis = latency(now);
      secondStart = now;
      secondNanos = 0;
      secondAnswered = 0;
      secondRefused = false;
    }
  }

  /// When nothing is answered, those who wait have waited at least since the second began.
  private double latency(long now) {
    if (secondAnswered > 0) {
      return secondNanos / 1e6 / secondAnswered;
    }
    return inFlight == 0 ? 0 : Math.max(latencyMillis, (now - secondStart) / 1e6);
  }

  /// Mean time to an answer in the last whole second, in milliseconds; 0 when there was none.
  public synchronized double latencyMillis() {
    roll(nanoTime.getAsLong());
    return latencyMillis;
  }

  /// Requests that wait for their answer now.
  public synchronized int inFlight() {
    return inFlight;
  }

  /// How many may be in flight now.
  public synchronized int limit() {
    return limit;
  }
}
