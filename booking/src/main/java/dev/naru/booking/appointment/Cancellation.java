package dev.naru.booking.appointment;

import dev.naru.booking.appointment.AppointmentEvent.Kind;
import dev.naru.booking.search.SlotIndex;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// Cancels a dose and the later ones of its booking, in one transaction.
record Cancellation(SlotIndex index, Instant now) {
  Change run(TransactionStore transaction, Appointment appointment) throws SQLException {
    List<Appointment> doses =
        LockedBooking.lock(transaction, appointment.firstId(), List.of()).from(appointment.dose());
    if (doses.isEmpty()) {
      return Change.none(new ChangeResult.Done(doses));
    }
    if (index.hasBegun(doses.getFirst().slot(), now)) {
      return Change.none(new ChangeResult.Begun());
    }
    List<AppointmentEvent> events =
        doses.stream()
            .map(dose -> new AppointmentEvent(Kind.CANCELLED, dose.id(), dose.slot(), null))
            .toList();
    transaction.cancel(doses.stream().map(Appointment::id).toList());
    transaction.record(events);
    return new Change(
        new ChangeResult.Done(doses.stream().map(Appointment::cancelled).toList()), events);
  }
}
