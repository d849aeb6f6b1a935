package dev.naru.booking.appointment;

import static dev.naru.booking.appointment.World.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.appointment.BookingResult.AlreadyBooked;
import dev.naru.booking.appointment.BookingResult.Booked;
import dev.naru.booking.appointment.BookingResult.Same;
import dev.naru.booking.appointment.BookingResult.SlotFull;
import dev.naru.booking.appointment.BookingResult.SlotUnknown;
import dev.naru.booking.supply.Share;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Batches in which some slots have plenty and some do not.
class PlentyRoundTest {
  private static final World WORLD = new World();
  private final SlotNotes notes = new SlotNotes();

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
    assertThat(WORLD.wrongCounters()).isZero();
  }

  private List<BookingResult> batch(BookingRequest... requests) throws SQLException {
    return BookingEngine.decide(WORLD.store(1), List.of(requests), notes);
  }

  /// How many transactions the last batch took: each writes its events under a number of its own.
  private static long transactions() {
    return WORLD.number("SELECT count(DISTINCT transaction::text) FROM booking.appointment_event");
  }

  @Test
  void whoWantsPlentyIsGrantedInOneTransaction() throws SQLException {
    long slot = WORLD.slot(5);
    long other = WORLD.slot(5);

    assertThat(batch(request(1, slot), request(2, other), request(3, slot)))
        .allMatch(Booked.class::isInstance);
    assertThat(WORLD.booked(slot)).isEqualTo(2);
    assertThat(transactions()).isEqualTo(1);
  }

  @Test
  void aShortSlotIsRankedByArrivalWhileOthersArePlenty() throws SQLException {
    long shortSlot = WORLD.slot(1);
    long plenty = WORLD.slot(9);

    List<BookingResult> results =
        batch(request(1, shortSlot), request(2, plenty), request(3, shortSlot));

    assertThat(results.get(0)).isInstanceOf(Booked.class);
    assertThat(results.get(1)).isInstanceOf(Booked.class);
    assertThat(results.get(2)).isInstanceOf(SlotFull.class);
    assertThat(notes.isShort(shortSlot)).isTrue();
    assertThat(notes.isShort(plenty)).isFalse();
  }

  @Test
  void aSlotThatWasShortIsStillGivenToWhoeverFits() throws SQLException {
    long slot = WORLD.slot(2);
    notes.addShort(slot);

    assertThat(batch(request(1, slot), request(2, slot))).allMatch(Booked.class::isInstance);
  }

  @Test
  void underTwoSharesTheEarlierComesFirst() throws SQLException {
    long slot = WORLD.slot(2, 0);
    Share half = new Share(1, 2);

    List<BookingResult> results =
        batch(
            request(UUID.randomUUID(), 1, half, slot),
            request(UUID.randomUUID(), 2, Share.ALL, slot),
            request(UUID.randomUUID(), 3, half, slot));

    assertThat(results.get(0)).isInstanceOf(Booked.class);
    assertThat(results.get(1)).isInstanceOf(Booked.class);
    assertThat(results.get(2)).isInstanceOf(SlotFull.class);
  }

  @Test
  void noMoreThanIsReleasedIsPlenty() throws SQLException {
    long slot = WORLD.slot(4, 0);
    Share half = new Share(1, 2);

    assertThat(
            batch(
                request(UUID.randomUUID(), 1, half, slot),
                request(UUID.randomUUID(), 2, half, slot),
                request(UUID.randomUUID(), 3, half, slot)))
        .filteredOn(Booked.class::isInstance)
        .hasSize(2);
  }

  @Test
  void whoIsBookedAlreadyGivesThePlaceBack() throws SQLException {
    long slot = WORLD.slot(5);
    BookingRequest first = request(1, slot);
    batch(first);

    List<BookingResult> results = batch(first, request(1, slot), request(2, slot));

    assertThat(results.get(0)).isInstanceOf(Same.class);
    assertThat(results.get(1)).isInstanceOf(AlreadyBooked.class);
    assertThat(results.get(2)).isInstanceOf(Booked.class);
    assertThat(WORLD.booked(slot)).isEqualTo(2);
  }

  @Test
  void theLastPlaceOfOneWhoLosesGoesToTheNext() throws SQLException {
    long plenty = WORLD.slot(5);
    long last = WORLD.slot(1);
    batch(request(1, plenty));

    List<BookingResult> results = batch(request(1, last), request(2, last));

    assertThat(results.get(0)).isInstanceOf(AlreadyBooked.class);
    assertThat(results.get(1)).isInstanceOf(Booked.class);
  }

  @Test
  void aPersonWhoAsksTwiceInABatchIsBookedOnce() throws SQLException {
    long slot = WORLD.slot(5);

    List<BookingResult> results = batch(request(1, slot), request(1, slot));

    assertThat(results.get(0)).isInstanceOf(Booked.class);
    assertThat(results.get(1)).isInstanceOf(AlreadyBooked.class);
  }

  @Test
  void whoseSecondDoseIsShortGivesTheFirstBack() throws SQLException {
    long plenty = WORLD.slot(5);
    long full = WORLD.slot(1);
    batch(request(1, full));

    List<BookingResult> results = batch(request(2, plenty, full), request(3, plenty));

    assertThat(results.get(0)).isEqualTo(new SlotFull(2));
    assertThat(results.get(1)).isInstanceOf(Booked.class);
    assertThat(WORLD.booked(plenty)).isEqualTo(1);
  }

  @Test
  void aSlotOfNobodyOrOfAnotherCampaignIsUnknown() throws SQLException {
    long other = WORLD.slot(5);
    WORLD.execute("UPDATE booking.slot SET campaign = 2 WHERE id = " + other);

    assertThat(batch(request(1, other), request(2, 999_999)))
        .allMatch(SlotUnknown.class::isInstance);
  }

  /// On a table so small that the planner would rather go through it in another order.
  @Test
  void nodesThatWantTheSameSlotsInAnyOrderNeverBlockEachOtherInACircle() {
    long[] slots = LongStream.range(0, 60).map(i -> WORLD.slot(30_000)).toArray();
    // Rows that are changed move within the table: its order is not that of the ids any more.
    WORLD.execute("UPDATE booking.slot SET product = 1 WHERE id % 7 = 3");
    long before = deadlocks();
    Random random = new Random(1);
    try (BookingEngine a = new BookingEngine(WORLD.store(1));
        BookingEngine b = new BookingEngine(WORLD.store(2));
        BookingEngine c = new BookingEngine(WORLD.store(3))) {
      BookingEngine[] nodes = {a, b, c};
      List<CompletableFuture<BookingResult>> answers = new ArrayList<>();
      for (int person = 0; person < 6_000; person++) {
        BookingRequest request = request(person, slots[random.nextInt(slots.length)]);
        answers.add(nodes[random.nextInt(3)].book(request, random.nextInt(2)));
      }
      assertThat(answers).allMatch(answer -> answer.join() instanceof Booked);
    }
    assertThat(deadlocks()).isEqualTo(before);
    assertThat(IntStream.range(0, 60).mapToLong(i -> WORLD.booked(slots[i])).sum())
        .isEqualTo(6_000);
  }

  /// The people of both nodes are the same, so that each waits for the other's persons and slots.
  @Test
  void nodesThatTakeAmpleSlotsLastGiveEverybodyOneAppointment() {
    long[] slots = LongStream.range(0, 3).map(i -> WORLD.slot(30_000)).toArray();
    long before = deadlocks();
    try (BookingEngine a = new BookingEngine(WORLD.store(1));
        BookingEngine b = new BookingEngine(WORLD.store(2))) {
      List<CompletableFuture<BookingResult>> answers = new ArrayList<>();
      for (int person = 0; person < 6_000; person++) {
        answers.add(a.book(request(person, slots[person % 3]), person % 2));
        answers.add(b.book(request(person, slots[person % 3]), person % 2));
      }
      assertThat(answers.stream().map(CompletableFuture::join))
          .filteredOn(Booked.class::isInstance)
          .hasSize(6_000);
    }
    assertThat(deadlocks()).isEqualTo(before);
  }

  @Test
  void anAmpleSlotIsTakenAfterWritingAndTheOtherWayRoundWhenItIsNotGotSoon() throws Exception {
    long slot = WORLD.slot(SlotNotes.AMPLE + 100);
    batch(request(1, slot));
    CompletableFuture<List<BookingResult>> answer;
    try (Connection other = WORLD.database().dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT 1 FROM booking.slot WHERE id = " + slot + " FOR UPDATE");
      answer =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return batch(request(2, slot));
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      awaitWaiting(true);
      awaitWaiting(false);
      other.rollback();
    }

    assertThat(answer.get(20, TimeUnit.SECONDS)).singleElement().isInstanceOf(Booked.class);
    assertThat(WORLD.booked(slot)).isEqualTo(2);
  }

  /// @param hasWritten whether somebody who waits for a lock has written appointments before
  private static void awaitWaiting(boolean hasWritten) throws InterruptedException {
    String waiting =
        """
        SELECT count(*) FROM pg_locks AS missing
         WHERE NOT granted AND %s EXISTS
           (SELECT 1 FROM pg_locks AS held
             WHERE held.pid = missing.pid AND held.mode = 'RowExclusiveLock'
               AND held.relation = 'booking.appointment'::regclass)
        """
            .formatted(hasWritten ? "" : "NOT");
    for (int look = 0; WORLD.number(waiting) == 0; look++) {
      assertThat(look).as("looks").isLessThan(1_000);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  @Test
  void whatWasAmpleAndIsShortIsRanked() throws SQLException {
    long slot = WORLD.slot(SlotNotes.AMPLE + 100);
    batch(request(1, slot));
    WORLD.execute("UPDATE booking.slot SET capacity = 2");

    List<BookingResult> results = batch(request(2, slot), request(3, slot));

    assertThat(results.get(0)).isInstanceOf(Booked.class);
    assertThat(results.get(1)).isInstanceOf(SlotFull.class);
    assertThat(WORLD.booked(slot)).isEqualTo(2);
  }

  @Test
  void whoIsBookedAlreadyTakesNothingOfAnAmpleSlot() throws SQLException {
    long slot = WORLD.slot(SlotNotes.AMPLE + 100);
    BookingRequest first = request(1, slot);
    batch(first);

    List<BookingResult> results = batch(first, request(2, slot));
    List<BookingResult> again = batch(request(1, slot), request(3, slot));

    assertThat(results.get(0)).isInstanceOf(Same.class);
    assertThat(results.get(1)).isInstanceOf(Booked.class);
    assertThat(again.get(0)).isInstanceOf(AlreadyBooked.class);
    assertThat(again.get(1)).isInstanceOf(Booked.class);
    assertThat(WORLD.booked(slot)).isEqualTo(3);
  }

  private static long deadlocks() {
    return WORLD.number(
        "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
  }
}
