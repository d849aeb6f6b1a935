package dev.naru.rehearsal.forecast;

import java.util.Arrays;

/// Quantiles of a time, in seconds; all 0 when nobody was measured.
public record Quantiles(double p50, double p90, double p95, double p99, double max) {
  /// @param seconds sorted in place; NaN does not count
  static Quantiles of(float[] seconds) {
    Arrays.sort(seconds);
    int count = seconds.length;
    while (count > 0 && Float.isNaN(seconds[count - 1])) {
      count--;
    }
    return count == 0
        ? new Quantiles(0, 0, 0, 0, 0)
        : new Quantiles(
            at(seconds, count, 0.5),
            at(seconds, count, 0.9),
            at(seconds, count, 0.95),
            at(seconds, count, 0.99),
            seconds[count - 1]);
  }

  /// The least value that so many do not exceed.
  private static double at(float[] sorted, int count, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * count) - 1)];
  }
}
