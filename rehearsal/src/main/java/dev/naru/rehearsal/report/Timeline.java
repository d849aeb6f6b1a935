package dev.naru.rehearsal.report;

import dev.naru.rehearsal.report.RunRecord.Group;
import dev.naru.rehearsal.report.RunRecord.Quantiles;
import dev.naru.rehearsal.report.RunRecord.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Gathers [Series] while a rehearsal runs. Not for several threads.
///
/// Events are counted ([#count]) and shown as so many a second; states are read now and then
/// ([#gauge]), and the last reading of a step counts. Steps without an event are 0, steps without a
/// reading are null.
public final class Timeline {
  private record Key(Group group, String name) {}

  private static final class Values {
    final boolean gauge;
    double[] values = new double[64];

    Values(boolean gauge) {
      this.gauge = gauge;
      Arrays.fill(values, Double.NaN);
    }

    void grow(int index) {
      if (index >= values.length) {
        int before = values.length;
        values = Arrays.copyOf(values, Math.max(index + 1, before * 2));
        Arrays.fill(values, before, values.length, Double.NaN);
      }
    }
  }

  private final int stepSeconds;
  private final Map<Key, Values> all = new LinkedHashMap<>();
  private int steps;

  /// @param stepSeconds what one value stands for, at least 1
  public Timeline(int stepSeconds) {
    if (stepSeconds < 1) {
      throw new IllegalArgumentException("a step is at least a second");
    }
    this.stepSeconds = stepSeconds;
  }

  /// Counts something that happened.
  ///
  /// @param second since the start; before it counts as the start
  public void count(Group group, String name, double second, double howMany) {
    Values values = values(group, name, false);
    int index = index(second);
    values.grow(index);
    double before = values.values[index];
    values.values[index] = (Double.isNaN(before) ? 0 : before) + howMany;
  }

  /// Keeps a reading.
  ///
  /// @param second since the start; before it counts as the start
  public void gauge(Group group, String name, double second, double value) {
    Values values = values(group, name, true);
    int index = index(second);
    values.grow(index);
    values.values[index] = value;
  }

  /// What was gathered so far, in the order in which the names first came.
  public List<Series> series() {
    List<Series> series = new ArrayList<>();
    all.forEach(
        (key, values) -> {
          List<@Nullable Double> list = new ArrayList<>(steps);
          for (int i = 0; i < steps; i++) {
            list.add(value(values, i));
          }
          series.add(new Series(key.group(), key.name(), list));
        });
    return series;
  }

  /// The quantiles of a histogram of microseconds.
  public static Quantiles quantiles(Histogram micros) {
    if (micros.getTotalCount() == 0) {
      return Quantiles.NONE;
    }
    return new Quantiles(
        micros.getTotalCount(),
        micros.getValueAtPercentile(50),
        micros.getValueAtPercentile(90),
        micros.getValueAtPercentile(99),
        micros.getValueAtPercentile(99.9),
        micros.getMaxValue());
  }

  private @Nullable Double value(Values values, int index) {
    double value = index < values.values.length ? values.values[index] : Double.NaN;
    if (values.gauge) {
      return Double.isNaN(value) ? null : value;
    }
    return Double.isNaN(value) ? 0.0 : value / stepSeconds;
  }

  private int index(double second) {
    int index = (int) (Math.max(0, second) / stepSeconds);
    steps = Math.max(steps, index + 1);
    return index;
  }

  private Values values(Group group, String name, boolean gauge) {
    Values values = all.computeIfAbsent(new Key(group, name), key -> new Values(gauge));
    if (values.gauge != gauge) {
      throw new IllegalArgumentException(name + " is either counted or read");
    }
    return values;
  }
}
