package dev.naru.booking.appointment;

import static dev.naru.booking.appointment.World.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.appointment.BookingResult.AlreadyBooked;
import dev.naru.booking.appointment.BookingResult.Booked;
import dev.naru.booking.appointment.BookingResult.Same;
import dev.naru.booking.appointment.BookingResult.SlotFull;
import dev.naru.booking.appointment.BookingResult.SlotUnknown;
import dev.naru.booking.supply.Share;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Batches in which some slots have plenty and some do not.
class PlentyRoundTest {
  private static final World WORLD = new World();
  private final ShortSlots shortSlots = new ShortSlots();

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
    return BookingEngine.decide(WORLD.store(1), List.of(requests), shortSlots);
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
    assertThat(shortSlots.contains(shortSlot)).isTrue();
    assertThat(shortSlots.contains(plenty)).isFalse();
  }

  @Test
  void aSlotThatWasShortIsStillGivenToWhoeverFits() throws SQLException {
    long slot = WORLD.slot(2);
    shortSlots.add(slot);

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

  private static long deadlocks() {
    return WORLD.number(
        "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
  }
}
