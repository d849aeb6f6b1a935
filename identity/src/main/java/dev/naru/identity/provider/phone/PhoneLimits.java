package dev.naru.identity.provider.phone;

import java.time.Duration;

/// What keeps codes from being guessed and phones from being flooded.
///
/// @param life of a code
/// @param tries wrong codes that a check survives
/// @param perNumber messages to one number in [#WINDOW], over all checks and nodes
/// @param pause between two messages of a check
public record PhoneLimits(Duration life, int tries, int perNumber, Duration pause) {
  /// Over which messages to a number are counted.
  public static final Duration WINDOW = Duration.ofHours(1);

  /// With five tries for each of five codes an hour, a guess is right once in 40,000 hours.
  public static final PhoneLimits USUAL =
      new PhoneLimits(Duration.ofMinutes(5), 5, 5, Duration.ofSeconds(30));
}
