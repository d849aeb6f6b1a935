package dev.naru.waitingroom.admission;

import java.time.Duration;
import java.time.Instant;

/// A token bucket at the door. The line calls people at a pace, but nothing says when the called
/// really come: after an outage, or when a train leaves a tunnel, many may come at once. The bucket
/// lets the pace through, and a burst of twenty seconds' worth.
///
/// Each node has one of its own: with n nodes at most n times as many enter.
public final class EntryBucket {
  /// People ask every two seconds with jitter when they are near, so a few seconds' worth arrive
  /// together on an ordinary day; twenty leave room, and are still little for the station behind.
  private static final int BURST_SECONDS = 20;

  /// A pace of a few people a minute should not refuse a family.
  private static final double SMALLEST_BURST = 20;

  /// Callers come here a little out of order; a clock that is further back has been set.
  private static final Duration SET_BACK = Duration.ofSeconds(1);

  private double tokens = -1;
  private Instant at = Instant.MIN;

  /// Takes one place through the door.
  ///
  /// @return false when there is none now
  public synchronized boolean take(Instant now, int perMinute) {
    double burst = Math.max(SMALLEST_BURST, perMinute / 60.0 * BURST_SECONDS);
    if (tokens < 0) {
      tokens = burst;
      at = now;
    }
    if (now.isBefore(at.minus(SET_BACK))) {
      at = now;
    }
    if (now.isAfter(at)) {
      double seconds = Duration.between(at, now).toNanos() / 1e9;
      tokens = Math.min(burst, tokens + seconds * perMinute / 60.0);
      at = now;
    }
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /// Gives it back: the person had a pass already, or got none.
  public synchronized void giveBack() {
    tokens++;
  }
}
