package dev.naru.rehearsal.report;

import java.util.ArrayList;
import java.util.List;

/// Maps values to a stretch of pixels.
///
/// @param low value at pixel `from`
/// @param high value at pixel `to`
/// @param log equal steps for equal factors; both ends are above 0 then
/// @param ticks values worth a label, ascending
record Scale(double low, double high, double from, double to, boolean log, List<Double> ticks) {
  private static final double[] NICE = {1, 2, 2.5, 5, 10};

  /// Steps of time that clocks have, in seconds.
  private static final double[] CLOCK = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 14_400, 21_600,
    43_200, 86_400
  };

  Scale {
    ticks = List.copyOf(ticks);
  }

  /// From `low` to `high`, stretched to a whole tick at the upper end.
  static Scale rounded(Unit unit, double low, double high, double from, double to, int most) {
    double top = high > low ? high : low + 1;
    double step = step(unit, (top - low) / most);
    return linear(unit, low, Math.ceil(top / step - 1e-9) * step, from, to, most);
  }

  /// From `low` to `high`.
  ///
  /// @param most ticks, about
  static Scale linear(Unit unit, double low, double high, double from, double to, int most) {
    double top = high > low ? high : low + 1;
    double step = step(unit, (top - low) / most);
    double first = Math.ceil(low / step - 1e-9) * step;
    List<Double> ticks = new ArrayList<>();
    for (double tick = first; tick <= top + step * 1e-9; tick += step) {
      ticks.add(tick);
    }
    return new Scale(low, top, from, to, false, ticks);
  }

  /// Powers of ten around the values.
  static Scale logarithmic(double low, double high, double from, double to) {
    double bottom = Math.floor(Math.log10(Math.max(low, 1e-9)));
    double top = Math.max(bottom + 1, Math.ceil(Math.log10(Math.max(high, 1e-9))));
    List<Double> ticks = new ArrayList<>();
    for (double power = bottom; power <= top; power++) {
      ticks.add(Math.pow(10, power));
    }
    return new Scale(Math.pow(10, bottom), Math.pow(10, top), from, to, true, ticks);
  }

  double pixel(double value) {
    double part =
        log
            ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
            : (value - low) / (high - low);
    return from + part * (to - from);
  }

  private static double step(Unit unit, double atLeast) {
    if (unit == Unit.TIME && atLeast > 0.5) {
      for (double step : CLOCK) {
        if (step >= atLeast) {
          return step;
        }
      }
    }
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (double nice : NICE) {
      if (nice * power >= atLeast * (1 - 1e-9)) {
        return nice * power;
      }
    }
    return 10 * power;
  }
}
