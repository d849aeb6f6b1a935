package dev.naru.booking.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Two writers on virtual time: what one of them cannot decide keeps nothing from the other.
class BookingDoorTest {
  private static final int MORE_THAN_EVER_FIT = 100_000;

  private final AtomicLong time = new AtomicLong();
  private final BookingDoor door = new BookingDoor(2, time::get);

  private CompletableFuture<BookingResult> ask(
      int writer, CompletableFuture<BookingResult> decision) {
    return door.through("campaign", writer, () -> decision);
  }

  private List<CompletableFuture<BookingResult>> fill(int writer) {
    List<CompletableFuture<BookingResult>> decisions = new ArrayList<>();
    for (int i = 0; i < MORE_THAN_EVER_FIT; i++) {
      CompletableFuture<BookingResult> decision = new CompletableFuture<>();
      if (ask(writer, decision).isCompletedExceptionally()) {
        return decisions;
      }
      decisions.add(decision);
    }
    throw new AssertionError("the door lets everybody in");
  }

  @Test
  void aWriterThatStandsStillTakesNoPlaceOfTheOther() {
    fill(0);
    assertThat(ask(1, new CompletableFuture<>())).isNotDone();
    assertThat(ask(0, new CompletableFuture<>())).isCompletedExceptionally();
  }

  @Test
  void whoIsSentAwayIsToldToComeBackLaterThanWhoWasBefore() {
    fill(0);
    int first = comeBackSeconds();
    for (int i = 0; i < 1_000; i++) {
      assertThat(comeBackSeconds()).isBetween(first, 30);
    }
    assertThat(comeBackSeconds()).isGreaterThan(first + 1);
  }

  private int comeBackSeconds() {
    CompletableFuture<BookingResult> asked = ask(0, new CompletableFuture<>());
    assertThat(asked.exceptionNow()).isInstanceOf(SentAway.class);
    return ((SentAway) asked.exceptionNow()).comeBackSeconds();
  }

  @Test
  void placesAreFreeAgainAndAllIsCounted() {
    List<CompletableFuture<BookingResult>> decisions = fill(0);
    assertThat(door.load("campaign").inFlight()).isEqualTo(decisions.size());
    time.addAndGet(10_000_000);
    decisions.getFirst().complete(new BookingResult.SlotFull(1));
    decisions.forEach(decision -> decision.complete(new BookingResult.Booked(List.of())));
    assertThat(ask(0, new CompletableFuture<>())).isNotDone();
    assertThat(door.load("campaign"))
        .returns((long) decisions.size(), BookingDoor.Load::answered)
        .returns(decisions.size() - 1L, BookingDoor.Load::served)
        .returns(1L, BookingDoor.Load::refused)
        .returns(1, BookingDoor.Load::inFlight);
    assertThat(door.load("other").answered()).isZero();
  }
}
