package dev.naru.booking.appointment;

import dev.naru.booking.appointment.AppointmentEvent.Kind;
import dev.naru.booking.appointment.BookingResult.SlotFull;
import dev.naru.booking.appointment.BookingResult.SlotUnknown;
import dev.naru.booking.appointment.ChangeResult.Begun;
import dev.naru.booking.appointment.ChangeResult.Cancelled;
import dev.naru.booking.appointment.ChangeResult.Done;
import dev.naru.booking.appointment.ChangeResult.OutsideInterval;
import dev.naru.booking.appointment.ChangeResult.Refused;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.Product;
import dev.naru.booking.search.SlotIndex;
import dev.naru.booking.search.SlotIndex.Slot;
import dev.naru.booking.supply.Share;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Moves a dose, and with the first dose the later ones of its booking, in one transaction: all get
/// their new slot, or none leaves the old one.
///
/// @param share what of the supply is out for the person
record Move(Campaign campaign, SlotIndex index, Share share, Instant now) {

  Change run(TransactionStore transaction, Appointment appointment, long slot) throws SQLException {
    Slot target = index.slot(slot);
    if (target == null || index.hasBegun(slot, now)) {
      return refused(new SlotUnknown());
    }
    boolean first = appointment.dose() == 1;
    if (first && !campaign.takesFirstDoses(date(target))) {
      return refused(new SlotUnknown());
    }
    List<Long> targets =
        first ? new DosePlan(campaign, index, share, now).slotsFrom(target) : List.of(slot);
    LockedBooking booking = LockedBooking.lock(transaction, appointment.firstId(), targets);
    List<Appointment> doses = booking.from(appointment.dose());
    if (doses.isEmpty()) {
      return Change.none(new Cancelled());
    }
    if (doses.getFirst().slot() == slot) {
      return Change.none(new Done(doses));
    }
    ChangeResult refusal = refusal(booking, doses, target);
    if (refusal != null) {
      return Change.none(refusal);
    }
    List<Appointment> moving = first ? doses : doses.subList(0, 1);
    if (targets.size() < moving.size()) {
      return refused(new SlotFull(targets.size() + 1));
    }
    return move(transaction, booking, moving, targets);
  }

  private @Nullable ChangeResult refusal(
      LockedBooking booking, List<Appointment> doses, Slot target) {
    Appointment dose = doses.getFirst();
    Slot present = index.slot(dose.slot());
    if (present == null) {
      return new Refused(new SlotUnknown());
    }
    if (index.hasBegun(present.id(), now)) {
      return new Begun();
    }
    if (dose.dose() == 1) {
      // Another number of doses would be another booking, not a move of this one.
      return DosePlan.doses(campaign, present) == DosePlan.doses(campaign, target)
          ? null
          : new Refused(new SlotUnknown());
    }
    return target.product() == present.product()
        ? intervalRefusal(booking.doses(), dose, target)
        : new Refused(new SlotUnknown());
  }

  /// A later dose stays at the right distance from the one before it and the one after it.
  private @Nullable ChangeResult intervalRefusal(
      List<Appointment> doses, Appointment moving, Slot target) {
    Product product = Appointments.product(campaign, target);
    LocalDate from = LocalDate.MIN;
    LocalDate to = LocalDate.MAX;
    for (Appointment dose : doses) {
      Slot slot = index.slot(dose.slot());
      if (slot == null) {
        return new Refused(new SlotUnknown());
      }
      LocalDate day = date(slot);
      if (dose.dose() == moving.dose() - 1) {
        from = later(from, day.plusDays(product.earliestDays()));
        to = earlier(to, day.plusDays(product.latestDays()));
      } else if (dose.dose() == moving.dose() + 1) {
        from = later(from, day.minusDays(product.latestDays()));
        to = earlier(to, day.minusDays(product.earliestDays()));
      }
    }
    LocalDate day = date(target);
    return day.isBefore(from) || day.isAfter(to) ? new OutsideInterval(from, to) : null;
  }

  private static LocalDate later(LocalDate a, LocalDate b) {
    return a.isAfter(b) ? a : b;
  }

  private static LocalDate earlier(LocalDate a, LocalDate b) {
    return a.isBefore(b) ? a : b;
  }

  /// @param moving the doses that get the targets, in this order
  private Change move(
      TransactionStore transaction,
      LockedBooking booking,
      List<Appointment> moving,
      List<Long> targets)
      throws SQLException {
    List<Appointment> moved = new ArrayList<>();
    List<AppointmentEvent> events = new ArrayList<>();
    for (int i = 0; i < moving.size(); i++) {
      Appointment dose = moving.get(i);
      moved.add(dose.at(targets.get(i)));
      events.add(new AppointmentEvent(Kind.MOVED, dose.id(), dose.slot(), targets.get(i)));
    }
    Map<Long, Integer> net = AppointmentEvent.changes(events);
    for (int i = 0; i < moving.size(); i++) {
      LockedSlot slot = booking.slots().get(targets.get(i));
      if (slot == null) {
        return refused(new SlotUnknown());
      }
      if (net.getOrDefault(slot.id(), 0) > slot.free(share)) {
        return refused(new SlotFull(moving.get(i).dose()));
      }
    }
    for (Appointment dose : moved) {
      transaction.move(dose.id(), dose.slot());
    }
    transaction.record(events);
    return new Change(new Done(moved), events);
  }

  private static Change refused(BookingResult.Refusal refusal) {
    return Change.none(new Refused(refusal));
  }

  private LocalDate date(Slot slot) {
    return LocalDate.ofInstant(slot.startsAt(), campaign.zone());
  }
}
