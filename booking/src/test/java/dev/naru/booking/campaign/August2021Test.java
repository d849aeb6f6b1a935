package dev.naru.booking.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.eligibility.EligibilityRules;
import dev.naru.common.eligibility.Applicant;
import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.eligibility.Decision;
import dev.naru.common.eligibility.Membership;
import dev.naru.common.eligibility.Nationality;
import dev.naru.common.eligibility.Reason;
import dev.naru.common.person.PersonKey;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The example file against what is known of August 2021.
class August2021Test {
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  private final Campaign campaign =
      CampaignTexts.read(CampaignTexts.example("covid19-2021-18-49.yaml"));

  private static Instant seoul(String time) {
    return LocalDateTime.parse(time).atZone(SEOUL).toInstant();
  }

  @Test
  void eachOfTenDaysBelongsToTheLastDigitOfItsDate() {
    List<BookingWindow> windows = campaign.calendar().windows();
    assertThat(windows).hasSize(11);
    assertThat(windows.subList(0, 10))
        .extracting(BookingWindow::cohorts)
        .containsExactlyElementsOf(
            IntStream.of(9, 0, 1, 2, 3, 4, 5, 6, 7, 8).mapToObj(Set::of).toList());
    for (int day = 0; day < 10; day++) {
      LocalDate date = LocalDate.of(2021, 8, 9).plusDays(day);
      BookingWindow window = windows.get(day);
      assertThat(window.opens()).isEqualTo(seoul(date + "T20:00"));
      assertThat(window.closes()).isEqualTo(seoul(date.plusDays(1) + "T18:00"));
      assertThat(window.releaseDay()).isEqualTo(day + 1);
      assertThat(window.releaseDays()).isEqualTo(10);
    }
  }

  @Test
  void afterwardsEverybodyBooksUntil18SeptemberAndEverythingIsReleased() {
    BookingWindow open = campaign.calendar().windows().getLast();
    assertThat(open.cohorts()).isEmpty();
    assertThat(open.opens()).isEqualTo(seoul("2021-08-19T20:00"));
    assertThat(open.closes()).isEqualTo(seoul("2021-09-18T18:00"));
    assertThat(open.releaseDay()).isEqualTo(open.releaseDays()).isEqualTo(10);
  }

  @Test
  void twoDosesOfMrnaAreBookedTogetherSixWeeksApart() {
    assertThat(campaign.products()).hasSize(1);
    Product mrna = campaign.products().getFirst();
    assertThat(mrna.id()).isEqualTo("mrna");
    assertThat(mrna.doses()).isEqualTo(2);
    assertThat(mrna.bookedTogether()).isTrue();
    assertThat(LocalDate.of(2021, 8, 26).plusDays(mrna.intervalDays())).isEqualTo("2021-10-07");
    assertThat(campaign.takesFirstDoses(LocalDate.of(2021, 8, 25))).isFalse();
    assertThat(campaign.takesFirstDoses(LocalDate.of(2021, 8, 26))).isTrue();
    assertThat(campaign.takesFirstDoses(LocalDate.of(2021, 9, 30))).isTrue();
    assertThat(campaign.takesFirstDoses(LocalDate.of(2021, 10, 1))).isFalse();
    assertThat(campaign.supplyPlan().lastDate())
        .isAfterOrEqualTo(LocalDate.of(2021, 9, 30).plusDays(mrna.intervalDays()));
  }

  private Decision decide(LocalDate birth, Instant now) {
    return EligibilityRules.atTheCheck(
        campaign,
        new Applicant(new PersonKey(1, 2, 3, 4), birth, Nationality.UNKNOWN),
        Membership.NO_LISTS,
        now);
  }

  @Test
  void whoIsBornOnADayEndingInNineBooksOnTheFirstDayOrInTheOpenPhase() {
    LocalDate birth = LocalDate.of(1984, 2, 29);
    assertThat(decide(birth, seoul("2021-08-09T19:29:59")).reason()).isEqualTo(Reason.NOT_YET);
    assertThat(decide(birth, seoul("2021-08-09T19:30")).eligible()).isTrue();
    assertThat(campaign.calendar().openFor(9, seoul("2021-08-09T19:59:59"))).isEmpty();
    assertThat(campaign.calendar().openFor(9, seoul("2021-08-09T20:00"))).isPresent();
    assertThat(campaign.calendar().openFor(9, seoul("2021-08-10T18:00"))).isEmpty();
    assertThat(campaign.calendar().openFor(0, seoul("2021-08-09T20:00"))).isEmpty();
    assertThat(campaign.calendar().openFor(9, seoul("2021-09-18T17:59:59"))).isPresent();
    assertThat(decide(birth, seoul("2021-09-18T18:00")).reason()).isEqualTo(Reason.OVER);
  }

  @Test
  void agesAre18To49InThatYear() {
    Instant open = seoul("2021-08-20T12:00");
    assertThat(decide(LocalDate.of(1971, 12, 31), open).reason()).isEqualTo(Reason.TOO_OLD);
    assertThat(decide(LocalDate.of(1972, 1, 1), open).eligible()).isTrue();
    assertThat(decide(LocalDate.of(2003, 12, 31), open).eligible()).isTrue();
    assertThat(decide(LocalDate.of(2004, 1, 1), open).reason()).isEqualTo(Reason.TOO_YOUNG);
  }

  @Test
  void aTownsCampaignIsForEverybodyFromItsFirstDay() {
    Campaign town = CampaignTexts.read(CampaignTexts.example("municipal-flu-65.yaml"));
    assertThat(town.zone()).isEqualTo(SEOUL);
    assertThat(town.calendar().rotates()).isFalse();
    assertThat(town.calendar().windows())
        .singleElement()
        .satisfies(
            window -> {
              assertThat(window.cohorts()).isEmpty();
              assertThat(window.releaseDay()).isEqualTo(window.releaseDays()).isEqualTo(1);
            });
    assertThat(town.calendar().cohort(LocalDate.of(1950, 5, 17))).isZero();
  }
}
