package dev.naru.booking.appointment;

import dev.naru.booking.appointment.AppointmentEvent.Kind;
import dev.naru.booking.appointment.BookingResult.Refusal;
import dev.naru.booking.appointment.BookingResult.SlotFull;
import dev.naru.booking.appointment.BookingResult.SlotUnknown;
import dev.naru.booking.appointment.BookingResult.TooManyChanges;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Moves a dose in one transaction. The later doses of its booking keep their slots if the
/// product's interval allows that, and otherwise move along: all get their new slot, or none leaves
/// the old one.
///
/// @param share what of the supply is out for the person
/// @param productRefusal what keeps the person from the new slot's product; asked only when it is
///   another than they have
record Move(
    Campaign campaign,
    SlotIndex index,
    Share share,
    Supplier<@Nullable Refusal> productRefusal,
    FreedPlaces freed,
    DayLimit limit,
    Instant now) {

  Change run(TransactionStore transaction, Appointment appointment, long slot) throws SQLException {
    Slot target = index.slot(slot);
    if (target == null || index.hasBegun(slot, now)) {
      return refused(new SlotUnknown());
    }
    if (appointment.dose() == 1 && !campaign.takesFirstDoses(date(target))) {
      return refused(new SlotUnknown());
    }
    List<Long> targets = new ArrayList<>();
    LockedBooking booking =
        LockedBooking.lock(
            transaction,
            appointment,
            seen -> {
              List<Appointment> doses = new LockedBooking(seen, Map.of()).from(appointment.dose());
              targets.addAll(targets(doses, target));
              return targets;
            });
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
    if (limit.isReached(transaction, appointment)) {
      return refused(new TooManyChanges());
    }
    if (targets.size() < doses.size()) {
      return refused(new SlotFull(doses.get(targets.size()).dose()));
    }
    return move(transaction, booking, doses, targets);
  }

  /// Where the doses go; fewer when nothing is free for a later one.
  private List<Long> targets(List<Appointment> doses, Slot target) {
    DosePlan plan = new DosePlan(campaign, index, share, now);
    List<Long> targets = new ArrayList<>();
    targets.add(target.id());
    Slot before = target;
    for (Appointment later : doses.subList(Math.min(1, doses.size()), doses.size())) {
      Slot present = index.slot(later.slot());
      Slot next =
          present != null && mayStay(before, present) ? present : plan.next(before).orElse(null);
      if (next == null) {
        break;
      }
      targets.add(next.id());
      before = next;
    }
    return targets;
  }

  private boolean mayStay(Slot before, Slot later) {
    return later.product() == before.product()
        && Appointments.product(campaign, later).allows(date(before), date(later));
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
    if (target.product() == present.product()) {
      return intervalRefusal(booking.doses(), dose, target);
    }
    Product old = Appointments.product(campaign, present);
    Product product = Appointments.product(campaign, target);
    if (dose.dose() > 1
        || old.doses() != product.doses()
        || old.bookedTogether() != product.bookedTogether()) {
      // Another number of doses would be another booking, not a move of this one.
      return new Refused(new SlotUnknown());
    }
    Refusal barred = productRefusal.get();
    return barred == null ? null : new Refused(barred);
  }

  /// A later dose stays at the right distance from the one before it.
  private @Nullable ChangeResult intervalRefusal(
      List<Appointment> doses, Appointment moving, Slot target) {
    Product product = Appointments.product(campaign, target);
    for (Appointment dose : doses) {
      Slot slot = dose.dose() == moving.dose() - 1 ? index.slot(dose.slot()) : null;
      if (slot != null && !product.allows(date(slot), date(target))) {
        LocalDate day = date(slot);
        return new OutsideInterval(
            day.plusDays(product.earliestDays()), day.plusDays(product.latestDays()));
      }
    }
    return null;
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
    List<Long> left = new ArrayList<>();
    for (int i = 0; i < moving.size(); i++) {
      Appointment dose = moving.get(i);
      if (dose.slot() != targets.get(i)) {
        moved.add(dose.at(targets.get(i)));
        events.add(new AppointmentEvent(Kind.MOVED, dose.id(), dose.slot(), targets.get(i)));
        left.add(dose.slot());
      }
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
      transaction.doses().move(dose.id(), dose.slot());
    }
    limit.count(transaction, moving.getFirst());
    events.addAll(freed.keepBack(transaction, moving.getFirst().campaign(), left));
    transaction.record(events);
    List<Appointment> now = new ArrayList<>();
    for (int i = 0; i < moving.size(); i++) {
      now.add(moving.get(i).at(targets.get(i)));
    }
    return new Change(new Done(now), events);
  }

  private static Change refused(Refusal refusal) {
    return Change.none(new Refused(refusal));
  }

  private LocalDate date(Slot slot) {
    return LocalDate.ofInstant(slot.startsAt(), campaign.zone());
  }
}
