package dev.naru.booking.appointment;

import dev.naru.common.batch.Batcher;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Decides bookings: a batch instead of a thousand transactions, PostgreSQL the only authority.
///
/// One transaction grants whatever the batch wants of slots that have plenty ([PlentyRound]).
/// Whoever it leaves is decided by a second one ([BookingRound]) that locks the slots it may touch
/// in the order of their ids, gives them out in the order of arrival, inserts the appointments in
/// the order of persons and raises the counters. Only after the commit does anybody get an answer.
/// Because every transaction takes slots before persons, and both in order and once, batches of
/// several writers and nodes do not wait for each other in a circle. The one exception, a batch
/// that takes ample slots last, gives up before a circle is noticed and is done again in the usual
/// order. (People who agree to use each other's ids can still make circles; PostgreSQL notices, and
/// [AppointmentStore#inTransaction] tries again.)
///
/// Whoever cannot be answered yet, because a rival in front of them lost, is decided by a
/// transaction of their own right after, so nobody hears a false "full".
public final class BookingEngine implements AutoCloseable {
  /// A booking in batches of 2,000 cost the database a quarter less processor time than in batches
  /// of 500 (docs/performance.md).
  static final int LARGEST_BATCH = 2_000;

  /// At 2,000 a second this saves a fifth of the database's work (adr/0041).
  private static final Duration RHYTHM = Duration.ofMillis(3);

  /// Of one writer: a second of the best rate measured. Who would wait longer is refused at once.
  static final int QUEUE = 20_000;

  /// Of a node that has a database of two processors to itself. Each keeps a processor of the
  /// database busy at full load; more than it has take them from each other (docs/performance.md).
  public static final int USUAL_WRITERS = 2;

  /// Half of a node's connections: each has one for as long as it writes.
  public static final int MOST_WRITERS = 6;

  /// Each round answers all but those whose rival has just lost, so a third is already rare.
  private static final int MOST_ROUNDS = 10;

  private final AppointmentStore store;
  private final Dealing dealing;
  private final List<Batcher<BookingRequest, BookingResult>> writers;
  private final Batcher<BookingRequest, Existing> reader;

  /// Starts the usual number of writers.
  public BookingEngine(AppointmentStore store) {
    this(store, USUAL_WRITERS);
  }

  /// @param writers how many, 1 to [#MOST_WRITERS]
  public BookingEngine(AppointmentStore store, int writers) {
    this.store = store;
    this.dealing = new Dealing(writers);
    this.writers =
        IntStream.range(0, writers).mapToObj(i -> writer("booking-writer-" + i)).toList();
    this.reader = batcher("booking-reader", this::lookUp);
  }

  private Batcher<BookingRequest, BookingResult> writer(String name) {
    SlotNotes notes = new SlotNotes();
    return batcher(name, batch -> decide(store, batch, notes));
  }

  private static <A> Batcher<BookingRequest, A> batcher(
      String name, Batcher.Decision<BookingRequest, A> decision) {
    return new Batcher<>(
        name, LARGEST_BATCH, QUEUE, RHYTHM, decision, AppointmentsAway.class::isInstance);
  }

  /// Queues a booking.
  ///
  /// @param site of its first slot
  /// @return completed, by the writer's thread, when the result is on disk; see [Batcher#submit]
  ///   for overload and failure
  public CompletableFuture<BookingResult> book(BookingRequest request, int site) {
    return bookWith(writer(site), request);
  }

  /// The writer, from 0, that a booking of a site goes to now: see [Dealing#writer].
  int writer(int site) {
    return dealing.writer(site);
  }

  /// As [#book(BookingRequest, int)].
  ///
  /// @param writer what [#writer] gave
  CompletableFuture<BookingResult> bookWith(int writer, BookingRequest request) {
    dealing.begin();
    return writers.get(writer).submit(request).whenComplete((_, _) -> dealing.end());
  }

  /// Queues a question about somebody who will be refused: whether it is a retry, or they are
  /// booked. Refused people can be as many as booked ones, so they too are answered by the batch.
  CompletableFuture<Existing> existing(BookingRequest question) {
    return reader.submit(question);
  }

  /// How many there are.
  int writers() {
    return writers.size();
  }

  /// How many bookings wait to be decided.
  int waiting() {
    return writers.stream().mapToInt(Batcher::waiting).sum();
  }

  /// When a later round fails after an earlier one was committed, the requests are decided anew,
  /// and those that were booked are found as retries of themselves.
  static List<BookingResult> decide(
      AppointmentStore store, List<BookingRequest> batch, SlotNotes notes) throws SQLException {
    @Nullable BookingResult[] results = new BookingResult[batch.size()];
    grantPlenty(store, batch, results, notes);
    List<Integer> pending =
        IntStream.range(0, batch.size()).filter(i -> results[i] == null).boxed().toList();
    for (int round = 0; !pending.isEmpty(); round++) {
      if (round == MOST_ROUNDS) {
        throw new IllegalStateException("bookings still undecided after " + round + " rounds");
      }
      List<Integer> now = pending;
      pending =
          store.inTransaction(
              transaction -> new BookingRound(batch, results, transaction).decide(now));
    }
    return Arrays.asList(results);
  }

  private static void grantPlenty(
      AppointmentStore store,
      List<BookingRequest> batch,
      @Nullable BookingResult[] results,
      SlotNotes notes)
      throws SQLException {
    notes.nextBatch();
    PlentyRound round = new PlentyRound(batch, results, notes);
    List<Integer> worth = round.worthTrying();
    if (!worth.isEmpty()) {
      List<Integer> left = store.inTransaction(transaction -> round.grant(worth, transaction));
      left.forEach(i -> results[i] = null);
    }
  }

  private List<Existing> lookUp(List<BookingRequest> batch) throws SQLException {
    return store.inTransaction(transaction -> lookUp(transaction, batch));
  }

  static List<Existing> lookUp(TransactionStore transaction, List<BookingRequest> requests)
      throws SQLException {
    Map<UUID, Appointment> byId = transaction.doses().byIds(requests);
    var active = transaction.doses().activeOf(requests);
    List<Existing> existing = new ArrayList<>(requests.size());
    for (BookingRequest request : requests) {
      existing.add(Existing.of(request, byId, active.getOrDefault(request.person(), List.of())));
    }
    return existing;
  }

  @Override
  public void close() {
    writers.forEach(Batcher::close);
    reader.close();
  }
}
