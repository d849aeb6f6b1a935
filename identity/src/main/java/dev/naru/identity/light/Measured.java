package dev.naru.identity.light;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What was measured of a provider.
///
/// @param minute the checks that ended during the last minute
/// @param recent those of them that ended during the last five to ten seconds
/// @param median latency of those that ended well in the last minute, from start to end; null when
///   there are none
/// @param p95 latency that 95 of 100 of them did not exceed; null when there are none
/// @param inFlight checks that run now
/// @param capacity checks the provider handles at once
/// @param silence for how long somebody has been waiting while nobody got an answer
/// @param breaker whether checks reach the provider
public record Measured(
    Ended minute,
    Ended recent,
    @Nullable Duration median,
    @Nullable Duration p95,
    int inFlight,
    int capacity,
    Duration silence,
    Breaker breaker) {

  /// Checks that ended.
  ///
  /// @param failures of them: the provider refused, broke or took too long
  public record Ended(int checks, int failures) {
    /// Share of the checks that failed, 0 to 1; 0 when there were none.
    public double failureRatio() {
      return checks == 0 ? 0 : (double) failures / checks;
    }
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

  /// By how many seconds the silence is longer than a check usually takes.
  double overdueSeconds() {
    return seconds(silence) - p95Seconds();
  }

  private static double seconds(@Nullable Duration duration) {
    return duration == null ? 0 : duration.toNanos() / 1e9;
  }
}
