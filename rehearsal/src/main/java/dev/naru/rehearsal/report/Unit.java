package dev.naru.rehearsal.report;

import java.util.Locale;

/// What the numbers of an axis are, and how people read them.
public enum Unit {
  /// 12,345 or 1.9 M.
  COUNT {
    @Override
    public String text(double value) {
      return counted(value);
    }
  },
  /// Seconds, read as 45 s, 12:30 or 2:05:00.
  TIME {
    @Override
    public String text(double value) {
      return clock(value);
    }
  },
  /// Microseconds, read as 250 µs, 12 ms or 1.5 s.
  MICROS {
    @Override
    public String text(double value) {
      if (value == 0) {
        return "0";
      }
      return value < 1_000
          ? short3(value) + " µs"
          : value < 1e6 ? short3(value / 1e3) + " ms" : short3(value / 1e6) + " s";
    }
  },
  /// Bytes, read as 512 MB.
  BYTES {
    @Override
    public String text(double value) {
      if (value == 0) {
        return "0";
      }
      return value < 1e6
          ? short3(value / 1e3) + " kB"
          : value < 1e9 ? short3(value / 1e6) + " MB" : short3(value / 1e9) + " GB";
    }
  };

  /// A value as people read it.
  public abstract String text(double value);

  private static String counted(double value) {
    double size = Math.abs(value);
    if (size >= 1e6) {
      return short3(value / 1e6) + " M";
    }
    return size >= 1_000 || value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,d", Math.round(value))
        : short3(value);
  }

  private static String clock(double value) {
    long seconds = Math.round(Math.abs(value));
    String sign = value < 0 && seconds > 0 ? "−" : "";
    if (seconds < 60) {
      return sign + (value == Math.rint(value) ? "" + seconds : short3(Math.abs(value))) + " s";
    }
    return seconds < 3_600
        ? String.format(Locale.ROOT, "%s%d:%02d", sign, seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%s%d:%02d:%02d", sign, seconds / 3_600, seconds / 60 % 60, seconds % 60);
  }

  /// Three digits that count, without zeros at the end.
  private static String short3(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
