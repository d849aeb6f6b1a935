package dev.naru.booking.appointment;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The doses of a booking and their slots, locked in the order that all transactions keep: slots
/// before appointments.
///
/// @param doses the active ones, the first dose first
/// @param slots their slots, and those that were asked for
record LockedBooking(List<Appointment> doses, Map<Long, LockedSlot> slots) {

  /// @param one of the doses
  /// @param others slots that will be needed too
  /// @throws SQLException also when a rival moved a dose between our look and our lock: its new
  ///   slot can only be locked in order by a new transaction
  static LockedBooking lock(TransactionStore transaction, Appointment one, List<Long> others)
      throws SQLException {
    return lock(transaction, one, _ -> others);
  }

  /// @param others slots that will be needed too, as it follows from the doses seen
  static LockedBooking lock(
      TransactionStore transaction, Appointment one, Function<List<Appointment>, List<Long>> others)
      throws SQLException {
    List<Appointment> seen =
        transaction.doses().ofBooking(one).stream().filter(Appointment::active).toList();
    List<Long> wanted = new ArrayList<>(others.apply(seen));
    seen.forEach(dose -> wanted.add(dose.slot()));
    Map<Long, LockedSlot> slots = transaction.lockSlots(wanted);
    List<Appointment> locked = transaction.doses().lock(one);
    if (!locked.equals(seen)) {
      throw AppointmentStore.rivalry("a booking was changed by somebody else meanwhile");
    }
    return new LockedBooking(locked, slots);
  }

  /// The active ones from a dose on; empty when that dose is cancelled.
  List<Appointment> from(int dose) {
    List<Appointment> from = doses.stream().filter(d -> d.dose() >= dose).toList();
    return from.isEmpty() || from.getFirst().dose() != dose ? List.of() : from;
  }
}
