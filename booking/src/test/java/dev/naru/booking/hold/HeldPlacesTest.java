package dev.naru.booking.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.appointment.Appointment;
import dev.naru.booking.appointment.AppointmentsAway;
import dev.naru.booking.appointment.BookingResult;
import dev.naru.booking.appointment.BookingResult.AlreadyBooked;
import dev.naru.booking.appointment.BookingResult.Booked;
import dev.naru.booking.appointment.BookingResult.Same;
import dev.naru.booking.appointment.BookingResult.SlotFull;
import dev.naru.booking.appointment.BookingResult.TooManyChanges;
import dev.naru.booking.appointment.ChangeResult;
import dev.naru.booking.appointment.Desk;
import dev.naru.booking.appointment.World;
import dev.naru.booking.campaign.CampaignTexts;
import dev.naru.booking.supply.Share;
import dev.naru.common.paper.Paper;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Freed doses on their way back, and holds.
class HeldPlacesTest {
  private static final long A_MOMENT = 1_000_000;

  private static final Desk DESK = new Desk();
  private static final int OPEN_PHASE = 2;

  private Desk.Node node = begin("{returnDelay: 30m, hold: 5m}");

  private Desk.Node begin(String terms) {
    DESK.renew(CampaignTexts.SMALL + "appointments: " + terms + "\n");
    node = DESK.node();
    return node;
  }

  @AfterAll
  static void end() {
    DESK.close();
  }

  @AfterEach
  void countersAndIndexAreWhatTheRowsSay() {
    assertThat(DESK.world().wrongCounters()).isZero();
    for (long id = 1; id <= 31; id++) {
      var slot = node.index().slot(id);
      if (slot != null) {
        assertThat(slot.capacity() - node.index().free(id, Share.ALL))
            .isEqualTo((int) DESK.world().booked(id));
      }
    }
  }

  private BookingResult book(int person, UUID id, long slot) {
    Paper session = DESK.session(person);
    return node.appointments()
        .book(session, id, "small", slot, DESK.pass(session, OPEN_PHASE))
        .join();
  }

  private UUID booked(int person, long slot) {
    UUID id = UUID.randomUUID();
    assertThat(book(person, id, slot)).isInstanceOf(Booked.class);
    return id;
  }

  private Holds.Result hold(Desk.Node at, int person, long slot) {
    Paper session = DESK.session(person);
    return at.holds().hold(session, at.campaign(), slot, DESK.pass(session, OPEN_PHASE));
  }

  private void held(int person, long slot) {
    assertThat(hold(node, person, slot)).isInstanceOf(Holds.Result.Held.class);
  }

  private long one(String local) {
    return Desk.slot(node, 1, 0, local).id();
  }

  private long taken(long slot) {
    return DESK.world().booked(slot);
  }

  @Test
  void aCancelledDoseComesBackOnlyAfterItsDelayAlsoByAnotherNode() {
    long slot = one("2026-03-09T09:00");
    UUID id = booked(1, slot);
    assertThat(node.changes().cancel(DESK.session(1), id)).isInstanceOf(ChangeResult.Done.class);

    assertThat(taken(slot)).as("kept back").isEqualTo(1);
    assertThat(node.index().free(slot, Share.ALL)).as("search").isEqualTo(2);
    node = DESK.node();
    DESK.at("2026-03-05T09:30:01");
    node.returns().run();
    assertThat(taken(slot)).isZero();
  }

  @Test
  void theMomentOfTheReturnIsSpreadOverTheWholeDelay() {
    List<Long> slots = List.of(one("2026-03-09T09:00"), one("2026-03-09T09:30"));
    for (int person = 1; person <= 6; person++) {
      UUID id = booked(person, slots.get(person % 2));
      node.changes().cancel(DESK.session(person), id);
    }
    assertThat(
            DESK.world()
                .number(
                    "SELECT count(DISTINCT until) FROM booking.held WHERE until BETWEEN"
                        + " '2026-03-05T00:00Z' AND '2026-03-05T00:30Z'"))
        .isEqualTo(6);
  }

  @Test
  void aDoseThatSomebodyMovedAwayFromIsKeptBackToo() {
    long from = one("2026-03-09T09:00");
    long to = one("2026-03-10T09:00");
    UUID id = booked(1, from);
    Paper session = DESK.session(1);
    node.changes().move(session, id, to, DESK.pass(session, OPEN_PHASE));

    assertThat(taken(from)).isEqualTo(1);
    assertThat(taken(to)).isEqualTo(1);
    DESK.at("2026-03-05T09:30:01");
    node.returns().run();
    assertThat(taken(from)).isZero();
  }

  @Test
  void nothingComesBackWhileNobodyMayBook() {
    long slot = one("2026-03-09T09:00");
    DESK.at("2026-03-03T17:59:59");
    Paper session = DESK.session(1);
    UUID id = UUID.randomUUID();
    assertThat(node.appointments().book(session, id, "small", slot, DESK.pass(session, 0)).join())
        .isInstanceOf(Booked.class);
    node.changes().cancel(session, id);

    DESK.at("2026-03-03T19:00");
    node.returns().run();
    assertThat(taken(slot)).isEqualTo(1);
    DESK.at("2026-03-03T20:00");
    node.returns().run();
    assertThat(taken(slot)).isZero();
  }

  @Test
  void aHoldCountsLikeAnAppointmentAndBecomesOne() {
    long slot = one("2026-03-09T09:00");
    List.of(1, 2, 3).forEach(person -> held(person, slot));

    assertThat(hold(node, 4, slot)).isEqualTo(new Holds.Result.Refused(new SlotFull(1)));
    assertThat(book(4, UUID.randomUUID(), slot)).isEqualTo(new SlotFull(1));
    UUID id = booked(1, slot);
    assertThat(book(1, id, slot)).as("a retry").isInstanceOf(Same.class);
    assertThat(taken(slot)).isEqualTo(3);
    assertThat(DESK.world().number("SELECT count(*) FROM booking.held")).isEqualTo(2);
    assertThat(hold(node, 1, slot)).isEqualTo(new Holds.Result.Refused(new AlreadyBooked(id)));
  }

  @Test
  void askingAgainDoesNotMakeAHoldLonger() {
    long slot = one("2026-03-09T09:00");
    Holds.Result first = hold(node, 1, slot);
    DESK.at("2026-03-05T09:04");

    assertThat(hold(node, 1, slot)).isEqualTo(first);
    assertThat(taken(slot)).isEqualTo(1);
  }

  @Test
  void aNewHoldEndsTheOldAndOnlyOneIsEverThere() {
    long first = one("2026-03-09T09:00");
    long second = one("2026-03-10T09:00");
    held(1, first);
    held(1, second);

    assertThat(node.holds().of(World.person(1), node.campaign()).orElseThrow().slot())
        .isEqualTo(second);
    DESK.at("2026-03-05T09:31");
    node.returns().run();
    assertThat(taken(first)).isZero();
  }

  /// The rival has looked for a hold before, and commits only when ours waits for it.
  @Test
  void ofTwoHoldsOfOnePersonAtOnceTheLaterOneIsThere() throws Exception {
    long first = one("2026-03-09T09:00");
    long second = one("2026-03-10T09:00");
    try (Connection rival = DESK.world().database().dataSource().getConnection();
        Statement statement = rival.createStatement();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      rival.setAutoCommit(false);
      statement.execute(
          """
          UPDATE booking.slot SET booked = booked + 1 WHERE id = %1$d;
          INSERT INTO booking.held (id, campaign, slot, kind, person, until)
          VALUES ('00000000-0000-0000-0000-000000000007', 1, %1$d, 2, '\\x%2$s', '2026-03-05T00:05Z');
          INSERT INTO booking.appointment_event (at, node, kind, appointment, to_slot)
          VALUES ('2026-03-05T00:00Z', 9, 4, '00000000-0000-0000-0000-000000000007', %1$d)
          """
              .formatted(first, HexFormat.of().formatHex(World.person(1).bytes())));
      Future<Holds.Result> ours = threads.submit(() -> hold(node, 1, second));
      DESK.world().awaitLockWaiter();
      rival.commit();
      rival.setAutoCommit(true);

      assertThat(ours.get()).isInstanceOf(Holds.Result.Held.class);
    }
    assertThat(node.holds().of(World.person(1), node.campaign()).orElseThrow().slot())
        .isEqualTo(second);
    node.indexes().follow();
  }

  @Test
  void aHoldEndsByItselfAndThePlaceReturnsAtARandomMoment() {
    long slot = one("2026-03-09T09:00");
    List.of(1, 2, 3).forEach(person -> held(person, slot));
    DESK.at("2026-03-05T09:05");

    assertThat(node.holds().of(World.person(1), node.campaign())).isEmpty();
    assertThat(book(1, UUID.randomUUID(), slot)).as("too late").isEqualTo(new SlotFull(1));
    node.returns().run();
    assertThat(taken(slot)).as("not at the moment the holder knows").isPositive();
    DESK.at("2026-03-05T09:36");
    node.returns().run();
    assertThat(taken(slot)).isZero();
  }

  @Test
  void aHoldOfAnotherSlotIsLetGoByABooking() {
    begin("{hold: 5m}");
    long held = one("2026-03-09T09:00");
    held(1, held);
    booked(1, one("2026-03-10T09:00"));
    node.returns().run();

    assertThat(taken(held)).isZero();
  }

  @Test
  void withoutHoldsInTheCampaignThereAreNone() {
    begin("{returnDelay: 30m}");
    assertThat(hold(node, 1, one("2026-03-09T09:00"))).isEqualTo(new Holds.Result.Off());
  }

  @Test
  void whoChangedTooOftenTodayCanCancelButNeitherMoveNorBook() {
    begin("{changesPerDay: 2}");
    long slot = one("2026-03-09T09:00");
    long other = one("2026-03-10T09:00");
    Paper session = DESK.session(1);
    node.changes().cancel(session, booked(1, slot));
    UUID id = booked(1, slot);
    String pass = DESK.pass(session, OPEN_PHASE);
    assertThat(node.changes().move(session, id, other, pass)).isInstanceOf(ChangeResult.Done.class);

    assertThat(node.changes().move(session, id, slot, pass))
        .isEqualTo(new ChangeResult.Refused(new TooManyChanges()));
    assertThat(node.changes().cancel(session, id)).isInstanceOf(ChangeResult.Done.class);
    assertThat(book(1, UUID.randomUUID(), slot)).isEqualTo(new TooManyChanges());
    assertThat(book(1, id, slot)).as("a retry comes first").isInstanceOf(Same.class);
    booked(2, slot);
    DESK.at("2026-03-06T00:00");
    booked(1, slot);
  }

  /// Two nodes, 60 people, everything at once on four slots of three places.
  @Test
  void aHerdOfBookersMoversHoldersAndCancellersLeavesEverythingRight() throws Exception {
    begin("{returnDelay: 0s, hold: 5m}");
    List<Desk.Node> nodes = List.of(node, DESK.node());
    List<Long> slots =
        List.of(
            one("2026-03-09T09:00"),
            one("2026-03-09T09:30"),
            one("2026-03-10T09:00"),
            one("2026-03-10T09:30"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> done = new ArrayList<>();
      for (int person = 1; person <= 60; person++) {
        int who = person;
        done.add(threads.submit(() -> live(nodes.get(who % 2), who, slots)));
      }
      for (int i = 0; i < 20; i++) {
        nodes.get(i % 2).returns().run();
        Thread.sleep(20);
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
    DESK.at("2026-03-05T09:06");
    node.returns().run();
    nodes.forEach(each -> each.indexes().follow());
    assertThat(DESK.world().number("SELECT count(*) FROM booking.held")).isZero();
    assertThat(nodes.get(1).free(slots)).isEqualTo(nodes.get(0).free(slots));
    assertThat(
            DESK.world()
                .number("SELECT count(*) FROM booking.slot WHERE booked > capacity OR booked < 0"))
        .isZero();
    assertThat(DESK.world().rows()).as("the last doses are taken").isBetween(4L, 12L);
  }

  /// One person's life: an appointment, once got, stays theirs until they cancel it.
  private void live(Desk.Node at, int person, List<Long> slots) {
    Random random = new Random(person);
    Paper session = DESK.session(person);
    String pass = DESK.pass(session, OPEN_PHASE);
    UUID mine = null;
    for (int step = 0; step < 12; step++) {
      long slot = slots.get(random.nextInt(slots.size()));
      if (mine == null) {
        if (random.nextInt(3) == 0) {
          patiently(() -> hold(at, person, slot));
        }
        UUID id = UUID.randomUUID();
        BookingResult result =
            patiently(() -> at.appointments().book(session, id, "small", slot, pass).join());
        mine = result instanceof Booked ? id : null;
      } else if (random.nextInt(4) == 0) {
        UUID cancelled = mine;
        assertThat(patiently(() -> at.changes().cancel(session, cancelled)))
            .isInstanceOf(ChangeResult.Done.class);
        mine = null;
      } else {
        UUID moving = mine;
        ChangeResult moved = patiently(() -> at.changes().move(session, moving, slot, pass));
        Appointment now =
            patiently(() -> at.appointments().own(session.person(), moving)).orElseThrow();
        assertThat(now.active()).isTrue();
        if (moved instanceof ChangeResult.Done) {
          assertThat(now.slot()).isEqualTo(slot);
        }
      }
    }
  }

  /// On a slow machine not everybody gets a connection in time, and after a standstill not
  /// everybody gets in: they ask again, as a page does.
  private static <T> T patiently(Supplier<T> call) {
    while (true) {
      try {
        return call.get();
      } catch (RejectedExecutionException | AppointmentsAway e) {
        LockSupport.parkNanos(A_MOMENT);
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof RejectedExecutionException)) {
          throw e;
        }
        LockSupport.parkNanos(A_MOMENT);
      }
    }
  }
}
