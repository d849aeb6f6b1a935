package dev.naru.booking.appointment;

import dev.naru.common.person.PersonKey;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person has a slot for a dose.
///
/// @param id made by the caller
/// @param campaign number of the campaign
/// @param dose from 1
/// @param slot where and when, now
/// @param askedSlot what the id was first used for; a retry has to name the same
/// @param first of a later dose: the appointment it was booked with
/// @param active false once cancelled
/// @param admission the admission it was booked under
public record Appointment(
    UUID id,
    int campaign,
    PersonKey person,
    int dose,
    long slot,
    long askedSlot,
    @Nullable UUID first,
    boolean active,
    Admission admission) {

  /// The id of the first dose's appointment, which may be this one.
  UUID firstId() {
    return first == null ? id : first;
  }

  /// The same in another slot.
  Appointment at(long newSlot) {
    return new Appointment(
        id, campaign, person, dose, newSlot, askedSlot, first, active, admission);
  }

  /// The same, cancelled.
  Appointment cancelled() {
    return new Appointment(id, campaign, person, dose, slot, askedSlot, first, false, admission);
  }

  /// The admission that somebody books under.
  ///
  /// @param session whose pass it was
  /// @param until when the pass ends
  public record Admission(UUID session, Instant until) {}
}
