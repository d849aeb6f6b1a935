package dev.naru.booking.eligibility;

import dev.naru.booking.campaign.Campaign;
import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.eligibility.Eligibility;
import dev.naru.common.eligibility.Reason;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// Who may take part in a campaign, and when. Decided by dates, never by texts or years alone.
public final class EligibilityRules {
  private EligibilityRules() {}

  /// Decides by the date of birth: it has to lie within the campaign's dates, both included, and a
  /// window of the person's cohort has to be joinable.
  public static Eligibility decide(Campaign campaign, LocalDate birth, Instant now) {
    if (birth.isAfter(campaign.bornTo())) {
      return never(Reason.TOO_YOUNG);
    }
    if (birth.isBefore(campaign.bornFrom())) {
      return never(Reason.TOO_OLD);
    }
    return decide(campaign, campaign.calendar().cohort(birth), now);
  }

  /// Decides by the cohort that was found when the person was verified.
  ///
  /// @param cohort a digit, or [Eligibility#NO_COHORT]
  public static Eligibility decide(Campaign campaign, int cohort, Instant now) {
    List<BookingWindow> all = campaign.calendar().windowsOf(cohort);
    if (all.isEmpty()) {
      return never(Reason.OUTSIDE);
    }
    List<BookingWindow> ahead =
        all.stream().filter(window -> now.isBefore(window.closes())).toList();
    if (ahead.isEmpty()) {
      return new Eligibility(false, cohort, Reason.OVER, ahead);
    }
    boolean joinable = ahead.stream().anyMatch(window -> window.isJoinable(now));
    return new Eligibility(joinable, cohort, joinable ? null : Reason.NOT_YET, ahead);
  }

  private static Eligibility never(Reason reason) {
    return new Eligibility(false, Eligibility.NO_COHORT, reason, List.of());
  }
}
