package dev.naru.booking.appointment;

import dev.naru.booking.appointment.AppointmentStore.Event;
import dev.naru.booking.appointment.AppointmentStore.EventKind;
import dev.naru.booking.appointment.BookingResult.SlotFull;
import dev.naru.booking.appointment.BookingResult.SlotUnknown;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Moves a dose, and with the first dose the later ones of its booking, in one transaction: all get
/// their new slot, or none leaves the old one.
final class Move {
  private final Campaign campaign;
  private final SlotIndex index;
  private final Share share;
  private final Instant now;
  private final Map<Long, Integer> changes = new HashMap<>();

  Move(Campaign campaign, SlotIndex index, Share share, Instant now) {
    this.campaign = campaign;
    this.index = index;
    this.share = share;
    this.now = now;
  }

  /// What was committed: by how much each slot's counter changed. Empty after a refusal.
  Map<Long, Integer> changes() {
    return changes;
  }

  ChangeResult run(AppointmentStore.Transaction transaction, Appointment appointment, long slot)
      throws SQLException {
    Slot target = index.slot(slot);
    if (target == null) {
      return new Refused(new SlotUnknown());
    }
    if (appointment.dose() > 1) {
      ChangeResult refusal = intervalRefusal(transaction, appointment, target);
      return refusal != null ? refusal : change(transaction, appointment, List.of(slot));
    }
    if (!campaign.takesFirstDoses(date(target))) {
      return new Refused(new SlotUnknown());
    }
    List<Long> targets = new DosePlan(campaign, index, share, now).slotsFrom(target);
    return change(transaction, appointment, targets);
  }

  private @Nullable ChangeResult intervalRefusal(
      AppointmentStore.Transaction transaction, Appointment later, Slot target)
      throws SQLException {
    UUID first = later.first();
    if (first == null) {
      return null;
    }
    Optional<Appointment> before = transaction.byId(Doses.id(first, later.dose() - 1));
    Slot slotBefore = before.map(dose -> index.slot(dose.slot())).orElse(null);
    Slot slotNow = index.slot(later.slot());
    if (slotBefore == null || slotNow == null) {
      return new Refused(new SlotUnknown());
    }
    Product product = Appointments.product(campaign, slotNow);
    if (target.product() == slotNow.product() && product.allows(date(slotBefore), date(target))) {
      return null;
    }
    LocalDate day = date(slotBefore);
    return new OutsideInterval(
        day.plusDays(product.earliestDays()), day.plusDays(product.latestDays()));
  }

  /// @param targets the new slot of the given dose and of the later ones
  private ChangeResult change(
      AppointmentStore.Transaction transaction, Appointment appointment, List<Long> targets)
      throws SQLException {
    List<Appointment> doses = DosesInTransaction.lock(transaction, appointment, targets);
    if (doses.isEmpty() || doses.getFirst().dose() != appointment.dose()) {
      return new Cancelled();
    }
    if (doses.getFirst().slot() == targets.getFirst()) {
      return new Done(doses);
    }
    int moving = appointment.dose() == 1 ? doses.size() : 1;
    if (targets.size() < moving) {
      return new Refused(new SlotFull(targets.size() + 1));
    }
    Map<Long, Integer> net = new HashMap<>();
    for (int i = 0; i < moving; i++) {
      net.merge(doses.get(i).slot(), -1, Integer::sum);
      net.merge(targets.get(i), 1, Integer::sum);
    }
    Map<Long, LockedSlot> slots = transaction.lockSlots(targets);
    for (int i = 0; i < moving; i++) {
      LockedSlot slot = slots.get(targets.get(i));
      if (slot == null) {
        return new Refused(new SlotUnknown());
      }
      if (net.getOrDefault(slot.id(), 0) > slot.free(share)) {
        return new Refused(new SlotFull(appointment.dose() + i));
      }
    }
    List<Appointment> moved = new ArrayList<>();
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < moving; i++) {
      Appointment dose = doses.get(i);
      transaction.move(dose.id(), targets.get(i));
      events.add(new Event(EventKind.MOVED, dose.id(), dose.slot(), targets.get(i)));
      moved.add(dose.at(targets.get(i)));
    }
    transaction.raiseCounters(net);
    transaction.record(events);
    changes.putAll(net);
    return new Done(moved);
  }

  private LocalDate date(Slot slot) {
    return LocalDate.ofInstant(slot.startsAt(), campaign.zone());
  }
}
