package dev.naru.booking.appointment;

import dev.naru.booking.appointment.BookingResult.Booked;
import dev.naru.booking.appointment.BookingResult.Refusal;
import dev.naru.booking.appointment.BookingResult.SlotFull;
import dev.naru.booking.appointment.BookingResult.SlotUnknown;
import dev.naru.booking.appointment.BookingResult.TooManyChanges;
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
import org.jspecify.annotations.Nullable;

/// Decides bookings in one transaction.
///
/// What conflicts on insertion (a retry, or a rival of the same person) is looked up afterwards:
/// the common case pays for no look-up.
final class BookingRound {
  private final List<BookingRequest> requests;
  private final @Nullable BookingResult[] results;
  private final TransactionStore transaction;
  private final Map<Long, Integer> taken = new HashMap<>();
  private Map<Long, LockedSlot> slots = Map.of();
  private OwnPlaces own = new OwnPlaces(Map.of(), Map.of(), Instant.EPOCH);

  /// @param results where the answers are put, at the places of their requests
  BookingRound(
      List<BookingRequest> requests,
      @Nullable BookingResult[] results,
      TransactionStore transaction) {
    this.requests = requests;
    this.results = results;
    this.transaction = transaction;
  }

  /// @param pending places of the requests to decide, in order of arrival
  /// @return those that have to be considered again, in order of arrival
  List<Integer> decide(List<Integer> pending) throws SQLException {
    slots =
        transaction.lockSlots(
            pending.stream().flatMap(i -> requests.get(i).slots().stream()).toList());
    own = OwnPlaces.lock(transaction, pending.stream().map(requests::get).toList());
    List<Integer> granted = new ArrayList<>(pending.size());
    List<Integer> others = new ArrayList<>();
    Map<Integer, Refusal> refusals = new HashMap<>();
    Set<PersonKey> persons = new HashSet<>();
    Set<UUID> ids = new HashSet<>();
    for (int i : pending) {
      BookingRequest request = requests.get(i);
      Refusal refusal = refusal(request);
      if (refusal != null) {
        refusals.put(i, refusal);
        others.add(i);
      } else if (!persons.add(request.person()) || !ids.add(request.id())) {
        others.add(i);
      } else {
        take(request, 1);
        granted.add(i);
      }
    }
    Set<Long> freedAgain = new HashSet<>();
    for (int i : insert(granted)) {
      others.add(i);
      take(requests.get(i), -1);
      freedAgain.addAll(requests.get(i).slots());
    }
    return answerOthers(others, refusals, freedAgain);
  }

  /// Places that were the person's own are taken already.
  private void take(BookingRequest request, int by) {
    for (long slot : request.slots()) {
      taken.merge(slot, by * (1 - own.in(request, slot)), Integer::sum);
    }
  }

  private @Nullable Refusal refusal(BookingRequest request) {
    if (own.changedTooOften(request)) {
      return new TooManyChanges();
    }
    for (int i = 0; i < request.slots().size(); i++) {
      LockedSlot slot = slots.get(request.slots().get(i));
      if (slot == null || slot.campaign() != request.campaign()) {
        return new SlotUnknown();
      }
      if (slot.free(request.share(), own.in(request, slot.id()))
          <= taken.getOrDefault(slot.id(), 0)) {
        return new SlotFull(i + 1);
      }
    }
    return null;
  }

  /// Inserts what was granted, with its events and counters.
  ///
  /// @return those that conflicted with what is there already
  private List<Integer> insert(List<Integer> granted) throws SQLException {
    Insertion insertion = Insertion.of(granted.stream().map(requests::get).toList(), transaction);
    List<Integer> losers = new ArrayList<>();
    List<BookingRequest> served = new ArrayList<>(granted.size());
    for (int at = 0; at < granted.size(); at++) {
      List<Appointment> doses = insertion.booked().get(at);
      if (doses.isEmpty()) {
        losers.add(granted.get(at));
      } else {
        served.add(requests.get(granted.get(at)));
        results[granted.get(at)] = new Booked(doses);
      }
    }
    List<AppointmentEvent> events = new ArrayList<>(insertion.events());
    events.addAll(own.spend(transaction, served));
    transaction.record(events);
    return losers;
  }

  /// An id that was used, and a person who is booked, come before "unknown" and "full".
  private List<Integer> answerOthers(
      List<Integer> others, Map<Integer, Refusal> refusals, Set<Long> freedAgain)
      throws SQLException {
    if (others.isEmpty()) {
      return List.of();
    }
    others.sort(null);
    List<Existing> existing =
        BookingEngine.lookUp(transaction, others.stream().map(requests::get).toList());
    List<Integer> again = new ArrayList<>();
    for (int at = 0; at < others.size(); at++) {
      int i = others.get(at);
      Refusal refusal = refusals.get(i);
      BookingResult result = existing.get(at).conflict();
      if (result == null
          && refusal != null
          && requests.get(i).slots().stream().noneMatch(freedAgain::contains)) {
        result = refusal;
      }
      if (result == null) {
        again.add(i);
      }
      results[i] = result;
    }
    return again;
  }
}
