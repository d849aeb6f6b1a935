package dev.naru.common.eligibility;

import java.time.Instant;
import java.util.List;

/// When somebody may take part, of whom only what papers say is known. Every door asks these rules:
/// the identity check after its own, the line and booking by themselves.
public final class WindowRules {
  private WindowRules() {}

  /// @param windows of the campaign, in order of time
  /// @param cohort as papers carry it
  /// @param lists on which the person is
  public static Decision decide(
      List<BookingWindow> windows, int cohort, Membership lists, Instant now) {
    if (cohort < 0) {
      return Decision.refused(cohort, Reason.ofCohort(cohort), List.of());
    }
    List<BookingWindow> own = windows.stream().filter(window -> window.admits(cohort)).toList();
    if (own.isEmpty()) {
      return Decision.refused(cohort, Reason.OUTSIDE, List.of());
    }
    List<BookingWindow> ahead =
        own.stream().filter(window -> now.isBefore(window.closes())).toList();
    if (ahead.isEmpty()) {
      return Decision.refused(cohort, Reason.OVER, ahead);
    }
    List<BookingWindow> open =
        ahead.stream().filter(window -> window.audience().keptOutBy(lists) == null).toList();
    if (open.isEmpty()) {
      Audience.KeptOut keptOut = ahead.getFirst().audience().keptOutBy(lists);
      return keptOut == null
          ? Decision.refused(cohort, Reason.OUTSIDE, List.of())
          : keptOut.refused(cohort, lists, List.of());
    }
    return open.stream()
        .filter(window -> window.isJoinable(now))
        .findFirst()
        .<Decision>map(window -> new Decision.Admitted(cohort, window, open))
        .orElseGet(() -> Decision.refused(cohort, Reason.NOT_YET, open));
  }
}
