package dev.naru.rehearsal.forecast;

import dev.naru.rehearsal.forecast.Forecast.Day;
import java.util.List;
import java.util.Locale;

/// What was published before Korea's rotation of August 2021, beside what a forecast of the same
/// campaign says: the only estimate of such an opening that can be checked.
public final class August2021 {
  static final String CAMPAIGN = "covid19-2021-18-49";

  /// At most so many were to come on a day.
  public static final long MOST_A_DAY = 1_900_000;

  /// The pace that was expected, and its waits: 30 to 50 minutes at most.
  static final int PER_HOUR = 2_000_000;

  static final int WAIT_MINUTES_FROM = 30;
  static final int WAIT_MINUTES_TO = 50;

  /// A line of the comparison.
  ///
  /// @param why they differ, if they do
  public record Row(String what, String published, String forecast, String why) {}

  private August2021() {}

  /// The comparison; empty for other campaigns.
  public static List<Row> rows(Forecast forecast) {
    if (!forecast.campaign().equals(CAMPAIGN)) {
      return List.of();
    }
    Day busiest = forecast.busiest();
    double atOnce = forecast.everybodyAtOnce() / 60;
    return List.of(
        new Row(
            "people on the busiest day",
            "at most 1.9 million of 16 million",
            String.format(Locale.ROOT, "%,d of %,d", busiest.people(), forecast.eligible()),
            "a digit that ends four days of a month (1, 11, 21, 31) has 43 of 365 days of birth; the"
                + " 16 million are residents without those who were vaccinated before: --eligible"
                + " 16000000"),
        new Row(
            "longest wait, everybody at once",
            WAIT_MINUTES_FROM + " to " + WAIT_MINUTES_TO + " minutes at 2 million an hour",
            String.format(
                Locale.ROOT, "%.0f minutes at %,d an hour", atOnce, forecast.perMinute() * 60),
            "1.9 million at 2 million an hour take 57 minutes; 50 minutes serve the first 1.67"
                + " million, so the published range has some of the day come later"),
        new Row(
            "longest wait, by the arrivals of this forecast",
            "not published",
            String.format(Locale.ROOT, "%.0f minutes", busiest.waits().max() / 60),
            "40% of the bookings fell in the first 30 minutes; then the line is that of the lobby"),
        new Row(
            "bookings in the first 30 minutes",
            "about 40%",
            String.format(Locale.ROOT, "%.0f%%", firstHalfHour(busiest) * 100),
            "people also need time from the call to the booking"));
  }

  private static double firstHalfHour(Day day) {
    return day.series().booked().stream().limit(30).mapToLong(Long::longValue).sum()
        / (double) day.people();
  }
}
