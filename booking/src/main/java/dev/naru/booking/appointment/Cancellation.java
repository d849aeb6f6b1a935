package dev.naru.booking.appointment;

import dev.naru.booking.appointment.AppointmentStore.Event;
import dev.naru.booking.appointment.AppointmentStore.EventKind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Cancels a dose and the later ones of its booking, in one transaction.
final class Cancellation {
  private final List<Long> freed = new ArrayList<>();

  /// The slots that were freed.
  List<Long> freed() {
    return freed;
  }

  ChangeResult run(AppointmentStore.Transaction transaction, Appointment appointment)
      throws SQLException {
    List<Appointment> doses = DosesInTransaction.lock(transaction, appointment, List.of());
    if (!doses.isEmpty()) {
      Map<Long, Integer> changes = new HashMap<>();
      List<Event> events = new ArrayList<>();
      for (Appointment dose : doses) {
        changes.merge(dose.slot(), -1, Integer::sum);
        events.add(new Event(EventKind.CANCELLED, dose.id(), dose.slot(), null));
        freed.add(dose.slot());
      }
      transaction.cancel(doses.stream().map(Appointment::id).toList());
      transaction.raiseCounters(changes);
      transaction.record(events);
    }
    return new ChangeResult.Done(doses);
  }
}
