package dev.naru.booking.appointment;

import dev.naru.booking.appointment.AppointmentEvent.Kind;
import dev.naru.booking.search.SlotIndex;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Cancels a dose and the later ones of its booking, in one transaction.
record Cancellation(SlotIndex index, FreedPlaces freed, DayLimit limit, Instant now) {
  Change run(TransactionStore transaction, Appointment appointment) throws SQLException {
    List<Appointment> doses =
        LockedBooking.lock(transaction, appointment, List.of()).from(appointment.dose());
    if (doses.isEmpty()) {
      return Change.none(new ChangeResult.Done(doses));
    }
    if (index.hasBegun(doses.getFirst().slot(), now)) {
      return Change.none(new ChangeResult.Begun());
    }
    List<AppointmentEvent> events = new ArrayList<>();
    for (Appointment dose : doses) {
      events.add(new AppointmentEvent(Kind.CANCELLED, dose.id(), dose.slot(), null));
    }
    // Nobody is kept from saying that they do not come; who did it too often cannot book again.
    limit.count(transaction, appointment);
    transaction.doses().cancel(doses.stream().map(Appointment::id).toList());
    events.addAll(
        freed.keepBack(
            transaction, appointment.campaign(), doses.stream().map(Appointment::slot).toList()));
    transaction.record(events);
    return new Change(
        new ChangeResult.Done(doses.stream().map(Appointment::cancelled).toList()), events);
  }
}
