package dev.naru.booking.appointment;

import dev.naru.booking.appointment.BookingResult.AlreadyBooked;
import dev.naru.booking.appointment.BookingResult.Booked;
import dev.naru.booking.appointment.BookingResult.SlotFull;
import dev.naru.booking.appointment.BookingResult.SlotUnknown;
import dev.naru.common.batch.Batcher;
import dev.naru.common.person.PersonKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Decides bookings: a batch instead of a thousand transactions, PostgreSQL the only authority.
///
/// One batch is one transaction. It locks the slots it may touch in the order of their ids, gives
/// them out in the order of arrival, inserts the appointments in the order of persons, raises the
/// counters and commits once; only then does anybody get an answer. Because every transaction takes
/// slots before persons and both in order, batches of several writers and nodes never wait for each
/// other in a circle.
///
/// What conflicts on insertion (a retry, or a rival of the same person) is looked up afterwards:
/// the common case pays for no look-up. Whoever was refused behind such a loser is considered again
/// in the next round of the same transaction, so nobody hears a false "full".
public final class BookingEngine implements AutoCloseable {
  /// Above 500 requests a batch took longer without deciding more per second (design, spike).
  private static final int LARGEST_BATCH = 500;

  /// A second of the best rate measured: who would wait longer is refused at once.
  private static final int QUEUE = 20_000;

  /// Four writers were slower than two on two cores (design, spike).
  private static final int WRITERS = 2;

  /// Each round ends with every rival decided, so a third is already rare; more is a bug.
  private static final int MOST_ROUNDS = 10;

  private final AppointmentStore store;
  private final List<Batcher<BookingRequest, BookingResult>> writers;

  /// Starts the writers.
  public BookingEngine(AppointmentStore store) {
    this.store = store;
    this.writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(new Batcher<>("booking-writer-" + i, LARGEST_BATCH, QUEUE, this::decide));
    }
  }

  /// Queues a booking.
  ///
  /// @param site by which requests are dealt to the writers, so that two writers rarely want the
  ///   same slot
  /// @return completed when the result is on disk; see [Batcher#submit] for overload and failure
  CompletableFuture<BookingResult> book(BookingRequest request, int site) {
    return writers.get(Math.floorMod(site, WRITERS)).submit(request);
  }

  /// How many bookings wait to be decided.
  int waiting() {
    return writers.stream().mapToInt(Batcher::waiting).sum();
  }

  private List<BookingResult> decide(List<BookingRequest> batch) throws SQLException {
    return store.inTransaction(transaction -> new Batch(batch, transaction).decide());
  }

  @Override
  public void close() {
    writers.forEach(Batcher::close);
  }

  /// One batch in its transaction.
  private static final class Batch {
    private final List<BookingRequest> requests;
    private final AppointmentStore.Transaction transaction;
    private final Map<Long, LockedSlot> slots;
    private final Map<Long, Integer> taken = new HashMap<>();
    private final List<Appointment> inserted = new ArrayList<>();
    private final @Nullable BookingResult[] results;

    Batch(List<BookingRequest> requests, AppointmentStore.Transaction transaction)
        throws SQLException {
      this.requests = requests;
      this.transaction = transaction;
      this.results = new BookingResult[requests.size()];
      this.slots =
          transaction.lockSlots(
              requests.stream().flatMap(request -> request.slots().stream()).toList());
    }

    List<BookingResult> decide() throws SQLException {
      List<Integer> pending = new ArrayList<>();
      for (int i = 0; i < requests.size(); i++) {
        pending.add(i);
      }
      for (int round = 0; !pending.isEmpty(); round++) {
        if (round == MOST_ROUNDS) {
          throw new IllegalStateException("bookings still undecided after " + round + " rounds");
        }
        pending = decideRound(pending);
      }
      transaction.raiseCounters(taken);
      transaction.recordBooked(inserted);
      return Arrays.asList(results);
    }

    /// @return who has to be considered again
    private List<Integer> decideRound(List<Integer> pending) throws SQLException {
      List<Integer> again = new ArrayList<>();
      List<Integer> granted = new ArrayList<>();
      List<Integer> refused = new ArrayList<>();
      Set<PersonKey> persons = new HashSet<>();
      Set<UUID> ids = new HashSet<>();
      for (int i : pending) {
        BookingRequest request = requests.get(i);
        if (!persons.add(request.person()) || !ids.add(request.id())) {
          again.add(i);
          continue;
        }
        BookingResult refusal = refusal(request);
        if (refusal == null) {
          request.slots().forEach(slot -> taken.merge(slot, 1, Integer::sum));
          granted.add(i);
        } else {
          results[i] = refusal;
          refused.add(i);
        }
      }
      List<Integer> losers = insert(granted);
      Set<Long> freedAgain = new HashSet<>();
      for (int i : losers) {
        for (long slot : requests.get(i).slots()) {
          taken.merge(slot, -1, Integer::sum);
          freedAgain.add(slot);
        }
      }
      Set<Integer> answered = answerFromWhatExists(losers, refused);
      for (int i : losers) {
        if (!answered.contains(i)) {
          again.add(i);
        }
      }
      for (int i : refused) {
        if (!answered.contains(i)
            && requests.get(i).slots().stream().anyMatch(freedAgain::contains)) {
          again.add(i);
        }
      }
      again.sort(null);
      return again;
    }

    private @Nullable BookingResult refusal(BookingRequest request) {
      for (int i = 0; i < request.slots().size(); i++) {
        LockedSlot slot = slots.get(request.slots().get(i));
        if (slot == null || slot.campaign() != request.campaign()) {
          return new SlotUnknown();
        }
        int free = slot.free(request.share()) - taken.getOrDefault(slot.id(), 0);
        if (free <= 0) {
          return new SlotFull(i + 1);
        }
      }
      return null;
    }

    /// Inserts what was granted.
    ///
    /// @return those that conflicted with what is there already
    private List<Integer> insert(List<Integer> granted) throws SQLException {
      List<Appointment> wanted = new ArrayList<>();
      for (int i : granted) {
        wanted.addAll(appointments(requests.get(i)));
      }
      Set<UUID> got = transaction.insert(wanted);
      List<Integer> losers = new ArrayList<>();
      List<UUID> halves = new ArrayList<>();
      for (int i : granted) {
        List<Appointment> doses = appointments(requests.get(i));
        List<UUID> ids = doses.stream().map(Appointment::id).filter(got::contains).toList();
        if (ids.size() == doses.size()) {
          inserted.addAll(doses);
          results[i] = new Booked(doses);
        } else {
          losers.add(i);
          halves.addAll(ids);
        }
      }
      transaction.withdraw(halves);
      return losers;
    }

    /// An id that was used, and a person who is booked, come before "unknown" and "full".
    private Set<Integer> answerFromWhatExists(List<Integer> losers, List<Integer> refused)
        throws SQLException {
      List<Integer> asked = new ArrayList<>(losers);
      asked.addAll(refused);
      Set<Integer> answered = new HashSet<>();
      if (asked.isEmpty()) {
        return answered;
      }
      List<BookingRequest> questions = asked.stream().map(requests::get).toList();
      Map<UUID, Appointment> byId = transaction.byIds(questions);
      Map<PersonKey, List<Appointment>> active = transaction.activeOf(questions);
      for (int i : asked) {
        BookingRequest request = requests.get(i);
        BookingResult result = Replay.of(request, byId);
        if (result == null) {
          result = alreadyBooked(request, active.getOrDefault(request.person(), List.of()));
        }
        if (result != null) {
          results[i] = result;
          answered.add(i);
        }
      }
      return answered;
    }

    private static @Nullable BookingResult alreadyBooked(
        BookingRequest request, List<Appointment> active) {
      return active.stream()
          .filter(a -> a.campaign() == request.campaign() && a.dose() <= request.slots().size())
          .findFirst()
          .<BookingResult>map(appointment -> new AlreadyBooked(appointment.id()))
          .orElse(null);
    }

    private static List<Appointment> appointments(BookingRequest request) {
      List<Appointment> doses = new ArrayList<>(request.slots().size());
      for (int dose = 1; dose <= request.slots().size(); dose++) {
        long slot = request.slots().get(dose - 1);
        doses.add(
            new Appointment(
                request.idOf(dose),
                request.campaign(),
                request.person(),
                dose,
                slot,
                slot,
                dose == 1 ? null : request.id(),
                true,
                request.admission()));
      }
      return doses;
    }
  }
}
