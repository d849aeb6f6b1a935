package dev.naru.rehearsal.forecast;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// How many came in each minute, as somebody has measured: CSV with a heading and the columns
/// `period,count` (`1998-07-07 21:41:00,229426`), a minute a row.
public final class Trace {
  private static final DateTimeFormatter PERIOD =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .toFormatter();

  private static final int MINUTE = 60;

  private final LocalDateTime from;
  private final long[] counts;

  private Trace(LocalDateTime from, long[] counts) {
    this.from = from;
    this.counts = counts;
  }

  /// Reads a trace and finds the opening in it.
  ///
  /// @param opening where to begin; null means the last minute before the busiest one that had less
  ///   than half as many
  /// @throws IllegalArgumentException with a sentence for people when it cannot be used
  public static Trace read(List<String> lines, @Nullable LocalDateTime opening) {
    List<LocalDateTime> minutes = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      String[] fields = lines.get(i).split(",", -1);
      try {
        minutes.add(LocalDateTime.parse(fields[0].strip(), PERIOD));
        counts.add(Math.max(0, Long.parseLong(fields[fields.length > 1 ? 1 : 0].strip())));
      } catch (DateTimeParseException | NumberFormatException e) {
        throw refused(i + 1, lines.get(i), e);
      }
      if (minutes.size() > 1 && !minutes.getLast().isAfter(minutes.get(minutes.size() - 2))) {
        throw refused(i + 1, lines.get(i), null);
      }
    }
    if (minutes.isEmpty()) {
      throw new IllegalArgumentException("the trace has no minute in it");
    }
    return since(minutes, counts, opening == null ? rise(minutes, counts) : opening);
  }

  /// Where it begins.
  public LocalDateTime from() {
    return from;
  }

  /// From 0 to 1, to seconds after the beginning, for those who came within a window.
  DoubleUnaryOperator within(Duration window) {
    int length = Math.clamp(window.toMinutes(), 1, counts.length);
    double[] upTo = new double[length + 1];
    for (int minute = 0; minute < length; minute++) {
      upTo[minute + 1] = upTo[minute] + counts[minute];
    }
    double all = upTo[length];
    if (all <= 0) {
      throw new IllegalArgumentException("nobody comes in the trace after " + from);
    }
    return quantile -> {
      double people = quantile * all;
      int found = Arrays.binarySearch(upTo, people);
      int minute = Math.clamp(found >= 0 ? found : -found - 2, 0, length - 1);
      double here = upTo[minute + 1] - upTo[minute];
      double part = here > 0 ? Math.clamp((people - upTo[minute]) / here, 0.0, 1.0) : 0;
      return (minute + part) * MINUTE;
    };
  }

  /// Minutes that the file leaves out had nobody.
  private static Trace since(
      List<LocalDateTime> minutes, List<Long> counts, LocalDateTime opening) {
    long length = Duration.between(opening, minutes.getLast()).toMinutes() + 1;
    if (length < 1 || length > 10_000_000) {
      throw new IllegalArgumentException(
          "the trace ends at " + minutes.getLast() + ", before " + opening);
    }
    long[] filled = new long[(int) length];
    for (int i = 0; i < minutes.size(); i++) {
      long minute = Math.floorDiv(Duration.between(opening, minutes.get(i)).toSeconds(), MINUTE);
      if (minute >= 0) {
        filled[(int) minute] += counts.get(i);
      }
    }
    return new Trace(opening, filled);
  }

  private static LocalDateTime rise(List<LocalDateTime> minutes, List<Long> counts) {
    int peak = 0;
    for (int i = 1; i < counts.size(); i++) {
      peak = counts.get(i) > counts.get(peak) ? i : peak;
    }
    int start = peak;
    while (start > 0 && counts.get(start) * 2 >= counts.get(peak)) {
      start--;
    }
    return minutes.get(start);
  }

  private static IllegalArgumentException refused(
      int line, String found, @Nullable RuntimeException cause) {
    return new IllegalArgumentException(
        "the trace, line %d: found “%s”, expected a later minute and a count: 1998-07-07 21:41:00,229426"
            .formatted(line, found.length() > 60 ? found.substring(0, 60) + "…" : found),
        cause);
  }
}
