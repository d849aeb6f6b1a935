package dev.naru.rehearsal.forecast;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Whole people out of shares (largest remainders): each cell is within one of its exact share, and
/// the sum is exact.
final class Apportionment {
  private Apportionment() {}

  static long[] of(double[] shares, long total) {
    double sum = sum(shares);
    long[] whole = new long[shares.length];
    if (sum <= 0) {
      return whole;
    }
    double factor = total / sum;
    long given = 0;
    for (int i = 0; i < shares.length; i++) {
      whole[i] = (long) Math.floor(shares[i] * factor + 1e-9);
      given += whole[i];
    }
    IntStream.range(0, shares.length)
        .filter(i -> shares[i] > 0)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> whole[i] - shares[i] * factor))
        .limit(Math.max(0, total - given))
        .forEach(i -> whole[i]++);
    return whole;
  }

  static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
