package dev.naru.booking.appointment;

import dev.naru.booking.appointment.AppointmentEvent.Kind;
import dev.naru.booking.place.HeldPlace;
import dev.naru.common.person.PersonKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Places that the people of a batch have reserved, locked, and who of them has changed too often
/// today. Campaigns that allow none of this cost no statement.
///
/// @param places by person
/// @param restless who can neither book nor move until tomorrow, by campaign
record OwnPlaces(
    Map<PersonKey, List<HeldPlace>> places, Map<Integer, Set<PersonKey>> restless, Instant now) {

  /// Call it after [TransactionStore#lockSlots].
  static OwnPlaces lock(TransactionStore transaction, List<BookingRequest> requests)
      throws SQLException {
    Set<PersonKey> reserving = new HashSet<>();
    Map<Integer, List<BookingRequest>> limited = new HashMap<>();
    for (BookingRequest request : requests) {
      if (request.terms().reserves()) {
        reserving.add(request.person());
      }
      if (request.terms().changesPerDay() > 0) {
        limited.computeIfAbsent(request.campaign(), _ -> new ArrayList<>()).add(request);
      }
    }
    Map<PersonKey, List<HeldPlace>> places =
        reserving.isEmpty()
            ? Map.of()
            : transaction.held().lock(reserving).stream()
                .collect(Collectors.groupingBy(HeldPlace::owner));
    Map<Integer, Set<PersonKey>> restless = new HashMap<>();
    for (var each : limited.entrySet()) {
      BookingRequest.Terms terms = each.getValue().getFirst().terms();
      restless.put(
          each.getKey(),
          transaction
              .days()
              .changed(
                  each.getValue().stream().map(BookingRequest::person).toList(),
                  each.getKey(),
                  terms.today(),
                  terms.changesPerDay()));
    }
    return new OwnPlaces(places, restless, transaction.now());
  }

  boolean changedTooOften(BookingRequest request) {
    return restless.getOrDefault(request.campaign(), Set.of()).contains(request.person());
  }

  /// How many of the places taken in a slot are this person's own.
  int in(BookingRequest request, long slot) {
    return (int) of(request).stream().filter(place -> isFor(place, slot)).count();
  }

  private List<HeldPlace> of(BookingRequest request) {
    return places.getOrDefault(request.person(), List.of()).stream()
        .filter(place -> place.campaign() == request.campaign())
        .toList();
  }

  private boolean isFor(HeldPlace place, long slot) {
    return place.slot() == slot && place.until().isAfter(now);
  }

  /// Those who are booked need nothing else: their place becomes the appointment, others are let
  /// go, and they leave the waitlist.
  ///
  /// @return what has to be recorded with the bookings
  List<AppointmentEvent> spend(TransactionStore transaction, List<BookingRequest> booked)
      throws SQLException {
    List<AppointmentEvent> events = new ArrayList<>();
    List<UUID> used = new ArrayList<>();
    List<UUID> others = new ArrayList<>();
    Map<Integer, List<PersonKey>> served = new HashMap<>();
    for (BookingRequest request : booked) {
      if (!request.terms().reserves()) {
        continue;
      }
      served.computeIfAbsent(request.campaign(), _ -> new ArrayList<>()).add(request.person());
      for (HeldPlace place : of(request)) {
        if (request.slots().stream().anyMatch(slot -> isFor(place, slot))) {
          used.add(place.id());
          events.add(new AppointmentEvent(Kind.RELEASED, place.id(), place.slot(), null));
        } else {
          others.add(place.id());
        }
      }
    }
    transaction.held().remove(used);
    transaction.held().letGo(others);
    for (var each : served.entrySet()) {
      transaction.waitlist().remove(each.getValue(), each.getKey());
    }
    return events;
  }
}
