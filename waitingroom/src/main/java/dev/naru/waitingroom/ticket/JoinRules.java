package dev.naru.waitingroom.ticket;

import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.eligibility.Eligibility;
import dev.naru.common.eligibility.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which line somebody may join now.
final class JoinRules {
  private JoinRules() {}

  /// What the rules say.
  sealed interface Choice {
    /// The line of this window.
    record Join(BookingWindow window) implements Choice {}

    /// None.
    ///
    /// @param reason null when the person may not book at all
    /// @param windows their own that are not over, earliest first
    record Refuse(@Nullable Reason reason, List<BookingWindow> windows) implements Choice {}
  }

  /// @param windows of the campaign, in order of time
  static Choice choose(List<BookingWindow> windows, int cohort, Instant now) {
    if (cohort == Eligibility.NO_COHORT) {
      return new Choice.Refuse(null, List.of());
    }
    List<BookingWindow> own =
        windows.stream()
            .filter(window -> window.admits(cohort) && now.isBefore(window.closes()))
            .toList();
    if (own.isEmpty()) {
      return new Choice.Refuse(Reason.OVER, own);
    }
    for (BookingWindow window : own) {
      if (window.isJoinable(now)) {
        return new Choice.Join(window);
      }
    }
    return new Choice.Refuse(Reason.NOT_YET, own);
  }
}
