package dev.naru.booking.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.yaml.Mistake;
import dev.naru.common.yaml.MistakeList;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CampaignFileTest {
  private static List<Mistake> mistakes(String text) {
    return switch (CampaignFile.read(text)) {
      case CampaignReading.Read _ -> List.of();
      case CampaignReading.Mistakes mistakes -> mistakes.mistakes();
    };
  }

  private static String changed(String from, String to) {
    assertThat(CampaignTexts.SMALL).contains(from);
    return CampaignTexts.SMALL.replace(from, to);
  }

  @Test
  void everythingInTheFileArrives() {
    Campaign campaign = CampaignTexts.read(CampaignTexts.SMALL);
    assertThat(campaign.id()).isEqualTo("small");
    assertThat(campaign.name().ko()).isEqualTo("작은 캠페인");
    assertThat(campaign.bornTo()).isEqualTo("1999-12-31");
    assertThat(campaign.products().get(1))
        .isEqualTo(new Product("two", campaign.products().get(1).name(), 2, 7, 7, 8, true));
    assertThat(campaign.admitPerMinute()).isEqualTo(60);
    assertThat(campaign.supply().perHalfHour()).containsExactly(3, 2);
    assertThat(campaign.supply().isWorkingDay(LocalDate.of(2026, 3, 11))).isFalse();
    assertThat(campaign.supply().isWorkingDay(LocalDate.of(2026, 3, 14))).isFalse();
    assertThat(campaign.sessionTime()).isEqualTo(Duration.ofHours(12));
    assertThat(campaign.passTime()).isEqualTo(Duration.ofMinutes(10));
    assertThat(campaign.calendar().windows())
        .extracting(BookingWindow::cohorts)
        .containsExactly(Set.of(0, 1, 2, 3, 4), Set.of(5, 6, 7, 8, 9), Set.of());
    assertThat(campaign.calendar().windows().getLast().closes())
        .isEqualTo(Instant.parse("2026-03-10T09:00:30Z"));
    assertThat(campaign.calendar().windows().getFirst().lobbyOpens())
        .isEqualTo(Instant.parse("2026-03-02T10:50:00Z"));
    assertThat(campaign.productIndex("two")).hasValue(1);
    assertThat(campaign.supplyPlan().lastDates())
        .containsExactly(LocalDate.of(2026, 3, 13), LocalDate.of(2026, 3, 21));
  }

  @Test
  void windowsMayBeGivenOneByOneToTheSecond() {
    String text = CampaignTexts.SMALL;
    String windows =
        """
        windows:
          - {opens: 2026-03-02T11:00:07Z, closes: 2026-03-02T11:05:00+00:00, digits: [0, 1, 2, 3, 4]}
          - {opens: "2026-03-02T20:15:01", closes: "2026-03-02T20:20:02", digits: [5, 6, 7, 8, 9]}
          - {opens: 2026-03-02 20:31:00, closes: 2026-03-10T18:00}
        """;
    Campaign campaign =
        CampaignTexts.read(
            text.substring(0, text.indexOf("rotation:"))
                + windows
                + text.substring(text.indexOf("lobby:")));
    assertThat(campaign.calendar().windows())
        .extracting(BookingWindow::opens)
        .containsExactly(
            Instant.parse("2026-03-02T11:00:07Z"),
            Instant.parse("2026-03-02T11:15:01Z"),
            Instant.parse("2026-03-02T11:31:00Z"));
    assertThat(campaign.calendar().windows())
        .extracting(BookingWindow::releaseDay)
        .containsExactly(1, 2, 2);
  }

  @Test
  void allMistakesAreReportedAtOnceInTheOrderOfTheFile() {
    String text =
        """
        campaign: Small!
        name: {ko: 이름}
        eligible:
          born: {from: 1999-02-29, to: 1999-12-31}
        produkts: []
        line: {admitPerMinute: many}
        openPhase:
          from: 2026-03-04T20:00
          to: 2026-03-04T19:00
        supply:
          from: 2026-03-09
          to: 2026-03-01
          perHalfHour: 0
        """;
    assertThat(mistakes(text))
        .extracting(Mistake::text)
        .containsExactly(
            "line 1, column 1: products: found nothing, expected a list of at least one product",
            "line 1, column 11: campaign: found \"Small!\", expected 1 to 32 of the characters"
                + " a-z, 0-9 and -",
            "line 2, column 7: name.en: found nothing, expected a name of 1 to 100 characters in"
                + " one line",
            "line 4, column 16: eligible.born.from: found \"1999-02-29\", expected a date such as"
                + " 2021-08-09",
            "line 5, column 1: the file: found the key \"produkts\", expected \"products\"",
            "line 6, column 24: line.admitPerMinute: found \"many\", expected a whole number from 1"
                + " to 3000000",
            "line 8, column 9: openPhase: found it closes at 2026-03-04T19:00, expected a closing"
                + " after the opening at 2026-03-04T20:00",
            "line 12, column 7: supply.to: found \"2026-03-01\", expected a date not before from,"
                + " 2026-03-09");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "zone: Asia/Seoul | zone: Asia/Soul | zone",
        "born: {from: 1990-01-01 | born: {from: 2000-01-01 | eligible.born.to",
        "id: two | id: one | products[1].id",
        "doses: 2 | doses: 5 | products[1].doses",
        "doses: 2 | doses: 1 | products[1].intervalDays",
        "intervalDays: 7 | earliestDays: 6 | products[1].intervalDays",
        "intervalDays: 7 | intervalDays: 9 | products[1].latestDays",
        "bookedTogether: true | bookedTogether: yes | products[1].bookedTogether",
        "by: last-digit-of-birth-day | by: surname | rotation.by",
        "days: 2 | days: 3 | rotation.digits",
        "days: 2 | days: 11 | rotation.days",
        "8, 9]] | 8]] | rotation.digits",
        "8, 9]] | 8, 9, 0]] | rotation, day 2 (2026-03-03)",
        "8, 9]] | 8, 10]] | rotation.digits[1]",
        "opens: \"20:00\" | opens: \"18:05\" | rotation, day 2 (2026-03-03)",
        "opens: \"20:00\" | opens: 8pm | rotation.opens",
        "from: 2026-03-04T20:00 | from: 2026-03-04T17:00 | openPhase",
        "from: 2026-03-04T20:00 | from: 2026-03-04 | openPhase.from",
        "{opensBefore: 10m} | {opensBefore: ten} | lobby.opensBefore",
        "{opensBefore: 10m} | {opensBefore: 3h} | openPhase",
        "admitPerMinute: 60 | admitPerMinute: 0 | line.admitPerMinute",
        "{one: 3, two: 2} | {one: 3} | supply.perHalfHour.two",
        "{one: 3, two: 2} | {one: 3, twoo: 2} | supply.perHalfHour",
        "to: 2026-03-13 | to: 2026-03-03 | supply.to",
        "to: 2026-03-13 | to: 2029-03-13 | supply.to",
        "holidays: [2026-03-11] | holidays: [2026-03-11, 2026-03-11] | supply.holidays[1]",
        "closedWeekdays: [Sa, Su] | closedWeekdays: [Mo, Tu, We, Th, Fr] | supply.from",
        "closedWeekdays: [Sa, Su] | closedWeekdays: [Sunday] | supply.closedWeekdays[0]",
        "campaign: small | windows: [] | campaign",
        "campaign: small | !!java.net.URL small | ",
      })
  void aMistakeIsNamedWithItsField(String from, String to, String field) {
    assertThat(mistakes(changed(from, to)))
        .extracting(Mistake::field)
        .contains(field == null ? "" : field);
  }

  @Test
  void holdsWaitlistAndTheReturnOfDosesAreOffUnlessTheFileSaysSo() {
    assertThat(CampaignTexts.read(CampaignTexts.SMALL).terms()).isEqualTo(AppointmentTerms.PLAIN);
    assertThat(
            CampaignTexts.read(
                    CampaignTexts.SMALL
                        + "appointments: {returnDelay: 30m, hold: 5m, waitlist: 20m,"
                        + " changesPerDay: 3}\n")
                .terms())
        .isEqualTo(
            new AppointmentTerms(
                Duration.ofMinutes(30), Duration.ofMinutes(5), Duration.ofMinutes(20), 3));
    assertThat(mistakes(CampaignTexts.SMALL + "appointments: {hold: 31m}\n"))
        .singleElement()
        .satisfies(mistake -> assertThat(mistake.field()).isEqualTo("appointments.hold"));
  }

  @Test
  void nobodyActsForOthersUnlessTheFileSaysSo() {
    assertThat(CampaignTexts.read(CampaignTexts.SMALL).helping())
        .isEqualTo(Helping.FORBIDDEN)
        .returns(false, Helping::isAllowed);
    String lists = CampaignTexts.SMALL + "lists: [{id: centre, name: {ko: 상담원, en: Centre}}]\n";
    assertThat(CampaignTexts.read(lists + "helping: {family: 3, staff: centre}\n").helping())
        .isEqualTo(new Helping(3, "centre"))
        .returns(true, Helping::isAllowed);
    assertThat(CampaignTexts.read(lists + "helping: {staff: centre}\n").helping().isAllowed())
        .isTrue();
    assertThat(CampaignTexts.read(lists + "helping: {family: 0}\n").helping())
        .isEqualTo(Helping.FORBIDDEN);
    for (String wrong : List.of("family: 11", "family: -1", "staff: nobody", "friends: 3")) {
      assertThat(mistakes(lists + "helping: {" + wrong + "}\n"))
          .as(wrong)
          .singleElement()
          .satisfies(mistake -> assertThat(mistake.field()).startsWith("helping"));
    }
  }

  @Test
  void aKeyThatStandsTwiceIsAMistake() {
    assertThat(mistakes(CampaignTexts.SMALL + "zone: Asia/Tokyo\n"))
        .singleElement()
        .satisfies(mistake -> assertThat(mistake.field()).isEqualTo("zone"));
  }

  @Test
  void datesWhoseDigitsDoNotMakeTenNeedDigitsOfTheirOwn() {
    String text = CampaignTexts.example("covid19-2021-18-49.yaml");
    assertThat(mistakes(text.replace("first: 2021-08-09", "first: 2021-07-25")))
        .extracting(Mistake::text)
        .anyMatch(sentence -> sentence.contains("no day for the digits [4]"))
        .anyMatch(sentence -> sentence.contains("digit 1 a second time"));
  }

  @Test
  void aTimeThatTheClocksLeapOverIsAMistakeAndOneTheyShowTwiceIsTheFirst() {
    String berlin = changed("Asia/Seoul", "Europe/Berlin").replace("2026-03-10 18:00:30", "%s");
    String spring = berlin.replace("to: 2026-03-13", "to: 2026-12-13");
    assertThat(mistakes(spring.formatted("2026-03-29T02:30")))
        .singleElement()
        .satisfies(mistake -> assertThat(mistake.field()).isEqualTo("openPhase.to"));
    assertThat(
            CampaignTexts.read(spring.formatted("2026-10-25T02:30"))
                .calendar()
                .windows()
                .getLast()
                .closes())
        .isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
  }

  @Test
  void aHugeFileIsRefusedUnread() {
    assertThat(mistakes("#".repeat(CampaignFile.MAX_LENGTH + 1)))
        .singleElement()
        .satisfies(mistake -> assertThat(mistake.expected()).contains("262144"));
  }

  @Test
  void aBombOfAliasesIsRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(mistakes(bomb.toString())).hasSize(1);
    assertThat(mistakes("[".repeat(100_000))).hasSize(1);
  }

  @Test
  void ofVeryManyMistakesTheFirstAreReported() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      text.append("key").append(i).append(": 1\n");
    }
    assertThat(mistakes(text.toString())).hasSize(MistakeList.MOST);
  }

  @Test
  void thereIsARightFileToMakeWrongOnes() {
    assertThat(mistakes(CampaignTexts.SMALL)).isEmpty();
  }
}
