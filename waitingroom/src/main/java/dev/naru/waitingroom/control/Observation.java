package dev.naru.waitingroom.control;

import org.jspecify.annotations.Nullable;

/// What was seen since the last step.
///
/// @param seconds since then; 0 or more
/// @param called places called
/// @param entered people who entered for the first time
/// @param turnedAway how often somebody was told at a full door to come back
/// @param load of booking; null when nobody knows
public record Observation(
    double seconds, double called, double entered, double turnedAway, @Nullable Load load) {
  /// @param answered booking requests decided since the last step
  /// @param served of them people who booked
  /// @param refused booking requests sent away since the last step
  /// @param latencyMillis mean time to a decision
  public record Load(double answered, double served, double refused, double latencyMillis) {}
}
