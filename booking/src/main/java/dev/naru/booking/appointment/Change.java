package dev.naru.booking.appointment;

import java.util.List;

/// What a transaction did to an appointment.
///
/// @param result the answer
/// @param events what was recorded; none after a refusal
record Change(ChangeResult result, List<AppointmentEvent> events) {
  /// Nothing was changed.
  static Change none(ChangeResult result) {
    return new Change(result, List.of());
  }
}
