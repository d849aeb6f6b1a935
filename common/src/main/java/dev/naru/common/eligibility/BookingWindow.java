package dev.naru.common.eligibility;

import java.time.Instant;
import java.util.Set;

/// A time in which some cohorts may book; each has a line of its own.
///
/// @param line its number within the campaign, from 0 in order of time
/// @param cohorts who may book in it; empty means everybody who is eligible
/// @param lobbyOpens from when people may gather; not after `opens`
/// @param opens when the draw takes place and booking begins
/// @param closes when booking ends
/// @param releaseDay how many daily shares of the supply are out in it, from 1
/// @param releaseDays how many daily shares there are; in the open phase equal to `releaseDay`
public record BookingWindow(
    int line,
    Set<Integer> cohorts,
    Instant lobbyOpens,
    Instant opens,
    Instant closes,
    int releaseDay,
    int releaseDays) {

  public BookingWindow {
    cohorts = Set.copyOf(cohorts);
    if (lobbyOpens.isAfter(opens) || !opens.isBefore(closes)) {
      throw new IllegalArgumentException("lobby, opening and closing come in this order");
    }
  }

  /// Whether a cohort books in this window.
  public boolean admits(int cohort) {
    return cohort >= 0 && (cohorts.isEmpty() || cohorts.contains(cohort));
  }

  /// Whether booking is possible at a moment: the opening counts, the closing does not.
  public boolean isOpen(Instant now) {
    return !now.isBefore(opens) && now.isBefore(closes);
  }

  /// Whether people may join its line at a moment, in the lobby or later.
  public boolean isJoinable(Instant now) {
    return !now.isBefore(lobbyOpens) && now.isBefore(closes);
  }
}
