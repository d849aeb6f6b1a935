package dev.naru.booking.appointment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.common.paper.Paper;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Many threads want few slots for few people, on two nodes, and do everything that clients do:
/// book, retry, give up waiting, move, cancel. `-Dnaru.history.seconds=60` makes it long.
class HistoryTest {
  private static final int SECONDS = Integer.getInteger("naru.history.seconds", 8);
  private static final long SEED = 20210826;
  private static final int THREADS = 12;
  private static final int PEOPLE = 30;

  private static final Desk DESK = new Desk();

  private final History history = new History(DESK.world());
  private final AtomicReferenceArray<List<UUID>> ids = new AtomicReferenceArray<>(PEOPLE);

  /// The history asks for the last event of a slot twice in each call.
  @BeforeAll
  static void index() {
    DESK.world()
        .execute(
            """
            CREATE INDEX ON booking.appointment_event (from_slot, sequence);
            CREATE INDEX ON booking.appointment_event (to_slot, sequence)
            """);
  }

  @AfterAll
  static void end() {
    DESK.close();
  }

  @AfterEach
  void close() throws SQLException {
    history.close();
  }

  @BeforeEach
  void renew() {
    DESK.renew();
    for (int person = 0; person < PEOPLE; person++) {
      ids.set(person, List.of());
    }
  }

  /// A client's way to a node; the controls put a fault into it.
  interface Way {
    CompletableFuture<BookingResult> book(Desk.Node node, Paper session, UUID id, long slot);

    ChangeResult cancel(Desk.Node node, Paper session, UUID id);
  }

  private static class RightWay implements Way {
    @Override
    public CompletableFuture<BookingResult> book(
        Desk.Node node, Paper session, UUID id, long slot) {
      return node.appointments().book(session, id, "small", slot, DESK.pass(session, 2));
    }

    @Override
    public ChangeResult cancel(Desk.Node node, Paper session, UUID id) {
      return node.changes().cancel(session, id);
    }
  }

  @Test
  void everyHistoryFitsASequentialModel() throws Exception {
    Desk.Node[] nodes = run(new RightWay(), Duration.ofSeconds(SECONDS));

    Map<Long, Long> free = DESK.world().free();
    for (Desk.Node node : nodes) {
      node.indexes().follow();
      assertThat(node.free(free.keySet())).isEqualTo(free);
    }
    assertThat(history.faults(DESK.world())).isEmpty();
    assertThat(history.count(BookingResult.Booked.class)).isGreaterThan(50);
    assertThat(history.count(BookingResult.SlotFull.class)).isGreaterThan(50);
    assertThat(history.count(BookingResult.AlreadyBooked.class)).isGreaterThan(50);
    assertThat(history.count(BookingResult.Same.class)).isGreaterThan(50);
    assertThat(history.count(ChangeResult.Done.class)).isGreaterThan(50);
    System.out.println("history: " + history.size() + " calls in " + SECONDS + " s");
  }

  @Test
  void aLostDecrementIsNoticed() throws Exception {
    AtomicInteger count = new AtomicInteger();
    run(
        new RightWay() {
          @Override
          public ChangeResult cancel(Desk.Node node, Paper session, UUID id) {
            ChangeResult result = super.cancel(node, session, id);
            if (result instanceof ChangeResult.Done(var doses)
                && !doses.isEmpty()
                && count.incrementAndGet() == 3) {
              DESK.world()
                  .execute(
                      "UPDATE booking.slot SET capacity = capacity + 1, booked = booked + 1"
                          + " WHERE id = "
                          + doses.getFirst().slot());
            }
            return result;
          }
        },
        Duration.ofMillis(700));

    assertThat(history.faults(DESK.world())).contains("counters differ from the rows");
  }

  @Test
  void anAcknowledgementBeforeTheCommitIsNoticed() throws Exception {
    AtomicInteger count = new AtomicInteger();
    run(
        new RightWay() {
          @Override
          public CompletableFuture<BookingResult> book(
              Desk.Node node, Paper session, UUID id, long slot) {
            if (count.incrementAndGet() == 20) {
              return CompletableFuture.completedFuture(
                  new BookingResult.Booked(
                      List.of(
                          new Appointment(
                              id,
                              1,
                              session.person(),
                              1,
                              slot,
                              slot,
                              null,
                              true,
                              new Appointment.Admission(session.session(), DESK.now())))));
            }
            return super.book(node, session, id, slot);
          }
        },
        Duration.ofMillis(700));

    // Retries may bring it to disk later, in the slot of the first answer or another.
    assertThat(history.faults(DESK.world()))
        .anyMatch(
            fault ->
                fault.startsWith("acknowledged, but not on disk")
                    || fault.startsWith("another slot")
                    || fault.startsWith("one id was booked twice"));
  }

  /// Of slots that have places when they are said to be full, and fill up later.
  @Test
  void aFalseFullIsNoticed() throws Exception {
    AtomicInteger count = new AtomicInteger();
    run(
        new RightWay() {
          @Override
          public CompletableFuture<BookingResult> book(
              Desk.Node node, Paper session, UUID id, long slot) {
            return count.incrementAndGet() <= 5
                ? CompletableFuture.completedFuture(new BookingResult.SlotFull(1))
                : super.book(node, session, id, slot);
          }
        },
        Duration.ofMillis(700));

    assertThat(history.faults(DESK.world())).anyMatch(fault -> fault.startsWith("a false full"));
  }

  @Test
  void aFailureThatIsNoImpatienceIsNoticed() {
    AtomicInteger count = new AtomicInteger();
    AppointmentsAway planted = new AppointmentsAway(new SQLException("planted"));
    RightWay way =
        new RightWay() {
          @Override
          public CompletableFuture<BookingResult> book(
              Desk.Node node, Paper session, UUID id, long slot) {
            return count.incrementAndGet() == 20
                ? CompletableFuture.failedFuture(planted)
                : super.book(node, session, id, slot);
          }
        };

    assertThatThrownBy(() -> run(way, Duration.ofMillis(200))).hasRootCauseMessage("planted");
  }

  @Test
  void aMissingRuleOfUniquenessIsNoticed() throws Exception {
    DESK.world().execute("DROP INDEX booking.appointment_person");
    try {
      run(new RightWay(), Duration.ofMillis(700));

      assertThat(history.faults(DESK.world()))
          .anyMatch(fault -> fault.startsWith("a second appointment for a person"));
    } finally {
      DESK.renew();
      DESK.world()
          .execute(
              "CREATE UNIQUE INDEX appointment_person ON booking.appointment"
                  + " (person, campaign, dose) WHERE active");
    }
  }

  /// @return the nodes; the third joined in the middle and did nothing but follow
  private Desk.Node[] run(Way way, Duration time) throws Exception {
    Desk.Node[] nodes = {DESK.node(), DESK.node()};
    List<Long> slots = new ArrayList<>();
    for (int product = 0; product < 2; product++) {
      slots.add(Desk.slot(nodes[0], 1, product, "2026-03-09T09:00").id());
      slots.add(Desk.slot(nodes[0], 1, product, "2026-03-09T09:30").id());
      slots.add(Desk.slot(nodes[0], 2, product, "2026-03-09T09:00").id());
    }
    long end = System.nanoTime() + time.toNanos();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(SEED + i);
        clients.add(
            threads.submit(
                () -> {
                  while (System.nanoTime() < end) {
                    act(way, nodes[random.nextInt(2)], slots, random);
                  }
                }));
      }
      Thread.sleep(time.dividedBy(2));
      Desk.Node late = DESK.node();
      while (System.nanoTime() < end) {
        nodes[0].indexes().follow();
        late.indexes().follow();
      }
      for (Future<?> client : clients) {
        client.get();
      }
      return new Desk.Node[] {nodes[0], nodes[1], late};
    }
  }

  private void act(Way way, Desk.Node node, List<Long> slots, Random random) {
    int number = random.nextInt(PEOPLE);
    Paper session = DESK.session(number);
    List<UUID> used = ids.get(number);
    UUID old = used.isEmpty() ? new UUID(0, 0) : used.get(random.nextInt(used.size()));
    long slot = slots.get(random.nextInt(slots.size()));
    switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        ids.updateAndGet(number, list -> latest(list, id));
        book(way, node, session, number, id, slotOf(id, slots), random);
      }
      case 4, 5 -> book(way, node, session, number, old, slotOf(old, slots), random);
      case 6 -> book(way, node, session, number, old, slot, random);
      case 7 -> {
        History.Moment began = history.now(slot);
        String pass = DESK.pass(session, 2);
        history.changed(
            old, number, slot, began, answer(() -> node.changes().move(session, old, slot, pass)));
      }
      default -> {
        History.Moment began = history.now(0);
        history.changed(old, number, 0, began, answer(() -> way.cancel(node, session, old)));
      }
    }
  }

  private void book(
      Way way, Desk.Node node, Paper session, int number, UUID id, long slot, Random random) {
    History.Moment began = history.now(slot);
    int patience = random.nextInt(4) == 0 ? 1 : 20_000;
    @Nullable BookingResult result =
        answer(
            () ->
                way.book(node, session, id, slot)
                    .orTimeout(patience, TimeUnit.MILLISECONDS)
                    .join());
    history.booked(id, number, slot, began, result);
    if (result instanceof BookingResult.AlreadyBooked(UUID present)) {
      ids.updateAndGet(number, list -> latest(list, present));
    }
  }

  /// What a call answers; null when its client gave up waiting or was sent away. Every other
  /// failure fails the test.
  private static <T> @Nullable T answer(Supplier<T> call) {
    try {
      return call.get();
    } catch (CompletionException | AppointmentsAway | RejectedExecutionException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      if (root instanceof TimeoutException || root instanceof RejectedExecutionException) {
        return null;
      }
      throw e;
    }
  }

  /// The slot of an id follows from the id, so that most retries ask for the same.
  private static long slotOf(UUID id, List<Long> slots) {
    return slots.get(Math.floorMod(id.hashCode(), slots.size()));
  }

  private static List<UUID> latest(List<UUID> list, UUID id) {
    List<UUID> longer = new ArrayList<>(list.size() < 6 ? list : list.subList(1, list.size()));
    longer.add(id);
    return List.copyOf(longer);
  }
}
