package dev.naru.rehearsal.forecast;

import dev.naru.rehearsal.forecast.Forecast.Day;
import dev.naru.rehearsal.forecast.Forecast.Pace;
import dev.naru.rehearsal.forecast.Forecast.Rotation;
import dev.naru.rehearsal.report.Plot;
import dev.naru.rehearsal.report.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The plots of a forecast.
final class ForecastPlots {
  private ForecastPlots() {}

  static List<Plot> days(Forecast forecast) {
    List<String> names = forecast.days().stream().map(day -> day.opens().substring(5, 10)).toList();
    return List.of(
        new Plot("People", "on each day", Unit.COUNT, Unit.COUNT)
            .bars("come", names, each(forecast.days(), Day::people))
            .bars("lobby", names, each(forecast.days(), Day::lobby)),
        new Plot("Wait", "on each day", Unit.COUNT, Unit.TIME)
            .bars("longest", names, each(forecast.days(), day -> day.waits().max()))
            .bars("half wait at most", names, each(forecast.days(), day -> day.waits().p50())));
  }

  static List<Plot> day(Day day) {
    int shown = untilQuiet(day);
    double[] minutes = minutes(shown);
    return List.of(
        plot("Arrivals, calls, bookings", "people a minute", Unit.COUNT)
            .step("arrive", minutes, numbers(day.series().arrivals(), shown))
            .step("called", minutes, numbers(day.series().called(), shown))
            .step("booked", minutes, numbers(day.series().booked(), shown)),
        plot("The line", "people who wait, at the end of each minute", Unit.COUNT)
            .line("waiting", minutes, Arrays.copyOf(line(day), shown))
            .mark(day.longestLineAt(), "longest"),
        plot("Wait", "by the minute of joining; the lobby waits from the opening", Unit.TIME)
            .line("half wait at most", minutes, waits(day, Quantiles::p50, shown))
            .line("99%", minutes, waits(day, Quantiles::p99, shown))
            .line("longest", minutes, waits(day, Quantiles::max, shown)),
        plot("Booked so far", "share of the day, in percent", Unit.COUNT)
            .line("booked", minutes(day.series().booked().size()), cumulative(day))
            .limit(100, "all"));
  }

  static List<Plot> paces(Forecast forecast) {
    double[] waits = each(forecast.paces(), Pace::waitSeconds);
    return List.of(
        new Plot("Pace", "people a minute", Unit.TIME, Unit.COUNT)
            .over("nobody waits longer than")
            .line("pace", waits, each(forecast.paces(), Pace::perMinute))
            .points("shown above", waits, each(forecast.paces(), Pace::perMinute))
            .limit(forecast.perMinute(), "the forecast's pace"));
  }

  static List<Plot> rotations(Forecast forecast) {
    List<Rotation> rotations = forecast.rotations();
    List<String> names = rotations.stream().map(r -> String.valueOf(r.days())).toList();
    return List.of(
        new Plot(
                "Longest wait by days of rotation", "at the forecast's pace", Unit.COUNT, Unit.TIME)
            .over("days")
            .bars("all of a day at once", names, each(rotations, Rotation::atOnce))
            .bars("by the forecast's arrivals", names, each(rotations, Rotation::longestWait)),
        new Plot(
                "Pace by days of rotation", "a minute, for the wanted wait", Unit.COUNT, Unit.COUNT)
            .over("days")
            .bars("pace", names, each(rotations, Rotation::perMinute)));
  }

  private static Plot plot(String title, String what, Unit unit) {
    return new Plot(title, what, Unit.TIME, unit).over("since the opening");
  }

  private static double[] line(Day day) {
    double[] line = new double[day.series().arrivals().size()];
    double waiting = day.lobby();
    for (int minute = 0; minute < line.length; minute++) {
      waiting += day.series().arrivals().get(minute) - day.series().called().get(minute);
      line[minute] = waiting;
    }
    return line;
  }

  private static double[] cumulative(Day day) {
    double[] shares = numbers(day.series().booked(), day.series().booked().size());
    double sum = 0;
    for (int minute = 0; minute < shares.length; minute++) {
      sum += shares[minute];
      shares[minute] = 100 * sum / day.people();
    }
    return shares;
  }

  /// Twice the time until the line is all but empty for the first time, and an hour at the least:
  /// the quiet rest of a day would press the opening into a single pixel.
  private static int untilQuiet(Day day) {
    double[] line = line(day);
    int empty = 0;
    while (empty < line.length && line[empty] > day.longestLine() / 100.0) {
      empty++;
    }
    return Math.min(line.length, Math.max(60, empty * 2));
  }

  private static double[] waits(Day day, ToDoubleFunction<Quantiles> which, int shown) {
    return day.series().waits().stream()
        .limit(shown)
        .mapToDouble(quantiles -> value(quantiles, which))
        .toArray();
  }

  private static double value(@Nullable Quantiles quantiles, ToDoubleFunction<Quantiles> which) {
    return quantiles == null ? Double.NaN : which.applyAsDouble(quantiles);
  }

  private static <T> double[] each(List<T> list, ToDoubleFunction<T> number) {
    return list.stream().mapToDouble(number).toArray();
  }

  private static double[] numbers(List<Long> list, int shown) {
    return list.stream().limit(shown).mapToDouble(Long::doubleValue).toArray();
  }

  private static double[] minutes(int count) {
    return IntStream.range(0, count).mapToDouble(minute -> minute * 60.0).toArray();
  }
}
