package dev.naru.booking.appointment;

import dev.naru.booking.appointment.BookingResult.AlreadyBooked;
import dev.naru.booking.appointment.BookingResult.Booked;
import dev.naru.booking.appointment.BookingResult.DoseBeforeMissing;
import dev.naru.booking.appointment.BookingResult.IdReused;
import dev.naru.booking.appointment.BookingResult.OutsideInterval;
import dev.naru.booking.appointment.BookingResult.Same;
import dev.naru.booking.appointment.BookingResult.SlotFull;
import dev.naru.booking.appointment.BookingResult.SlotUnknown;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.Product;
import dev.naru.booking.search.SlotIndex;
import dev.naru.booking.search.SlotIndex.Slot;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Books one later dose by itself: of the product of the dose before, within its interval.
///
/// @param request with one slot
/// @param dose from 2
record LaterDose(
    Campaign campaign, SlotIndex index, BookingRequest request, int dose, Instant now) {

  BookingResult run(TransactionStore transaction) throws SQLException {
    Optional<BookingResult> replay = replay(transaction);
    if (replay.isPresent()) {
      return replay.get();
    }
    List<Appointment> active =
        transaction.doses().of(request.person(), request.campaign()).stream()
            .filter(Appointment::active)
            .toList();
    Optional<Appointment> same = active.stream().filter(a -> a.dose() == dose).findFirst();
    if (same.isPresent()) {
      return new AlreadyBooked(same.get().id());
    }
    Appointment before = active.stream().filter(a -> a.dose() == dose - 1).findFirst().orElse(null);
    if (before == null) {
      return new DoseBeforeMissing(dose);
    }
    LockedBooking booking = LockedBooking.lock(transaction, before, List.of(request.askedSlot()));
    Appointment locked =
        booking.doses().stream().filter(a -> a.id().equals(before.id())).findFirst().orElse(null);
    if (locked == null) {
      return new DoseBeforeMissing(dose);
    }
    BookingResult refusal = refusal(locked, booking.slots().get(request.askedSlot()));
    return refusal != null ? refusal : insert(transaction, locked);
  }

  /// Invariant 4, also for whoever would be refused by now.
  Optional<BookingResult> replay(TransactionStore transaction) throws SQLException {
    Appointment first = transaction.doses().byId(request.id()).orElse(null);
    if (first == null) {
      return Optional.empty();
    }
    boolean same =
        first.dose() == dose
            && first.person().equals(request.person())
            && first.campaign() == request.campaign()
            && first.askedSlot() == request.askedSlot();
    return Optional.of(same ? new Same(List.of(first)) : new IdReused());
  }

  private @Nullable BookingResult refusal(Appointment before, @Nullable LockedSlot locked) {
    Slot target = index.slot(request.askedSlot());
    Slot last = index.slot(before.slot());
    if (target == null || last == null || locked == null || index.hasBegun(target.id(), now)) {
      return new SlotUnknown();
    }
    Product product = Appointments.product(campaign, target);
    if (target.product() != last.product() || product.doses() < dose) {
      return new SlotUnknown();
    }
    LocalDate day = date(last);
    if (!product.allows(day, date(target))) {
      return new OutsideInterval(
          day.plusDays(product.earliestDays()), day.plusDays(product.latestDays()));
    }
    return locked.free(request.share()) < 1 ? new SlotFull(dose) : null;
  }

  private BookingResult insert(TransactionStore transaction, Appointment before)
      throws SQLException {
    Appointment wanted =
        new Appointment(
            request.id(),
            request.campaign(),
            request.person(),
            dose,
            request.askedSlot(),
            request.askedSlot(),
            before.firstId(),
            true,
            request.admission());
    if (transaction.doses().insert(List.of(wanted)).isEmpty()) {
      // Somebody used the id, or this person booked the dose, since we looked.
      throw AppointmentStore.rivalry("a later dose was booked meanwhile");
    }
    transaction.record(
        List.of(
            new AppointmentEvent(AppointmentEvent.Kind.BOOKED, wanted.id(), null, wanted.slot())));
    transaction.recordHelped(HelpedEvent.booked(request, List.of(wanted)));
    return new Booked(List.of(wanted));
  }

  private LocalDate date(Slot slot) {
    return LocalDate.ofInstant(slot.startsAt(), campaign.zone());
  }
}
