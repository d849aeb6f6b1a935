package dev.naru.booking.appointment;

import dev.naru.booking.appointment.BookingResult.Booked;
import dev.naru.common.person.PersonKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Grants in one transaction what nobody has to be ranked for: slots of which everything that the
/// batch wants fits. It looks at each slot once, where [BookingRound] locks it, reads it and comes
/// back to raise its counter.
///
/// Slots are taken before anything is written, or, when there is so much of all of them that nobody
/// will have to give anything back, after it: then those that several nodes want at once are locked
/// for a moment only (adr/0044).
///
/// It refuses nobody. Whoever it does not grant is left to a [BookingRound] in a transaction of
/// their own: everybody who wants a slot that is short or wanted under different shares, whoever
/// asks twice in the batch, whoever may have reserved a place or be at a limit, and whoever
/// conflicts with what is there.
final class PlentyRound {
  /// What the batch wants of a slot.
  ///
  /// @param places how many
  record Demand(BookingRequest by, int places) {
    Demand andOneMore() {
      return new Demand(by, places + 1);
    }

    boolean isAlike(BookingRequest other) {
      return by.campaign() == other.campaign() && by.share().equals(other.share());
    }
  }

  private final List<BookingRequest> requests;
  private final @Nullable BookingResult[] results;
  private final SlotNotes notes;

  /// @param results where the answers are put, at the places of their requests
  /// @param notes say which slots are not tried; what turns out is added
  PlentyRound(List<BookingRequest> requests, @Nullable BookingResult[] results, SlotNotes notes) {
    this.requests = requests;
    this.results = results;
    this.notes = notes;
  }

  /// The places of the requests worth a transaction, in order of arrival.
  List<Integer> worthTrying() {
    Set<Long> mixed = new HashSet<>();
    Map<Long, Demand> first = new HashMap<>();
    for (BookingRequest request : requests) {
      for (long slot : request.slots()) {
        Demand sofar = first.putIfAbsent(slot, new Demand(request, 0));
        if ((sofar != null && !sofar.isAlike(request)) || notes.isShort(slot)) {
          mixed.add(slot);
        }
      }
    }
    List<Integer> worth = new ArrayList<>(requests.size());
    Set<PersonKey> persons = new HashSet<>();
    Set<UUID> ids = new HashSet<>();
    for (int i = 0; i < requests.size(); i++) {
      BookingRequest request = requests.get(i);
      if (request.terms().isPlain()
          && (mixed.isEmpty() || request.slots().stream().noneMatch(mixed::contains))
          && persons.add(request.person())
          && ids.add(request.id())) {
        worth.add(i);
      }
    }
    return worth;
  }

  /// @param worth what [#worthTrying] gave
  /// @return the places of those who were not granted
  List<Integer> grant(List<Integer> worth, TransactionStore transaction) throws SQLException {
    Map<Long, Demand> demand = demand(worth);
    return notes.wereAmple(demand.keySet())
        ? insertThenTake(worth, transaction)
        : takeThenInsert(worth, demand, transaction);
  }

  private Map<Long, Demand> demand(List<Integer> places) {
    Map<Long, Demand> demand = new HashMap<>();
    for (int i : places) {
      BookingRequest request = requests.get(i);
      for (long slot : request.slots()) {
        demand.merge(slot, new Demand(request, 1), (sofar, _) -> sofar.andOneMore());
      }
    }
    return demand;
  }

  /// Whoever conflicts with what is there wants no place any more. When a slot turns out to be
  /// short all is done again, the other way round.
  private List<Integer> insertThenTake(List<Integer> worth, TransactionStore transaction)
      throws SQLException {
    Insertion insertion = Insertion.of(worth.stream().map(requests::get).toList(), transaction);
    List<Integer> booked = new ArrayList<>(worth.size());
    List<Integer> left = new ArrayList<>();
    for (int at = 0; at < worth.size(); at++) {
      List<Appointment> doses = insertion.booked().get(at);
      (doses.isEmpty() ? left : booked).add(worth.get(at));
      results[worth.get(at)] = doses.isEmpty() ? null : new Booked(doses);
    }
    Map<Long, Demand> demand = demand(booked);
    Map<Long, Integer> free = transaction.takeLast(demand);
    if (free.size() < demand.size()) {
      throw AppointmentStore.rivalry("a slot of which there was plenty is short");
    }
    free.forEach(notes::left);
    transaction.record(insertion.events(), Map.of());
    return left;
  }

  private List<Integer> takeThenInsert(
      List<Integer> worth, Map<Long, Demand> demand, TransactionStore transaction)
      throws SQLException {
    Map<Long, Integer> free = transaction.take(demand);
    free.forEach(notes::left);
    Set<Long> taken = free.keySet();
    Map<Long, Integer> givenBack = new HashMap<>();
    List<Integer> fitting = new ArrayList<>(worth.size());
    List<Integer> left = new ArrayList<>();
    boolean allTaken = taken.size() == demand.size();
    for (int i : worth) {
      if (allTaken || taken.containsAll(requests.get(i).slots())) {
        fitting.add(i);
      } else {
        left.add(i);
        giveBack(requests.get(i), taken, givenBack);
      }
    }
    if (!allTaken) {
      demand.keySet().stream().filter(slot -> !taken.contains(slot)).forEach(notes::addShort);
    }
    insert(fitting, left, taken, givenBack, transaction);
    return left;
  }

  private void insert(
      List<Integer> fitting,
      List<Integer> left,
      Set<Long> taken,
      Map<Long, Integer> givenBack,
      TransactionStore transaction)
      throws SQLException {
    Insertion insertion = Insertion.of(fitting.stream().map(requests::get).toList(), transaction);
    for (int at = 0; at < fitting.size(); at++) {
      int i = fitting.get(at);
      List<Appointment> doses = insertion.booked().get(at);
      if (doses.isEmpty()) {
        left.add(i);
        giveBack(requests.get(i), taken, givenBack);
      } else {
        results[i] = new Booked(doses);
      }
    }
    transaction.record(insertion.events(), givenBack);
  }

  private static void giveBack(
      BookingRequest request, Set<Long> taken, Map<Long, Integer> givenBack) {
    for (long slot : request.slots()) {
      if (taken.contains(slot)) {
        givenBack.merge(slot, -1, Integer::sum);
      }
    }
  }
}
