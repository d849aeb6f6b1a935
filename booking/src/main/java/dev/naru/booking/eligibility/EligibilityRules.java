package dev.naru.booking.eligibility;

import dev.naru.booking.campaign.Campaign;
import dev.naru.common.eligibility.Applicant;
import dev.naru.common.eligibility.Audience;
import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.eligibility.Decision;
import dev.naru.common.eligibility.Membership;
import dev.naru.common.eligibility.Reason;
import dev.naru.common.eligibility.WindowRules;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// Who may take part in a campaign, and when. Decided by dates, never by texts or years alone.
public final class EligibilityRules {
  private EligibilityRules() {}

  /// Decides at the identity check: the date of birth has to lie within the campaign's dates, both
  /// included, the nationality has to be one of those that take part, and what [#decide] asks.
  public static Decision atTheCheck(
      Campaign campaign, Applicant applicant, Membership lists, Instant now) {
    LocalDate birth = applicant.birth();
    if (birth.isAfter(campaign.bornTo())) {
      return never(Reason.TOO_YOUNG);
    }
    if (birth.isBefore(campaign.bornFrom())) {
      return never(Reason.TOO_OLD);
    }
    int cohort = campaign.calendar().cohort(birth);
    return switch (campaign.requirements().foreigners()) {
      case ALLOWED -> decide(campaign, cohort, lists, now);
      case REFUSED ->
          switch (applicant.nationality()) {
            case DOMESTIC -> decide(campaign, cohort, lists, now);
            case FOREIGN -> never(Reason.FOREIGNERS_REFUSED);
            case UNKNOWN -> never(Reason.NATIONALITY_UNKNOWN);
          };
      case OWN_WINDOWS ->
          switch (applicant.nationality()) {
            case DOMESTIC -> decide(campaign, cohort, lists, now);
            case FOREIGN -> decide(campaign, cohort + Decision.FIRST_FOREIGN_COHORT, lists, now);
            case UNKNOWN -> never(Reason.NATIONALITY_UNKNOWN);
          };
    };
  }

  /// Decides by the cohort that was found at the identity check.
  ///
  /// @param cohort as papers carry it
  /// @param lists as they are now: they may have been imported anew since
  public static Decision decide(Campaign campaign, int cohort, Membership lists, Instant now) {
    Audience.KeptOut keptOut =
        cohort < 0 ? null : campaign.requirements().audience().keptOutBy(lists);
    return keptOut == null
        ? WindowRules.decide(campaign.calendar().windows(), cohort, lists, now)
        : keptOut.refused(cohort, lists, List.of());
  }

  /// Whether [#decide] admits a cohort to a window whose time it is, without saying why not.
  public static boolean admits(
      Campaign campaign, BookingWindow window, int cohort, Membership lists) {
    return window.admits(cohort)
        && campaign.requirements().audience().keptOutBy(lists) == null
        && window.audience().keptOutBy(lists) == null;
  }

  private static Decision never(Reason reason) {
    return Decision.refused(reason.cohort(), reason, List.of());
  }
}
