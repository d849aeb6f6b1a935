package dev.naru.rehearsal.forecast;

import dev.naru.rehearsal.forecast.Forecast.Day;
import dev.naru.rehearsal.forecast.Forecast.Pace;
import dev.naru.rehearsal.forecast.Forecast.Rotation;
import dev.naru.rehearsal.report.Page;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The page of a forecast.
final class ForecastPage {
  private ForecastPage() {}

  static String html(Forecast forecast) {
    Day busiest = forecast.busiest();
    Page page = new Page("Forecast: " + forecast.title());
    page.summary("en", ForecastText.english(forecast));
    page.summary("ko", ForecastText.korean(forecast));
    page.heading("Day by day").table("Windows", DAY_HEAD, days(forecast));
    page.plots(ForecastPlots.days(forecast));
    page.heading("The busiest day: " + busiest.opens()).plots(ForecastPlots.day(busiest));
    page.heading("What a shorter wait takes")
        .table("Pace for the busiest day", PACE_HEAD, paces(forecast.paces()))
        .plots(ForecastPlots.paces(forecast));
    page.heading("Rotation over other numbers of days")
        .paragraph("Digits of the day of birth dealt to days as evenly as their people allow.")
        .table("Rotations", ROTATION_HEAD, rotations(forecast.rotations()))
        .plots(ForecastPlots.rotations(forecast));
    august2021(page, forecast);
    page.heading("Districts on the busiest day")
        .table("When people had booked", DISTRICT_HEAD, districts(busiest));
    page.heading("Assumptions")
        .table("What nobody knows beforehand", PAIR, pairs(forecast.assumed()));
    page.heading("Again").verbatim(forecast.command());
    return page.html();
  }

  private static final List<String> DAY_HEAD =
      List.of(
          "opens",
          "digits",
          "people",
          "lobby",
          "longest line",
          "wait p50",
          "p90",
          "longest",
          "95% booked after",
          "all after",
          "not served");
  private static final List<String> PACE_HEAD =
      List.of("nobody waits longer than", "a minute", "an hour", "nodes");
  private static final List<String> ROTATION_HEAD =
      List.of(
          "days",
          "digits",
          "largest day",
          "longest wait",
          "all at once",
          "pace for the wanted wait",
          "nodes");
  private static final List<String> DISTRICT_HEAD =
      List.of("district", "people", "half after", "95% after", "all after");
  private static final List<String> PAIR = List.of("what", "value");

  private static List<List<String>> days(Forecast forecast) {
    return forecast.days().stream()
        .map(
            day ->
                List.of(
                    day.opens(),
                    ForecastText.digits(day.digits()),
                    number(day.people()),
                    number(day.lobby()),
                    number(day.longestLine()),
                    ForecastText.time(day.waits().p50()),
                    ForecastText.time(day.waits().p90()),
                    ForecastText.time(day.waits().max()),
                    ForecastText.time(day.booked().p95()),
                    ForecastText.time(day.booked().max()),
                    number(day.notServed())))
        .toList();
  }

  private static List<List<String>> paces(List<Pace> paces) {
    return paces.stream()
        .map(
            pace ->
                List.of(
                    ForecastText.time(pace.waitSeconds()),
                    number(pace.perMinute()),
                    number(pace.perMinute() * 60L),
                    pace.nodes() == null ? "not known" : number(pace.nodes())))
        .toList();
  }

  private static List<List<String>> rotations(List<Rotation> rotations) {
    return rotations.stream()
        .map(
            rotation ->
                List.of(
                    number(rotation.days()),
                    ForecastText.dealt(rotation),
                    number(rotation.largest()),
                    ForecastText.time(rotation.longestWait()),
                    ForecastText.time(rotation.atOnce()),
                    number(rotation.perMinute()),
                    rotation.nodes() == null ? "not known" : number(rotation.nodes())))
        .toList();
  }

  private static void august2021(Page page, Forecast forecast) {
    List<August2021.Row> rows = August2021.rows(forecast);
    if (!rows.isEmpty()) {
      page.heading("Against the estimate published in August 2021")
          .table(
              "Published and forecast",
              List.of("what", "published", "forecast", "where they differ"),
              rows.stream()
                  .map(row -> List.of(row.what(), row.published(), row.forecast(), row.why()))
                  .toList());
    }
  }

  private static List<List<String>> districts(Day day) {
    return day.districts().stream()
        .map(
            district ->
                List.of(
                    district.name(),
                    number(district.people()),
                    ForecastText.time(district.booked().p50()),
                    ForecastText.time(district.booked().p95()),
                    ForecastText.time(district.booked().max())))
        .toList();
  }

  private static List<List<String>> pairs(Map<String, String> map) {
    return map.entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())).toList();
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
