package dev.naru.booking.appointment;

import dev.naru.booking.appointment.AppointmentEvent.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// The appointments of requests that got their slots, written.
///
/// @param booked for each request its doses; empty for those that conflicted with what is there
record Insertion(List<List<Appointment>> booked) {

  /// Writes all doses of each request, or none.
  static Insertion of(List<BookingRequest> granted, TransactionStore transaction)
      throws SQLException {
    List<Appointment> wanted = new ArrayList<>(granted.size());
    for (BookingRequest request : granted) {
      wanted.addAll(request.appointments());
    }
    Set<UUID> got = transaction.doses().insert(wanted);
    List<List<Appointment>> booked = new ArrayList<>(granted.size());
    List<UUID> halves = new ArrayList<>();
    List<HelpedEvent> helped = new ArrayList<>();
    int at = 0;
    for (BookingRequest request : granted) {
      List<Appointment> doses = List.copyOf(wanted.subList(at, at + request.slots().size()));
      at += doses.size();
      List<UUID> ids = doses.stream().map(Appointment::id).filter(got::contains).toList();
      if (ids.size() == doses.size()) {
        booked.add(doses);
        helped.addAll(HelpedEvent.booked(request, doses));
      } else {
        booked.add(List.of());
        halves.addAll(ids);
      }
    }
    transaction.doses().withdraw(halves);
    transaction.recordHelped(helped);
    return new Insertion(booked);
  }

  /// What the outbox has to tell of them.
  List<AppointmentEvent> events() {
    return booked.stream()
        .flatMap(List::stream)
        .map(dose -> new AppointmentEvent(Kind.BOOKED, dose.id(), null, dose.slot()))
        .toList();
  }
}
