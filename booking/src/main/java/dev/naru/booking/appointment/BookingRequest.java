package dev.naru.booking.appointment;

import dev.naru.booking.supply.Share;
import dev.naru.common.person.PersonKey;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A booking as the engine decides it: everything about person, window and pass was checked before.
///
/// @param id of the first dose's appointment; the later doses' ids follow from it
/// @param campaign number of the campaign
/// @param slots one for each dose, the first dose first; all of them are got, or none
/// @param share how much of the supply is out for this person now
/// @param admission what it is booked under
public record BookingRequest(
    UUID id,
    int campaign,
    PersonKey person,
    List<Long> slots,
    Share share,
    Appointment.Admission admission) {

  public BookingRequest {
    slots = List.copyOf(slots);
    if (slots.isEmpty()) {
      throw new IllegalArgumentException("a booking needs a slot");
    }
  }

  /// The slot of the first dose: what the caller asked for.
  public long askedSlot() {
    return slots.getFirst();
  }

  /// The appointment id of a dose.
  public UUID idOf(int dose) {
    return Doses.id(id, dose);
  }

  /// What is written when it is granted: one appointment for each dose.
  List<Appointment> appointments() {
    List<Appointment> doses = new ArrayList<>(slots.size());
    for (int dose = 1; dose <= slots.size(); dose++) {
      long slot = slots.get(dose - 1);
      UUID first = dose == 1 ? null : id;
      doses.add(
          new Appointment(idOf(dose), campaign, person, dose, slot, slot, first, true, admission));
    }
    return doses;
  }
}
