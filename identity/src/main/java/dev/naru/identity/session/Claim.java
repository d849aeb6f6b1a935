package dev.naru.identity.session;

import java.time.Instant;
import java.util.UUID;

/// What came of asking for a person's session.
public sealed interface Claim {
  /// The device has the session, and that is on disk.
  ///
  /// @param session the same as before when the device had it already
  /// @param expires when its paper runs out; whole seconds
  record Granted(UUID session, Instant expires) implements Claim {}

  /// Another device of the person was first and is alive.
  ///
  /// @param secondsLeft until its lease runs out, if it is not used meanwhile; 1 or more
  record Elsewhere(long secondsLeft) implements Claim {}

  /// It could not be written to disk, so nothing has changed.
  record NotStored() implements Claim {}
}
