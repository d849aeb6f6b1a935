package dev.naru.rehearsal.report;

/// Numbers of a plot; NaN is a gap.
final class Column {
  private final double[] values;

  Column(double[] values) {
    this.values = values.clone();
  }

  int size() {
    return values.length;
  }

  double at(int index) {
    return values[index];
  }

  boolean isThere(int index) {
    return !Double.isNaN(values[index]);
  }
}
