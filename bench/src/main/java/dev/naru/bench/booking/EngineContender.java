package dev.naru.bench.booking;

import dev.naru.booking.appointment.AppointmentStore;
import dev.naru.booking.appointment.BookingEngine;
import dev.naru.booking.appointment.BookingRequest;
import dev.naru.booking.appointment.BookingResult;
import dev.naru.booking.search.Commits;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;

/// The product.
final class EngineContender implements Contender {
  private final BookingEngine engine;

  EngineContender(DataSource database) {
    this.engine =
        new BookingEngine(
            new AppointmentStore(database, InstantSource.system(), 1, Commits.IGNORED));
  }

  @Override
  public CompletableFuture<BookingResult> book(BookingRequest request, int site) {
    return engine.book(request, site);
  }

  @Override
  public void close() {
    engine.close();
  }
}
