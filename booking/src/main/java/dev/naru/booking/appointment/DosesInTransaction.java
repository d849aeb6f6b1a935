package dev.naru.booking.appointment;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Takes a booking's slots and then its appointments, in the order that all transactions keep.
final class DosesInTransaction {
  /// A rival can move an appointment between our look and our lock; each try sees one rival end.
  private static final int TRIES = 5;

  private DosesInTransaction() {}

  /// Locks the slots of a dose and the later ones of its booking, together with other slots, and
  /// then these appointments.
  ///
  /// @param others slots that will be needed too
  /// @return the active ones, from the given dose on; empty when it is cancelled
  static List<Appointment> lock(
      AppointmentStore.Transaction transaction, Appointment appointment, List<Long> others)
      throws SQLException {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      List<Appointment> seen = transaction.dosesFrom(appointment);
      List<Long> slots = new ArrayList<>(others);
      seen.forEach(dose -> slots.add(dose.slot()));
      transaction.lockSlots(slots);
      List<Appointment> locked = transaction.lockDosesFrom(appointment);
      if (locked.equals(seen)) {
        return locked;
      }
    }
    throw new IllegalStateException("appointment " + appointment.id() + " changes all the time");
  }
}
