package dev.naru.booking.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.appointment.BookingResult.NotEligible;
import dev.naru.booking.appointment.BookingResult.PassExpired;
import dev.naru.booking.appointment.BookingResult.PassMissing;
import dev.naru.booking.appointment.BookingResult.WindowClosed;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.CampaignTexts;
import dev.naru.booking.eligibility.Entitlement;
import dev.naru.booking.supply.Share;
import dev.naru.common.eligibility.Membership;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperCheck;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.person.PersonKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The small campaign: cohorts 0-4 from 2 March 20:00 to 3 March 18:00.
class BookingRulesTest {
  private static final Campaign CAMPAIGN = CampaignTexts.read(CampaignTexts.SMALL);
  private static final Instant OPENS =
      LocalDateTime.parse("2026-03-02T20:00").atZone(CAMPAIGN.zone()).toInstant();
  private static final Instant CLOSES =
      LocalDateTime.parse("2026-03-03T18:00").atZone(CAMPAIGN.zone()).toInstant();
  private static final Paper PASS = pass("small", 1, 1, 0);
  private static final PaperCheck GOOD = new PaperCheck.Valid(PASS);

  private static Paper session(String campaign, int cohort) {
    return paper(PaperKind.SESSION, campaign, 1, 1, cohort, 0);
  }

  private static Paper pass(String campaign, int person, int session, int line) {
    return paper(PaperKind.PASS, campaign, person, session, 1, line);
  }

  private static Paper paper(
      PaperKind kind, String campaign, int person, int session, int cohort, int line) {
    return new Paper(
        kind,
        campaign,
        new PersonKey(person, 0, 0, 0),
        new UUID(0, session),
        cohort,
        0,
        line,
        CLOSES);
  }

  private static Gate gate(Paper session, PaperCheck pass, Instant now) {
    Entitlement entitlement = new Entitlement((_, _) -> Membership.NO_LISTS, () -> now);
    return BookingRules.gate(CAMPAIGN, entitlement, session, pass, now);
  }

  private static Object refusal(Paper session, PaperCheck pass, Instant now) {
    return gate(session, pass, now) instanceof Gate.Shut(var refusal) ? refusal : "open";
  }

  @Test
  void theOpeningCountsAndTheClosingDoesNot() {
    Paper session = session("small", 1);

    assertThat(refusal(session, GOOD, OPENS.minusMillis(50))).isInstanceOf(WindowClosed.class);
    assertThat(gate(session, GOOD, OPENS))
        .isEqualTo(
            new Gate.Open(new Share(1, 2), new Appointment.Admission(PASS.session(), CLOSES)));
    assertThat(gate(session, GOOD, CLOSES.minusNanos(1))).isInstanceOf(Gate.Open.class);
    assertThat(refusal(session, GOOD, CLOSES)).isInstanceOf(WindowClosed.class);
  }

  @Test
  void onlyTheWindowsCohortsBook() {
    for (int cohort = -1; cohort < 10; cohort++) {
      Object refusal = refusal(session("small", cohort), GOOD, OPENS);
      if (cohort >= 0 && cohort < 5) {
        assertThat(refusal).isEqualTo("open");
      } else {
        assertThat(refusal).isInstanceOf(NotEligible.class);
      }
    }
    assertThat(refusal(session("other", 1), GOOD, OPENS)).isInstanceOf(NotEligible.class);
  }

  @Test
  void aPassIsOfThisPersonSessionCampaignAndLine() {
    Paper session = session("small", 1);
    Instant now = OPENS.plus(Duration.ofHours(1));
    Paper[] wrong = {
      pass("small", 2, 1, 0), pass("small", 1, 2, 0), pass("other", 1, 1, 0), pass("small", 1, 1, 1)
    };
    for (Paper pass : wrong) {
      assertThat(refusal(session, new PaperCheck.Valid(pass), now)).isInstanceOf(PassMissing.class);
      assertThat(refusal(session, new PaperCheck.Expired(pass), now))
          .isInstanceOf(PassMissing.class);
    }
    assertThat(refusal(session, new PaperCheck.Forged(), now)).isInstanceOf(PassMissing.class);
    assertThat(refusal(session, new PaperCheck.Expired(PASS), now)).isInstanceOf(PassExpired.class);
  }

  @Test
  void theWindowComesBeforeThePersonAndThePersonBeforeThePass() {
    assertThat(refusal(session("small", 9), new PaperCheck.Forged(), CLOSES))
        .isInstanceOf(WindowClosed.class);
    assertThat(refusal(session("small", 9), new PaperCheck.Forged(), OPENS))
        .isInstanceOf(NotEligible.class);
  }
}
