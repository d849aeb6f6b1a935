package dev.naru.booking.appointment;

import dev.naru.common.eligibility.Decision;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/// What came of a booking. The refusals stand in the order in which they are considered: the first
/// that applies is the answer.
public sealed interface BookingResult {
  /// On disk.
  ///
  /// @param doses the appointments, the first dose first
  record Booked(List<Appointment> doses) implements BookingResult {}

  /// The same id with the same slot and person: the first answer again.
  ///
  /// @param doses as they are now: moved or cancelled since, perhaps
  record Same(List<Appointment> doses) implements BookingResult {}

  /// A refusal.
  sealed interface Refusal extends BookingResult {}

  /// The campaign does not exist.
  record CampaignUnknown() implements Refusal {}

  /// The id was used for another slot or person.
  record IdReused() implements Refusal {}

  /// Nobody may book now.
  record WindowClosed() implements Refusal {}

  /// Somebody may book now, but not this person.
  record NotEligible(Decision.Refused decision) implements Refusal {}

  /// No pass, or none of this session, person, campaign and window.
  record PassMissing() implements Refusal {}

  /// The pass was theirs, and is over.
  record PassExpired() implements Refusal {}

  /// The person has an active appointment for one of the doses.
  record AlreadyBooked(UUID appointment) implements Refusal {}

  /// Cancelled or moved too often today.
  record TooManyChanges() implements Refusal {}

  /// The dose before has no active appointment.
  record DoseBeforeMissing(int dose) implements Refusal {}

  /// No such slot in this campaign.
  record SlotUnknown() implements Refusal {}

  /// A later dose may only be given between these days.
  record OutsideInterval(LocalDate from, LocalDate to) implements Refusal {}

  /// Nothing is left for this person in the slot of a dose.
  record SlotFull(int dose) implements Refusal {}
}
