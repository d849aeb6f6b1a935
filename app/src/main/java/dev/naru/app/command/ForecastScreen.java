package dev.naru.app.command;

import dev.naru.rehearsal.forecast.August2021;
import dev.naru.rehearsal.forecast.Forecast;
import dev.naru.rehearsal.forecast.ForecastText;

/// A forecast on the terminal.
final class ForecastScreen {
  private ForecastScreen() {}

  static void show(Forecast forecast) {
    System.out.printf(
        "%s%n%,d residents, %,d may book, %,d a minute are called%n%n",
        forecast.title(), forecast.residents(), forecast.eligible(), forecast.perMinute());
    System.out.printf(
        "%-16s %-9s %11s %9s %11s %9s %9s %9s %9s %9s%n",
        "opens",
        "digits",
        "people",
        "lobby",
        "longest",
        "wait p50",
        "p90",
        "longest",
        "95% done",
        "missed");
    for (Forecast.Day day : forecast.days()) {
      System.out.printf(
          "%-16s %-9s %,11d %,9d %,11d %9s %9s %9s %9s %,9d%n",
          day.opens(),
          ForecastText.digits(day.digits()),
          day.people(),
          day.lobby(),
          day.longestLine(),
          ForecastText.time(day.waits().p50()),
          ForecastText.time(day.waits().p90()),
          ForecastText.time(day.waits().max()),
          ForecastText.time(day.booked().p95()),
          day.notServed());
    }
    System.out.printf("%n%s%n", ForecastText.wanted(forecast));
    System.out.printf(
        "If the busiest day came at once, the last would wait %s.%n%n",
        ForecastText.time(forecast.everybodyAtOnce()));
    System.out.printf(
        "%-9s %12s %14s %14s %16s%n",
        "rotation", "largest day", "longest wait", "all at once", "pace wanted");
    for (Forecast.Rotation rotation : forecast.rotations()) {
      System.out.printf(
          "%2d days   %,12d %14s %14s %,16d%n",
          rotation.days(),
          rotation.largest(),
          ForecastText.time(rotation.longestWait()),
          ForecastText.time(rotation.atOnce()),
          rotation.perMinute());
    }
    System.out.println();
    August2021.rows(forecast)
        .forEach(
            row ->
                System.out.printf(
                    "%s: published %s, forecast %s%n",
                    row.what(), row.published(), row.forecast()));
  }
}
