package dev.naru.common.eligibility;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A time in which some cohorts may book; each has a line of its own.
///
/// @param line its number within the campaign, from 0 in order of time
/// @param cohorts last digits of the days of birth of those who may book in it; empty means
///   everybody who is eligible
/// @param lobbyOpens from when people may gather; not after `opens`
/// @param opens when the draw takes place and booking begins
/// @param closes when booking ends
/// @param releaseDay how many daily shares of the supply are out in it, from 1
/// @param releaseDays how many daily shares there are; in the open phase equal to `releaseDay`
/// @param audience who else may not
public record BookingWindow(
    int line,
    Set<Integer> cohorts,
    Instant lobbyOpens,
    Instant opens,
    Instant closes,
    int releaseDay,
    int releaseDays,
    Audience audience) {

  /// How many last digits there are.
  private static final int DIGITS = 10;

  public BookingWindow {
    cohorts = Set.copyOf(cohorts);
    if (lobbyOpens.isAfter(opens) || !opens.isBefore(closes)) {
      throw new IllegalArgumentException("lobby, opening and closing come in this order");
    }
  }

  /// A window without an audience of its own.
  public BookingWindow(
      int line,
      Set<Integer> cohorts,
      Instant lobbyOpens,
      Instant opens,
      Instant closes,
      int releaseDay,
      int releaseDays) {
    this(line, cohorts, lobbyOpens, opens, closes, releaseDay, releaseDays, Audience.EVERYBODY);
  }

  /// Whether a cohort books in this window, as far as lists do not say otherwise.
  public boolean admits(int cohort) {
    return cohort >= 0
        && isOfOrigin(cohort)
        && (cohorts.isEmpty() || cohorts.contains(cohort % DIGITS));
  }

  private boolean isOfOrigin(int cohort) {
    return switch (audience.origin()) {
      case ANY -> true;
      case DOMESTIC -> cohort < Decision.FIRST_FOREIGN_COHORT;
      case FOREIGN -> cohort >= Decision.FIRST_FOREIGN_COHORT;
    };
  }

  /// The cohorts of [#admits]; empty means all.
  public Set<Integer> admitted() {
    return audience.origin() == Audience.Origin.ANY
        ? cohorts
        : IntStream.range(0, Decision.FIRST_FOREIGN_COHORT + DIGITS)
            .filter(this::admits)
            .boxed()
            .collect(Collectors.toUnmodifiableSet());
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
