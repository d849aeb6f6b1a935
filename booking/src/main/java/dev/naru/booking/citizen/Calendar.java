package dev.naru.booking.citizen;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.naru.booking.appointment.Appointment;
import dev.naru.common.text.Language;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// An appointment as an iCalendar file (RFC 5545) for the citizen's own calendar.
final class Calendar {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /// A slot is half an hour.
  private static final Duration LENGTH = Duration.ofMinutes(30);

  /// RFC 5545, 3.1: lines of at most 75 octets.
  private static final int LINE = 75;

  private Calendar() {}

  /// @param madeAt when the file is made
  static String of(
      Appointment appointment, AppointmentViews.Visit visit, Language language, Instant madeAt) {
    Instant start = visit.startsAt().toInstant();
    String summary =
        visit.campaign().name().in(language) + " · " + visit.product().name().in(language);
    StringBuilder file = new StringBuilder();
    line(file, "BEGIN:VCALENDAR");
    line(file, "VERSION:2.0");
    line(file, "PRODID:-//Naru//Appointments//EN");
    line(file, "METHOD:PUBLISH");
    line(file, "BEGIN:VEVENT");
    line(file, "UID:" + appointment.id() + "@naru");
    line(file, "DTSTAMP:" + UTC.format(madeAt));
    line(file, "DTSTART:" + UTC.format(start));
    line(file, "DTEND:" + UTC.format(start.plus(LENGTH)));
    line(file, "SUMMARY:" + text(summary));
    line(file, "LOCATION:" + text(visit.site().name() + ", " + visit.site().address()));
    line(file, "STATUS:" + (appointment.active() ? "CONFIRMED" : "CANCELLED"));
    line(file, "END:VEVENT");
    line(file, "END:VCALENDAR");
    return file.toString();
  }

  private static String text(String value) {
    return value
        .replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,")
        .replaceAll("\\R", "\\\\n");
  }

  /// Folds at octets, never inside a character.
  private static void line(StringBuilder file, String content) {
    int octets = 0;
    for (int i = 0; i < content.length(); i += Character.charCount(content.codePointAt(i))) {
      String character = Character.toString(content.codePointAt(i));
      int length = character.getBytes(UTF_8).length;
      if (octets + length > LINE) {
        file.append("\r\n ");
        octets = 1;
      }
      file.append(character);
      octets += length;
    }
    file.append("\r\n");
  }
}
