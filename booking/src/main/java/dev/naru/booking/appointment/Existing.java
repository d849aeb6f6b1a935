package dev.naru.booking.appointment;

import dev.naru.booking.appointment.BookingResult.AlreadyBooked;
import dev.naru.booking.appointment.BookingResult.CampaignUnknown;
import dev.naru.booking.appointment.BookingResult.DoseBeforeMissing;
import dev.naru.booking.appointment.BookingResult.IdReused;
import dev.naru.booking.appointment.BookingResult.NotEligible;
import dev.naru.booking.appointment.BookingResult.OutsideInterval;
import dev.naru.booking.appointment.BookingResult.PassExpired;
import dev.naru.booking.appointment.BookingResult.PassMissing;
import dev.naru.booking.appointment.BookingResult.Refusal;
import dev.naru.booking.appointment.BookingResult.SlotFull;
import dev.naru.booking.appointment.BookingResult.SlotUnknown;
import dev.naru.booking.appointment.BookingResult.TooManyChanges;
import dev.naru.booking.appointment.BookingResult.WindowClosed;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the database holds already that bears on a request.
///
/// @param replay the answer to an id that was used before; null when the id is new
/// @param booked the person's active appointment for one of the doses; null when there is none
record Existing(@Nullable BookingResult replay, @Nullable AlreadyBooked booked) {

  /// @param byId what exists under the ids of the request's doses
  /// @param active the person's active appointments
  static Existing of(
      BookingRequest request, Map<UUID, Appointment> byId, List<Appointment> active) {
    AlreadyBooked booked =
        active.stream()
            .filter(a -> a.campaign() == request.campaign() && a.dose() <= request.slots().size())
            .findFirst()
            .map(appointment -> new AlreadyBooked(appointment.id()))
            .orElse(null);
    return new Existing(Replay.of(request, byId), booked);
  }

  /// What is told instead of a refusal: a retry gets its first answer even when a booking would be
  /// refused by now, and an appointment comes before "unknown" and "full".
  BookingResult before(Refusal refusal) {
    if (replay != null) {
      return replay;
    }
    return switch (refusal) {
      case CampaignUnknown _, IdReused _, WindowClosed _, NotEligible _ -> refusal;
      case PassMissing _, PassExpired _ -> refusal;
      case AlreadyBooked _, TooManyChanges _, DoseBeforeMissing _ ->
          booked != null ? booked : refusal;
      case SlotUnknown _, OutsideInterval _, SlotFull _ -> booked != null ? booked : refusal;
    };
  }

  /// What is told to somebody whose appointment could not be inserted; null when whatever was in
  /// the way is gone.
  @Nullable BookingResult conflict() {
    return replay != null ? replay : booked;
  }
}
