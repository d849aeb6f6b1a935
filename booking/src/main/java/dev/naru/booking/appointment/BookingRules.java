package dev.naru.booking.appointment;

import dev.naru.booking.appointment.BookingResult.Refusal;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.eligibility.Entitlement;
import dev.naru.booking.place.HeldPlace;
import dev.naru.booking.supply.Share;
import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.eligibility.Decision;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperCheck;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Who may take from the supply now: an eligible cohort, in its window by the server's clock, with
/// a pass of its own session (invariant 6).
final class BookingRules {
  private BookingRules() {}

  /// @param entitlement with the same clock
  /// @param session the caller's, verified
  /// @param pass what came of verifying the pass they sent
  static Gate gate(
      Campaign campaign, Entitlement entitlement, Paper session, PaperCheck pass, Instant now) {
    BookingWindow window = campaign.calendar().current(now).orElse(null);
    Refusal refusal = refusal(campaign, entitlement, session, window, now);
    if (refusal != null || window == null) {
      return new Gate.Shut(refusal == null ? new BookingResult.WindowClosed() : refusal);
    }
    return switch (pass) {
      case PaperCheck.Valid(Paper paper) when isOf(session, window, paper) ->
          new Gate.Open(
              Share.of(window), new Appointment.Admission(paper.session(), paper.expires()));
      case PaperCheck.Expired(Paper paper) when isOf(session, window, paper) ->
          new Gate.Shut(new BookingResult.PassExpired());
      case PaperCheck.Valid _, PaperCheck.Expired _, PaperCheck.Forged _ ->
          new Gate.Shut(new BookingResult.PassMissing());
    };
  }

  /// The same for somebody who was called before and now accepts an offer.
  static Gate offered(
      Campaign campaign, Entitlement entitlement, Paper session, HeldPlace offer, Instant now) {
    BookingWindow window = campaign.calendar().current(now).orElse(null);
    Refusal refusal = refusal(campaign, entitlement, session, window, now);
    if (refusal != null || window == null) {
      return new Gate.Shut(refusal == null ? new BookingResult.WindowClosed() : refusal);
    }
    return new Gate.Open(
        Share.of(window), new Appointment.Admission(session.session(), offer.until()));
  }

  private static @Nullable Refusal refusal(
      Campaign campaign,
      Entitlement entitlement,
      Paper session,
      @Nullable BookingWindow window,
      Instant now) {
    if (window == null || !window.isOpen(now)) {
      return new BookingResult.WindowClosed();
    }
    Decision.Refused refused = entitlement.refusesAtBooking(campaign, session, window);
    return refused == null ? null : new BookingResult.NotEligible(refused);
  }

  private static boolean isOf(Paper session, BookingWindow window, Paper pass) {
    return pass.campaign().equals(session.campaign())
        && pass.person().equals(session.person())
        && pass.session().equals(session.session())
        && pass.line() == window.line();
  }
}
