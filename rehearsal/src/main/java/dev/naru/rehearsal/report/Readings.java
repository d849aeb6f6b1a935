package dev.naru.rehearsal.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A series as points of a plot. What is read every few seconds is drawn through; a longer silence
/// stays a gap.
final class Readings {
  private static final int SILENCE_SECONDS = 15;

  private final List<Double> seconds = new ArrayList<>();
  private final List<Double> values = new ArrayList<>();

  private Readings() {}

  static Readings of(List<@Nullable Double> series, int stepSeconds) {
    Readings readings = new Readings();
    double last = 0;
    for (int i = 0; i < series.size(); i++) {
      Double value = series.get(i);
      double second = (double) i * stepSeconds;
      if (value == null) {
        continue;
      }
      if (second - last > Math.max(SILENCE_SECONDS, stepSeconds)) {
        readings.add(last, Double.NaN);
      }
      readings.add(second, value);
      last = second;
    }
    return readings;
  }

  private void add(double second, double value) {
    seconds.add(second);
    values.add(value);
  }

  double[] seconds() {
    return seconds.stream().mapToDouble(Double::doubleValue).toArray();
  }

  double[] values() {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
