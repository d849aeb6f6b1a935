package dev.naru.identity.session;

import java.time.Duration;

/// How long a session keeps others out and how long it lasts. Whole seconds.
///
/// @param lease after its last use no other device of the person gets in for this long
/// @param paper the session's paper is valid this long; people wait in line with it
public record SessionTimes(Duration lease, Duration paper) {
  /// Ten minutes, as in August 2021; half a day, so that nobody who waits has to verify again.
  public static final SessionTimes USUAL =
      new SessionTimes(Duration.ofMinutes(10), Duration.ofHours(12));

  public SessionTimes {
    if (lease.toSeconds() < 1 || paper.compareTo(lease) < 0) {
      throw new IllegalArgumentException("a lease has a second or more, a paper lasts longer");
    }
  }
}
