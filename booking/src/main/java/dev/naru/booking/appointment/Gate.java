package dev.naru.booking.appointment;

import dev.naru.booking.supply.Share;

/// What the booking rules say to somebody who wants to see or take a slot.
public sealed interface Gate {
  /// May book.
  ///
  /// @param share what of the supply is out for them
  /// @param admission their pass
  record Open(Share share, Appointment.Admission admission) implements Gate {}

  /// May not, and why.
  record Shut(BookingResult.Refusal refusal) implements Gate {}
}
