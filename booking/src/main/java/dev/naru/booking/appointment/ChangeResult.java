package dev.naru.booking.appointment;

import java.time.LocalDate;
import java.util.List;

/// What came of moving or cancelling an appointment.
public sealed interface ChangeResult {
  /// On disk, or it was so already.
  ///
  /// @param doses the appointments of the booking from the changed dose on
  record Done(List<Appointment> doses) implements ChangeResult {}

  /// No such appointment of this person.
  record NotFound() implements ChangeResult {}

  /// It was cancelled before; a cancelled appointment cannot be moved.
  record Cancelled() implements ChangeResult {}

  /// Its time has come: it can be neither moved nor cancelled any more.
  record Begun() implements ChangeResult {}

  /// A later dose may only be given between these days.
  record OutsideInterval(LocalDate from, LocalDate to) implements ChangeResult {}

  /// A booking here would be refused, so moving is too.
  record Refused(BookingResult.Refusal refusal) implements ChangeResult {}
}
