package dev.naru.waitingroom.line;

import java.time.Duration;
import java.time.Instant;

/// How a line moves on: at the pace it is given, exact to the nanosecond, never back, never past
/// the last person who joined.
final class PaceRules {
  private static final long PLACE = 60_000_000_000L;
  private static final long SECOND = 1_000_000_000L;

  /// After an outage the missed time is not released as one burst: the booking station behind would
  /// take all of it at once, at the very moment when it has just come back. Five ticks cover a long
  /// garbage collection or a node taking over from another.
  private static final long MOST_PER_TICK = Duration.ofSeconds(5).toNanos();

  private PaceRules() {}

  /// The line after a tick.
  ///
  /// @param joined the last number given: as many places there are
  /// @param perMinute places called in a minute
  static Pace tick(Pace pace, long joined, Instant now, int perMinute) {
    Instant before = pace.tickedAt();
    if (before == null) {
      return new Pace(pace.serving(), 0, now);
    }
    if (!before.isBefore(now)) {
      return ahead(pace, before, now);
    }
    Duration passed = Duration.between(before, now);
    long nanos =
        passed.compareTo(Duration.ofNanos(MOST_PER_TICK)) > 0 ? MOST_PER_TICK : passed.toNanos();
    long credit = pace.credit() + nanos * perMinute;
    long called = Math.min(credit / PLACE, joined - pace.serving());
    return new Pace(
        pace.serving() + called, Math.min(credit - called * PLACE, idle(perMinute)), now);
  }

  /// The line after a tick in which nobody is called. What was earned before is not kept: a pause
  /// means that booking needs it.
  static Pace hold(Pace pace, Instant now) {
    Instant before = pace.tickedAt();
    return before != null && !before.isBefore(now)
        ? ahead(pace, before, now)
        : new Pace(pace.serving(), 0, now);
  }

  /// The clock has been set back, or the node that takes over has a slower one. For a moment the
  /// line waits; when it was far ahead it goes on from here, and nobody waits for as long as that
  /// clock was wrong.
  private static Pace ahead(Pace pace, Instant before, Instant now) {
    return Duration.between(now, before).toNanos() > MOST_PER_TICK
        ? new Pace(pace.serving(), 0, now)
        : pace;
  }

  /// The most an idle line keeps for the next arrivals: one second's worth, so that quiet hours do
  /// not add up to a burst, and at least one place, so that a lone person walks straight in.
  private static long idle(int perMinute) {
    return Math.max(PLACE, SECOND * perMinute);
  }
}
