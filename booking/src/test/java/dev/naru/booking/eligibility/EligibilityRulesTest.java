package dev.naru.booking.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.CampaignTexts;
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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// The small campaign: digits 0-4 from 2 March 20:00 to 3 March 18:00, digits 5-9 a day later,
/// everybody from 4 March 20:00 to 10 March 18:00:30; lobbies ten minutes earlier.
class EligibilityRulesTest {
  private final Campaign campaign = CampaignTexts.read(CampaignTexts.SMALL);

  private static Instant seoul(String time) {
    return LocalDateTime.parse(time).atZone(ZoneId.of("Asia/Seoul")).toInstant();
  }

  private Decision of(String birth, String time) {
    return of(LocalDate.parse(birth), seoul(time));
  }

  private Decision of(LocalDate birth, Instant now) {
    return EligibilityRules.atTheCheck(
        campaign,
        new Applicant(new PersonKey(1, 2, 3, 4), birth, Nationality.UNKNOWN),
        Membership.NO_LISTS,
        now);
  }

  @Test
  void theFirstAndTheLastDayOfBirthAreEligible() {
    assertThat(of("1990-01-01", "2026-03-05T12:00").eligible()).isTrue();
    assertThat(of("1999-12-31", "2026-03-05T12:00").eligible()).isTrue();
  }

  @Test
  void aDayTooOldOrTooYoungIsSaidWithTheReasonAndWithoutWindows() {
    Decision old = of("1989-12-31", "2026-03-05T12:00");
    assertThat(old.reason()).isEqualTo(Reason.TOO_OLD);
    assertThat(old.cohort()).isEqualTo(Reason.TOO_OLD.cohort()).isNegative();
    assertThat(old.windows()).isEmpty();
    assertThat(of("2000-01-01", "2026-03-05T12:00").reason()).isEqualTo(Reason.TOO_YOUNG);
  }

  @Test
  void oneDigitMonthsAndDaysAreComparedAsDates() {
    assertThat(of("1990-02-03", "2026-03-02T20:00").cohort()).isEqualTo(3);
    assertThat(of("1999-09-09", "2026-03-05T12:00").eligible()).isTrue();
  }

  @Test
  void whoIsBornOnThe29thOfFebruaryHasTheDigitNine() {
    Decision leap = of("1996-02-29", "2026-03-02T12:00");
    assertThat(leap.cohort()).isEqualTo(9);
    assertThat(leap.reason()).isEqualTo(Reason.NOT_YET);
    assertThat(leap.windows()).extracting(BookingWindow::line).containsExactly(1, 2);
  }

  @Test
  void days1And11And21And31AreOneCohort() {
    for (String birth : new String[] {"1995-01-01", "1995-01-11", "1995-01-21", "1995-01-31"}) {
      assertThat(of(birth, "2026-03-02T20:00").cohort()).isEqualTo(1);
    }
  }

  @Test
  void theLobbyCountsAndTheClosingDoesNot() {
    assertThat(of("1995-01-01", "2026-03-02T19:49:59").reason()).isEqualTo(Reason.NOT_YET);
    assertThat(of("1995-01-01", "2026-03-02T19:50").eligible()).isTrue();
    assertThat(of("1995-01-01", "2026-03-03T17:59:59").eligible()).isTrue();
    Decision missed = of("1995-01-01", "2026-03-03T18:00");
    assertThat(missed.reason()).isEqualTo(Reason.NOT_YET);
    assertThat(missed.windows()).extracting(BookingWindow::line).containsExactly(2);
    assertThat(of("1995-01-01", "2026-03-10T18:00:30").reason()).isEqualTo(Reason.OVER);
  }

  @Test
  void anotherCohortsWindowIsNotOnes() {
    assertThat(of("1995-01-05", "2026-03-02T21:00").reason()).isEqualTo(Reason.NOT_YET);
    assertThat(of("1995-01-05", "2026-03-03T21:00").eligible()).isTrue();
  }

  @Test
  void withoutACohortNobodyTakesPart() {
    assertThat(
            EligibilityRules.decide(
                    campaign, Decision.NO_COHORT, Membership.NO_LISTS, seoul("2026-03-05T12:00"))
                .reason())
        .isEqualTo(Reason.OUTSIDE);
  }

  @Property(tries = 300)
  void whoIsEligibleHasAJoinableWindowAndWhoHasOneIsEligible(
      @ForAll @IntRange(max = 3_651) int birth, @ForAll @IntRange(max = 20_000) int minute) {
    LocalDate born = LocalDate.of(1990, 1, 1).plusDays(birth);
    Instant now = seoul("2026-03-01T00:00").plusSeconds(60L * minute);
    Decision eligibility = of(born, now);
    boolean joinable =
        campaign.calendar().current(now).filter(w -> w.admits(eligibility.cohort())).isPresent();
    assertThat(eligibility.eligible()).isEqualTo(joinable);
    assertThat(EligibilityRules.decide(campaign, eligibility.cohort(), Membership.NO_LISTS, now))
        .isEqualTo(eligibility);
  }
}
