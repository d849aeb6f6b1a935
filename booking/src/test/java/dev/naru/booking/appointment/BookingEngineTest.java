package dev.naru.booking.appointment;

import static dev.naru.booking.appointment.World.book;
import static dev.naru.booking.appointment.World.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.booking.appointment.BookingResult.AlreadyBooked;
import dev.naru.booking.appointment.BookingResult.Booked;
import dev.naru.booking.appointment.BookingResult.IdReused;
import dev.naru.booking.appointment.BookingResult.Same;
import dev.naru.booking.appointment.BookingResult.SlotFull;
import dev.naru.booking.appointment.BookingResult.SlotUnknown;
import dev.naru.booking.supply.Share;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BookingEngineTest {
  private static final World WORLD = new World();

  private BookingEngine engine = new BookingEngine(WORLD.store(1));

  @AfterAll
  static void end() {
    WORLD.close();
  }

  @BeforeEach
  void empty() {
    WORLD.empty();
  }

  @AfterEach
  void countersAreWhatTheRowsSay() {
    engine.close();
    assertThat(WORLD.wrongCounters()).isZero();
  }

  /// Decides requests as one batch, without the queue.
  private static List<BookingResult> batch(BookingRequest... requests) throws SQLException {
    List<BookingRequest> list = List.of(requests);
    BookingResult[] results = new BookingResult[requests.length];
    List<Integer> pending = IntStream.range(0, requests.length).boxed().toList();
    while (!pending.isEmpty()) {
      List<Integer> now = pending;
      pending = WORLD.store(1).inTransaction(t -> new BookingRound(list, results, t).decide(now));
    }
    return Arrays.asList(results);
  }

  @Test
  void exactlyAsManyWinAsThereArePlaces() {
    long slot = WORLD.slot(10);
    int firstWriters = 0;
    List<CompletableFuture<BookingResult>> answers =
        IntStream.range(0, 500).mapToObj(p -> engine.book(request(p, slot), firstWriters)).toList();

    List<BookingResult> results = answers.stream().map(CompletableFuture::join).toList();

    assertThat(results).filteredOn(Booked.class::isInstance).hasSize(10);
    assertThat(results).filteredOn(SlotFull.class::isInstance).hasSize(490);
    assertThat(WORLD.booked(slot)).isEqualTo(10);
    assertThat(results.subList(0, 10)).as("in order of arrival").allMatch(Booked.class::isInstance);
  }

  @Test
  void aCohortTakesNoMoreThanWasReleasedToIt() {
    long slot = WORLD.slot(3, 0);
    Share first = new Share(1, 2);
    List<BookingResult> results =
        IntStream.range(0, 4)
            .mapToObj(p -> book(engine, request(UUID.randomUUID(), p, first, slot)))
            .toList();

    assertThat(results).filteredOn(Booked.class::isInstance).hasSize(2);
    assertThat(book(engine, request(UUID.randomUUID(), 9, new Share(2, 2), slot)))
        .isInstanceOf(Booked.class);
    assertThat(WORLD.booked(slot)).isEqualTo(3);
  }

  @Test
  void theSameIdGivesTheSameAnswerForEver() {
    long slot = WORLD.slot(1);
    BookingRequest request = request(1, slot);
    assertThat(book(engine, request)).isInstanceOf(Booked.class);

    assertThat(book(engine, request)).isInstanceOf(Same.class);
    WORLD.execute("UPDATE booking.appointment SET active = false");
    WORLD.execute("UPDATE booking.slot SET booked = 0");
    WORLD.execute("TRUNCATE booking.appointment_event");
    assertThat(book(engine, request))
        .isInstanceOfSatisfying(
            Same.class, same -> assertThat(same.doses().getFirst().active()).isFalse());
  }

  @Test
  void anIdOfAnotherSlotOrPersonIsRefused() {
    long slot = WORLD.slot(5);
    long other = WORLD.slot(5);
    UUID id = UUID.randomUUID();
    book(engine, request(id, 1, Share.ALL, slot));

    assertThat(book(engine, request(id, 1, Share.ALL, other))).isInstanceOf(IdReused.class);
    assertThat(book(engine, request(id, 2, Share.ALL, slot))).isInstanceOf(IdReused.class);
  }

  @Test
  void theIdOfALaterDoseIsNobodysOwn() {
    long[] slots = {WORLD.slot(5), WORLD.slot(5)};
    BookingRequest both = request(1, slots);
    book(engine, both);

    assertThat(book(engine, request(both.idOf(2), 1, Share.ALL, slots[1])))
        .isInstanceOf(IdReused.class);
  }

  @Test
  void anIdWhoseLaterDosesExistIsRefused() throws SQLException {
    long[] slots = {WORLD.slot(5), WORLD.slot(5)};
    UUID id = UUID.randomUUID();
    BookingRequest inTheWay = request(Doses.id(id, 2), 1, Share.ALL, slots[0]);

    batch(inTheWay);

    assertThat(batch(request(id, 2, Share.ALL, slots)))
        .singleElement()
        .isInstanceOf(IdReused.class);
    assertThat(WORLD.rows()).isEqualTo(1);
  }

  @Test
  void onePersonHasOneAppointment() {
    long slot = WORLD.slot(5);
    long other = WORLD.slot(5);
    BookingRequest first = request(1, slot);
    book(engine, first);

    assertThat(book(engine, request(1, other))).isEqualTo(new AlreadyBooked(first.id()));
  }

  @Test
  void anAppointmentComesBeforeFullAndUnknown() {
    long full = WORLD.slot(1);
    book(engine, request(2, full));
    BookingRequest first = request(1, WORLD.slot(1));
    book(engine, first);

    assertThat(book(engine, request(1, full))).isEqualTo(new AlreadyBooked(first.id()));
    assertThat(book(engine, request(1, 999))).isEqualTo(new AlreadyBooked(first.id()));
    assertThat(book(engine, request(3, 999))).isInstanceOf(SlotUnknown.class);
  }

  @Test
  void aSlotOfAnotherCampaignIsUnknown() {
    long slot = WORLD.slot(1);
    WORLD.execute("UPDATE booking.slot SET campaign = 2");

    assertThat(book(engine, request(1, slot))).isInstanceOf(SlotUnknown.class);
  }

  @Test
  void bothDosesAreGotOrNone() {
    long first = WORLD.slot(5);
    long second = WORLD.slot(1);
    assertThat(book(engine, request(1, first, second)))
        .isInstanceOfSatisfying(
            Booked.class,
            booked -> {
              assertThat(booked.doses()).extracting(Appointment::dose).containsExactly(1, 2);
              assertThat(booked.doses().get(1).first()).isEqualTo(booked.doses().getFirst().id());
            });

    assertThat(book(engine, request(2, first, second))).isEqualTo(new SlotFull(2));
    assertThat(WORLD.booked(first)).isEqualTo(1);
  }

  @Test
  void halfABookingIsTakenBack() {
    long first = WORLD.slot(5);
    long second = WORLD.slot(5);
    book(engine, request(1, first, second));
    WORLD.execute("UPDATE booking.appointment SET active = false WHERE dose = 1");
    WORLD.execute("UPDATE booking.slot SET booked = 0 WHERE id = " + first);
    WORLD.execute("DELETE FROM booking.appointment_event WHERE to_slot = " + first);

    assertThat(book(engine, request(1, first, second))).isInstanceOf(AlreadyBooked.class);
    assertThat(WORLD.rows()).isEqualTo(1);
  }

  @Test
  void nobodyHearsAFalseFullBehindARivalWhoLost() throws SQLException {
    long slot = WORLD.slot(1);
    batch(request(1, WORLD.slot(1)));

    assertThat(batch(request(1, slot), request(2, slot)))
        .satisfiesExactly(
            rival -> assertThat(rival).isInstanceOf(AlreadyBooked.class),
            next -> assertThat(next).isInstanceOf(Booked.class));
  }

  @Test
  void manyRequestsOfOnePersonInABatchAreAllAnswered() throws SQLException {
    long slot = WORLD.slot(50);
    BookingRequest retried = request(1, slot);
    List<BookingRequest> requests = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      requests.add(retried);
      requests.add(request(1, slot));
    }

    List<BookingResult> results = batch(requests.toArray(BookingRequest[]::new));

    assertThat(results.getFirst()).isInstanceOf(Booked.class);
    assertThat(results).filteredOn(Same.class::isInstance).hasSize(29);
    assertThat(results).filteredOn(AlreadyBooked.class::isInstance).hasSize(30);
    assertThat(WORLD.rows()).isEqualTo(1);
  }

  @Test
  void twoNodesGiveOnePersonOneAppointment() {
    try (BookingEngine other = new BookingEngine(WORLD.store(2))) {
      for (int person = 0; person < 100; person++) {
        long slot = WORLD.slot(2);
        CompletableFuture<BookingResult> here = engine.book(request(person, slot), person);
        CompletableFuture<BookingResult> there = other.book(request(person, slot), person);
        List<BookingResult> results = List.of(here.join(), there.join());

        assertThat(results).filteredOn(Booked.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(AlreadyBooked.class::isInstance).hasSize(1);
      }
    }
  }

  @Test
  void twoNodesShareTheLastPlaces() {
    long slot = WORLD.slot(100);
    try (BookingEngine other = new BookingEngine(WORLD.store(2))) {
      List<CompletableFuture<BookingResult>> answers = new ArrayList<>();
      for (int person = 0; person < 1_000; person++) {
        answers.add((person % 2 == 0 ? engine : other).book(request(person, slot), person));
      }

      assertThat(answers.stream().map(CompletableFuture::join))
          .filteredOn(Booked.class::isInstance)
          .hasSize(100);
    }
  }

  /// They use each other's ids in the opposite order, so that each writer waits for the other.
  @Test
  void conspiratorsWhoMakeADeadlockAreAnswered() {
    List<CompletableFuture<BookingResult>> answers = new ArrayList<>();
    try (BookingEngine other = new BookingEngine(WORLD.store(2))) {
      for (int i = 0; i < 50; i++) {
        UUID a = UUID.randomUUID();
        UUID b = UUID.randomUUID();
        long slot = WORLD.slot(9);
        long elsewhere = WORLD.slot(9);
        answers.add(engine.book(request(a, 4L * i, Share.ALL, slot), 0));
        answers.add(engine.book(request(b, 4L * i + 1, Share.ALL, slot), 0));
        answers.add(other.book(request(b, 4L * i + 2, Share.ALL, elsewhere), 0));
        answers.add(other.book(request(a, 4L * i + 3, Share.ALL, elsewhere), 0));
      }
      assertThat(answers.stream().map(f -> f.orTimeout(20, TimeUnit.SECONDS).join()))
          .filteredOn(Booked.class::isInstance)
          .hasSize(100);
    }
  }

  /// The table's own guard is the poison: it refuses one slot's counter.
  @Test
  void aPoisonedRequestFailsAlone() {
    long good = WORLD.slot(500);
    long poisoned = WORLD.slot(5);
    WORLD.execute(
        "ALTER TABLE booking.slot ADD CONSTRAINT poison CHECK (id <> "
            + poisoned
            + " OR booked = 0)");
    try {
      List<CompletableFuture<BookingResult>> answers =
          IntStream.range(0, 200)
              .mapToObj(p -> engine.book(request(p, p == 100 ? poisoned : good), 1))
              .toList();

      assertThatThrownBy(() -> answers.get(100).join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOf(SQLException.class);
      for (int p = 0; p < 200; p++) {
        if (p != 100) {
          assertThat(answers.get(p).join()).isInstanceOf(Booked.class);
        }
      }
    } finally {
      WORLD.execute("ALTER TABLE booking.slot DROP CONSTRAINT poison");
    }
  }

  @Test
  void whatDoesNotFitTheQueueIsRefusedAtOnce() throws SQLException {
    long slot = WORLD.slot(30_000);
    List<CompletableFuture<BookingResult>> answers = new ArrayList<>();
    try (Connection holder = holder(slot)) {
      for (int person = 0; person < 23_000; person++) {
        answers.add(engine.book(request(person, slot), 0));
      }
      assertThat(answers)
          .filteredOn(CompletableFuture::isCompletedExceptionally)
          .hasSizeBetween(1_000, 3_000)
          .allSatisfy(
              refused ->
                  assertThat(refused.exceptionNow())
                      .isInstanceOf(RejectedExecutionException.class));
      holder.rollback();
      holder.setAutoCommit(true);
    }
    answers.stream().filter(a -> !a.isCompletedExceptionally()).forEach(CompletableFuture::join);
  }

  private static Connection holder(long slot) throws SQLException {
    Connection holder = WORLD.database().dataSource().getConnection();
    holder.setAutoCommit(false);
    try (Statement statement = holder.createStatement()) {
      statement.execute("SELECT FROM booking.slot WHERE id = " + slot + " FOR UPDATE");
    }
    return holder;
  }

  @Test
  void anAbsentDatabaseFailsTheWholeBatchAtOnce() {
    World gone = new World();
    try (BookingEngine lost = new BookingEngine(gone.store(1))) {
      gone.close();
      List<CompletableFuture<BookingResult>> answers =
          IntStream.range(0, 300).mapToObj(p -> lost.book(request(p, 1), 1)).toList();

      assertThat(answers)
          .allSatisfy(
              answer ->
                  assertThatThrownBy(() -> answer.orTimeout(15, TimeUnit.SECONDS).join())
                      .cause()
                      .isInstanceOf(AppointmentsAway.class));
    }
  }

  @Test
  void aNodeThatStartsAnewKnowsWhatWasBooked() {
    long slot = WORLD.slot(1);
    BookingRequest request = request(1, slot);
    book(engine, request);
    engine.close();
    engine = new BookingEngine(WORLD.store(3));

    assertThat(book(engine, request)).isInstanceOf(Same.class);
    assertThat(book(engine, request(2, slot))).isEqualTo(new SlotFull(1));
  }

  @Test
  void aClosedEngineRefuses() {
    engine.close();

    assertThatThrownBy(() -> engine.book(request(1, 1), 1).join())
        .cause()
        .isInstanceOf(RejectedExecutionException.class);
  }
}
