package dev.naru.booking.campaign;

import dev.naru.common.yaml.Section.Kind;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The kinds of values in a campaign file.
final class Kinds {
  static final int MAX_NAME = 100;
  private static final int FIRST_YEAR = 1880;
  private static final int LAST_YEAR = 2200;
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,32}");
  private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");
  private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d(:\\d\\d)?");
  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s)?");
  private static final List<String> WEEKDAYS = List.of("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su");

  static final Kind<String> IDENTIFIER =
      new Kind<>(
          "1 to 32 of the characters a-z, 0-9 and -",
          text -> ID.matcher(text).matches() ? text : null);

  static final Kind<String> NAME =
      new Kind<>("a name of 1 to " + MAX_NAME + " characters in one line", Kinds::name);

  static final Kind<Boolean> YES_OR_NO =
      new Kind<>(
          "true or false",
          text ->
              switch (text) {
                case "true" -> Boolean.TRUE;
                case "false" -> Boolean.FALSE;
                default -> null;
              });

  static final Kind<LocalDate> DATE = new Kind<>("a date such as 2021-08-09", Kinds::date);

  static final Kind<LocalTime> TIME_OF_DAY =
      new Kind<>(
          "a time such as \"20:00\"",
          text -> TIME.matcher(text).matches() ? LocalTime.parse(text) : null);

  static final Kind<DayOfWeek> WEEKDAY =
      new Kind<>(
          "one of Mo, Tu, We, Th, Fr, Sa, Su",
          text -> WEEKDAYS.contains(text) ? DayOfWeek.of(WEEKDAYS.indexOf(text) + 1) : null);

  static final Kind<ZoneId> ZONE =
      new Kind<>(
          "a time zone such as Asia/Seoul",
          text -> ZoneId.getAvailableZoneIds().contains(text) ? ZoneId.of(text) : null);

  private Kinds() {}

  private static @Nullable String name(String text) {
    boolean printable =
        text.codePoints()
            .noneMatch(
                c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    return printable && !text.isBlank() && text.codePointCount(0, text.length()) <= MAX_NAME
        ? text
        : null;
  }

  private static @Nullable LocalDate date(String text) {
    LocalDate date = LocalDate.parse(text);
    return isPlausible(date) ? date : null;
  }

  private static boolean isPlausible(LocalDate date) {
    return FIRST_YEAR <= date.getYear() && date.getYear() <= LAST_YEAR;
  }

  static Kind<Integer> whole(int least, int most) {
    return new Kind<>(
        "a whole number from " + least + " to " + most,
        text -> {
          int number = WHOLE.matcher(text).matches() ? Integer.parseInt(text) : -1;
          return least <= number && number <= most ? number : null;
        });
  }

  /// Hours, minutes and seconds: `12h`, `1h30m`, `90s`.
  static Kind<Duration> duration(Duration least, Duration most) {
    return new Kind<>(
        "a time from " + shown(least) + " to " + shown(most) + ", such as 90s, 10m or 1h30m",
        text -> {
          Duration duration = duration(text);
          return duration != null && duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0
              ? duration
              : null;
        });
  }

  private static @Nullable Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      return null;
    }
    return Duration.ofHours(part(matcher.group(1)))
        .plusMinutes(part(matcher.group(2)))
        .plusSeconds(part(matcher.group(3)));
  }

  private static long part(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static String shown(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  /// A date with time, by the clocks of the zone or with an offset of its own.
  static Kind<Instant> moment(ZoneId zone) {
    return new Kind<>(
        "a date with time that exists in " + zone + ", such as 2021-08-19T20:00",
        text -> {
          String iso = text.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) ", "$1T");
          return hasOffset(iso) ? withOffset(iso) : instant(LocalDateTime.parse(iso), zone);
        });
  }

  private static boolean hasOffset(String iso) {
    return iso.endsWith("Z") || iso.indexOf('+') > 0 || iso.lastIndexOf('-') > iso.indexOf('T');
  }

  private static @Nullable Instant withOffset(String iso) {
    OffsetDateTime moment = OffsetDateTime.parse(iso);
    return isPlausible(moment.toLocalDate()) ? moment.toInstant() : null;
  }

  /// The moment at which the clocks of a zone show a time; the first when they show it twice, null
  /// when they leap over it.
  static @Nullable Instant instant(LocalDateTime time, ZoneId zone) throws DateTimeException {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
    return offsets.isEmpty() || !isPlausible(time.toLocalDate())
        ? null
        : time.toInstant(offsets.getFirst());
  }
}
