package dev.naru.waitingroom.control;

/// How busy booking is, as it says itself. Counts go up for as long as the program runs.
///
/// @param answered requests that were decided, whatever the decision
/// @param served of them people who booked
/// @param refused requests that were sent away because too many were in flight
/// @param latencyMillis mean time to a decision in the last second; 0 when nothing was decided
/// @param inFlight requests that are being decided now
public record BookingLoad(
    long answered, long served, long refused, double latencyMillis, int inFlight) {
  /// Nothing happens.
  public static final BookingLoad CALM = new BookingLoad(0, 0, 0, 0, 0);
}
