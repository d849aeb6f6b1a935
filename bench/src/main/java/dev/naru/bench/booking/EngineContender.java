package dev.naru.bench.booking;

import dev.naru.booking.appointment.AppointmentStore;
import dev.naru.booking.appointment.BookingEngine;
import dev.naru.booking.appointment.BookingRequest;
import dev.naru.booking.appointment.BookingResult;
import dev.naru.booking.search.Commits;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/// The product: one node, or several on the same database that share the usual number of writers,
/// each with one at least, as docs/OPERATIONS.md says. A person's requests all go to one node, any
/// slot's to all.
final class EngineContender implements Contender {
  private final List<BookingEngine> nodes;

  EngineContender(DataSource database, int count) {
    int writers = Math.max(1, BookingEngine.USUAL_WRITERS / count);
    this.nodes =
        IntStream.rangeClosed(1, count)
            .mapToObj(
                node ->
                    new BookingEngine(
                        new AppointmentStore(
                            database, InstantSource.system(), node, Commits.IGNORED),
                        writers))
            .toList();
  }

  @Override
  public CompletableFuture<BookingResult> book(BookingRequest request, int site) {
    return nodes.get(Math.floorMod(request.person().hashCode(), nodes.size())).book(request, site);
  }

  @Override
  public void close() {
    nodes.forEach(BookingEngine::close);
  }
}
