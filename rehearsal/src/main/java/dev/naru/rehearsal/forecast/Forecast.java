package dev.naru.rehearsal.forecast;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A forecast, and the JSON in which it is kept (`forecast.json`): component names are JSON names.
/// Seconds count from the opening of a window, minutes of [Series] likewise.
///
/// @param format 1
/// @param campaign its id
/// @param title for people
/// @param command the command line that repeats it
/// @param assumed every assumption, in words
/// @param residents everybody in the table
/// @param eligible how many of them may book and still want to
/// @param perMinute the pace that the days are forecast for
/// @param days one for each window that anybody comes to
/// @param everybodyAtOnce the longest wait of the busiest day if all of it came at the opening
/// @param paces what pace a longest wait takes on the busiest day
/// @param wanted the one of them that was asked for
/// @param rotations what dealing the digits to so many days would do
public record Forecast(
    int format,
    String campaign,
    String title,
    String command,
    Map<String, String> assumed,
    long residents,
    long eligible,
    int perMinute,
    List<Day> days,
    double everybodyAtOnce,
    List<Pace> paces,
    Pace wanted,
    List<Rotation> rotations) {
  public static final int FORMAT = 1;

  public Forecast {
    days = List.copyOf(days);
    paces = List.copyOf(paces);
    rotations = List.copyOf(rotations);
  }

  /// The day with the most people.
  public Day busiest() {
    return days.stream().reduce((a, b) -> b.people() > a.people() ? b : a).orElseThrow();
  }

  /// One window.
  ///
  /// @param opens local date and time of the campaign's zone
  /// @param closes likewise
  /// @param digits whose day it is; empty means everybody
  /// @param people who come
  /// @param lobby how many of them are there before the opening
  /// @param waits from joining to being called; for those in the lobby from the opening
  /// @param longestLine most people who wait at a moment
  /// @param longestLineAt second of that moment
  /// @param booked when people had booked
  /// @param notServed were not called before the closing, or had no time left to book
  /// @param series by minute
  /// @param districts those that have people in it
  public record Day(
      String opens,
      String closes,
      List<Integer> digits,
      long people,
      long lobby,
      Quantiles waits,
      long longestLine,
      double longestLineAt,
      Quantiles booked,
      long notServed,
      Series series,
      List<District> districts) {
    public Day {
      digits = List.copyOf(digits);
      districts = List.copyOf(districts);
    }
  }

  /// A day by minute, from the opening on.
  ///
  /// @param arrivals people who join
  /// @param called people who are called
  /// @param booked people who book
  /// @param waits of those who join in that minute; null when nobody does
  public record Series(
      List<Long> arrivals, List<Long> called, List<Long> booked, List<@Nullable Quantiles> waits) {}

  /// A district on one day.
  ///
  /// @param booked when its people had booked
  public record District(String code, String name, long people, Quantiles booked) {}

  /// What a longest wait takes.
  ///
  /// @param waitSeconds nobody waits longer
  /// @param nodes null when nobody has measured what one node carries
  public record Pace(double waitSeconds, int perMinute, @Nullable Integer nodes) {}

  /// The digits dealt to a number of days, as evenly as their people allow.
  ///
  /// @param days how many
  /// @param digits whose day each is
  /// @param largest people of the busiest one
  /// @param longestWait seconds, at the forecast's pace
  /// @param atOnce seconds, if all of that day came at the opening
  /// @param perMinute the pace that the wanted wait takes
  public record Rotation(
      int days,
      List<List<Integer>> digits,
      long largest,
      double longestWait,
      double atOnce,
      int perMinute,
      @Nullable Integer nodes) {}
}
