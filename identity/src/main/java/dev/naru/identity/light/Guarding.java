package dev.naru.identity.light;

import java.time.Duration;

/// How a provider's trouble is kept from everybody else.
///
/// @param limit for one call; whoever waits longer has reloaded the page
/// @param calls the last calls by which the breaker judges; it opens when half of them failed
/// @param pause for which an open breaker lets nobody through
/// @param probes calls that have to succeed after the pause before everybody may come again
public record Guarding(Duration limit, int calls, Duration pause, int probes) {
  /// Ten seconds. Twenty calls are 30 ms of a national opening's 700 checks a second, and enough
  /// that a run of bad luck is not an outage. After five seconds people look for another button.
  public static final Guarding USUAL =
      new Guarding(Duration.ofSeconds(10), 20, Duration.ofSeconds(5), 3);
}
