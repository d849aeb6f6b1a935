package dev.naru.bench.booking;

import dev.naru.booking.appointment.BookingRequest;
import dev.naru.booking.appointment.BookingResult;
import java.util.concurrent.CompletableFuture;

/// The product in a campaign that allows more than booking: every batch looks up what its people
/// have reserved, and how often they have changed.
record OptionsContender(Contender engine, BookingRequest.Terms terms) implements Contender {
  @Override
  public CompletableFuture<BookingResult> book(BookingRequest request, int site) {
    return engine.book(
        new BookingRequest(
            request.id(),
            request.campaign(),
            request.person(),
            request.slots(),
            request.share(),
            request.admission(),
            terms,
            null),
        site);
  }

  @Override
  public void close() {
    engine.close();
  }
}
