package dev.naru.identity.light;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What was measured of a provider over the last minute.
///
/// @param checks that ended, well or not
/// @param failures of them: the provider refused, broke or took too long
/// @param median latency of the others, from start to end; null when there are none
/// @param p95 latency that 95 of 100 of them did not exceed; null when there are none
/// @param inFlight checks that run now
/// @param capacity checks the provider handles at once
public record Measured(
    int checks,
    int failures,
    @Nullable Duration median,
    @Nullable Duration p95,
    int inFlight,
    int capacity) {

  /// Share of the checks that failed, 0 to 1; 0 when there were none.
  public double failureRatio() {
    return checks == 0 ? 0 : (double) failures / checks;
  }

  double load() {
    return (double) inFlight / capacity;
  }

  double medianSeconds() {
    return seconds(median);
  }

  double p95Seconds() {
    return seconds(p95);
  }

  private static double seconds(@Nullable Duration duration) {
    return duration == null ? 0 : duration.toNanos() / 1e9;
  }
}
