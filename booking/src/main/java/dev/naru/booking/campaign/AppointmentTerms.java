package dev.naru.booking.campaign;

import java.time.Duration;

/// What a campaign allows beyond booking, and how freed doses come back.
///
/// @param returnDelay longest time until a freed dose can be booked again; the moment is random, so
///   that nobody can hand a slot over at a known one. Zero: at once
/// @param hold how long a slot is held while somebody fills in a form; zero: no holds
/// @param accept how long an offer of the waitlist stands; zero: no waitlist
/// @param changesPerDay after so many cancellations and moves on one day a person can neither book
///   nor move until the next; and as many holds are given. Zero: no limit
public record AppointmentTerms(
    Duration returnDelay, Duration hold, Duration accept, int changesPerDay) {

  /// Freed at once, no holds, no waitlist, no limit.
  public static final AppointmentTerms PLAIN =
      new AppointmentTerms(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);

  /// Whether slots can be held.
  public boolean holds() {
    return hold.isPositive();
  }

  /// Whether freed doses are offered to a waitlist first.
  public boolean waitlist() {
    return accept.isPositive();
  }

  /// Whether a person may have a place reserved that is no appointment.
  public boolean reserves() {
    return holds() || waitlist();
  }

  /// Whether a freed dose is kept back for a while.
  public boolean delays() {
    return returnDelay.isPositive() || waitlist();
  }
}
