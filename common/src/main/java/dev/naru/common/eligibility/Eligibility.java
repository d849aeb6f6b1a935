package dev.naru.common.eligibility;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a person may take part in a campaign, now and at all.
///
/// @param eligible may join the line now (the lobby or the window of their cohort is open)
/// @param cohort the person's cohort; 0 when the campaign has no rotation, [#NO_COHORT] when they
///   may not book at all
/// @param reason why not; null exactly when eligible
/// @param windows the person's own booking windows that are not over yet, earliest first
public record Eligibility(
    boolean eligible, int cohort, @Nullable Reason reason, List<BookingWindow> windows) {
  /// The cohort of somebody who may not book at all.
  public static final int NO_COHORT = -1;

  public Eligibility {
    if (eligible != (reason == null)) {
      throw new IllegalArgumentException("a reason belongs to a refusal, and only there");
    }
    windows = List.copyOf(windows);
  }
}
