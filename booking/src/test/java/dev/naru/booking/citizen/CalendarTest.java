package dev.naru.booking.citizen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.appointment.Appointment;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.CampaignTexts;
import dev.naru.booking.site.Site;
import dev.naru.common.person.PersonKey;
import dev.naru.common.text.Language;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CalendarTest {
  private static final Instant MADE = Instant.parse("2021-08-20T01:02:03Z");
  private static final Campaign CAMPAIGN = CampaignTexts.read(CampaignTexts.SMALL);

  private static String file(String siteName, String zone, String local, boolean active) {
    UUID id = new UUID(1, 2);
    Appointment appointment =
        new Appointment(
            id,
            1,
            new PersonKey(1, 2, 3, 4),
            1,
            1,
            1,
            null,
            active,
            new Appointment.Admission(id, MADE));
    var visit =
        new AppointmentViews.Visit(
            CAMPAIGN,
            CAMPAIGN.products().getFirst(),
            new Site(1, siteName, "clinic", "거리 1", null, "11110", null, "", true),
            LocalDateTime.parse(local).atZone(ZoneId.of(zone)).toOffsetDateTime());
    return Calendar.of(appointment, visit, Language.KO, MADE);
  }

  /// What a calendar reads: folds undone.
  private static List<String> lines(String file) {
    return file.replace("\r\n ", "").lines().toList();
  }

  @Test
  void aCalendarReadsTheAppointment() {
    assertThat(lines(file("보건소", "Asia/Seoul", "2026-03-09T09:00", true)))
        .containsExactly(
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Naru//Appointments//EN",
            "METHOD:PUBLISH",
            "BEGIN:VEVENT",
            "UID:00000000-0000-0001-0000-000000000002@naru",
            "DTSTAMP:20210820T010203Z",
            "DTSTART:20260309T000000Z",
            "DTEND:20260309T003000Z",
            "SUMMARY:작은 캠페인 · 하나",
            "LOCATION:보건소\\, 거리 1",
            "STATUS:CONFIRMED",
            "END:VEVENT",
            "END:VCALENDAR");
  }

  @Test
  void aCancelledAppointmentSaysSo() {
    assertThat(lines(file("a", "Asia/Seoul", "2026-03-09T09:00", false)))
        .contains("STATUS:CANCELLED");
  }

  @Test
  void summerTimeIsTheMomentItIs() {
    assertThat(lines(file("a", "Europe/Berlin", "2026-03-29T03:00", true)))
        .contains("DTSTART:20260329T010000Z");
    assertThat(lines(file("a", "Europe/Berlin", "2026-10-25T03:00", true)))
        .contains("DTSTART:20261025T020000Z");
  }

  @Test
  void specialCharactersAreEscaped() {
    assertThat(lines(file("a,b;c\\d\ne", "Asia/Seoul", "2026-03-09T09:00", true)))
        .contains("LOCATION:a\\,b\\;c\\\\d\\ne\\, 거리 1");
  }

  @Test
  void linesAreFoldedAtOctetsAndNeverInsideACharacter() {
    for (int length = 1; length < 120; length++) {
      String name = "가😀".repeat(length);
      String file = file(name, "Asia/Seoul", "2026-03-09T09:00", true);

      assertThat(file.split("\r\n", -1))
          .allSatisfy(line -> assertThat(line.getBytes(UTF_8).length).isLessThanOrEqualTo(75));
      assertThat(new String(file.getBytes(UTF_8), UTF_8)).isEqualTo(file).endsWith("\r\n");
      assertThat(lines(file)).contains("LOCATION:" + name + "\\, 거리 1");
    }
  }
}
