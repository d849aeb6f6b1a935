package dev.naru.booking.supply;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The opening hours of a week, in the everyday part of OpenStreetMap's notation: `Mo-Fr
/// 09:00-12:30,13:30-18:00; Sa 09:00-13:00`. A day that is not named is closed, a rule replaces
/// what an earlier one said about its days (`Mo-Su 09:00-18:00; Su off`).
public final class OpeningHours {
  /// Seven days with two ranges each are 130 characters.
  public static final int MAX_LENGTH = 200;

  private static final int HALF_HOUR = 30;
  private static final List<String> DAYS = List.of("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su");
  private static final Pattern RULE = Pattern.compile("([A-Za-z,-]+)\\s+(.+)");
  private static final Pattern RANGE =
      Pattern.compile("(\\d\\d):(\\d\\d)\\s*-\\s*(\\d\\d):(\\d\\d)");

  private final Map<DayOfWeek, List<LocalTimeRange>> week;

  private OpeningHours(Map<DayOfWeek, List<LocalTimeRange>> week) {
    this.week = week;
  }

  /// Reads opening hours.
  ///
  /// @throws IllegalArgumentException when the text says something else; the message is for the
  ///   person who wrote it
  public static OpeningHours parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "opening hours have at most " + MAX_LENGTH + " characters, these " + text.length());
    }
    Map<DayOfWeek, List<LocalTimeRange>> week = new EnumMap<>(DayOfWeek.class);
    for (String part : text.split(";", -1)) {
      String rule = part.strip();
      if (!rule.isEmpty()) {
        readRule(rule, week);
      }
    }
    if (week.values().stream().allMatch(List::isEmpty)) {
      throw new IllegalArgumentException(
          "no day is open; opening hours look like \"Mo-Fr 09:00-18:00; Sa 09:00-13:00\"");
    }
    return new OpeningHours(week);
  }

  private static void readRule(String rule, Map<DayOfWeek, List<LocalTimeRange>> week) {
    Matcher matcher = RULE.matcher(rule);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"" + rule + "\" is not days followed by hours, such as \"Mo-Fr 09:00-18:00\"");
    }
    Set<DayOfWeek> days = days(matcher.group(1));
    String hours = matcher.group(2).strip();
    List<LocalTimeRange> ranges =
        hours.equals("off") || hours.equals("closed") ? List.of() : ranges(hours);
    for (DayOfWeek day : days) {
      week.put(day, ranges);
    }
  }

  private static Set<DayOfWeek> days(String text) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.split(",", -1)) {
      int dash = part.indexOf('-');
      DayOfWeek first = day(dash < 0 ? part : part.substring(0, dash));
      DayOfWeek last = dash < 0 ? first : day(part.substring(dash + 1));
      for (DayOfWeek day = first; day != last; day = day.plus(1)) {
        days.add(day);
      }
      days.add(last);
    }
    return days;
  }

  private static DayOfWeek day(String text) {
    int index = DAYS.indexOf(text);
    if (index < 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a day; days are Mo Tu We Th Fr Sa Su");
    }
    return DayOfWeek.of(index + 1);
  }

  private static List<LocalTimeRange> ranges(String text) {
    List<LocalTimeRange> ranges = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher matcher = RANGE.matcher(part.strip());
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "\"" + part.strip() + "\" is not a time range such as 09:00-18:00");
      }
      LocalTimeRange range =
          new LocalTimeRange(
              time(matcher.group(1), matcher.group(2)), time(matcher.group(3), matcher.group(4)));
      if (!ranges.isEmpty() && range.from().isBefore(ranges.getLast().to())) {
        throw new IllegalArgumentException(
            "\"" + part.strip() + "\" begins before the range in front of it has ended");
      }
      ranges.add(range);
    }
    return List.copyOf(ranges);
  }

  private static LocalTime time(String hour, String minute) {
    int h = Integer.parseInt(hour);
    int m = Integer.parseInt(minute);
    if (h > 23 || m > 59) {
      throw new IllegalArgumentException(
          hour + ":" + minute + " is not a time between 00:00 and 23:59");
    }
    return LocalTime.of(h, m);
  }

  /// When a day is open, in order; empty when it is closed.
  public List<LocalTimeRange> on(DayOfWeek day) {
    return week.getOrDefault(day, List.of());
  }

  /// When the whole half hours of a day begin, in order.
  public List<LocalTime> starts(DayOfWeek day) {
    List<LocalTime> starts = new ArrayList<>();
    for (LocalTimeRange range : on(day)) {
      int last = minute(range.to()) - HALF_HOUR;
      for (int minute = minute(range.from()); minute <= last; minute += HALF_HOUR) {
        starts.add(LocalTime.of(minute / 60, minute % 60));
      }
    }
    return starts;
  }

  private static int minute(LocalTime time) {
    return time.getHour() * 60 + time.getMinute();
  }

  /// How many whole half hours a day has.
  public int halfHours(DayOfWeek day) {
    return starts(day).size();
  }
}
