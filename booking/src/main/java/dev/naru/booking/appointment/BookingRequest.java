package dev.naru.booking.appointment;

import dev.naru.booking.supply.Share;
import dev.naru.common.person.PersonKey;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A booking as the engine decides it: everything about person, window and pass was checked before.
///
/// @param id of the first dose's appointment; the later doses' ids follow from it
/// @param campaign number of the campaign
/// @param slots one for each dose, the first dose first; all of them are got, or none
/// @param share how much of the supply is out for this person now
/// @param admission what it is booked under
/// @param terms what the campaign allows beyond booking
/// @param helper who acts for the person; null for themselves
public record BookingRequest(
    UUID id,
    int campaign,
    PersonKey person,
    List<Long> slots,
    Share share,
    Appointment.Admission admission,
    Terms terms,
    @Nullable PersonKey helper) {

  /// What the engine has to look at besides slots and persons.
  ///
  /// @param reserves whether the person may have reserved a place
  /// @param changesPerDay after which a person cannot book again that day; 0: no limit
  /// @param today by the campaign's clocks
  public record Terms(boolean reserves, int changesPerDay, LocalDate today) {
    /// Nothing: what most campaigns have, and what costs nothing.
    public static final Terms PLAIN = new Terms(false, 0, LocalDate.EPOCH);

    boolean isPlain() {
      return !reserves && changesPerDay == 0;
    }
  }

  /// A booking by the person themselves, under plain terms.
  public BookingRequest(
      UUID id,
      int campaign,
      PersonKey person,
      List<Long> slots,
      Share share,
      Appointment.Admission admission) {
    this(id, campaign, person, slots, share, admission, Terms.PLAIN, null);
  }

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
