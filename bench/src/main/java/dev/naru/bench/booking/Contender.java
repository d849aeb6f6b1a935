package dev.naru.bench.booking;

import dev.naru.booking.appointment.BookingRequest;
import dev.naru.booking.appointment.BookingResult;
import java.util.concurrent.CompletableFuture;

/// A way to decide bookings.
interface Contender extends AutoCloseable {
  /// @param site of the slot
  CompletableFuture<BookingResult> book(BookingRequest request, int site);

  @Override
  void close();

  /// The ways there are.
  enum Kind {
    /// What most programs have.
    TRANSACTION("one transaction each"),
    /// The best without a batch.
    STATEMENT("one statement each"),
    /// The product.
    ENGINE("engine"),
    /// The product twice on one database.
    TWO_NODES("engine, two nodes"),
    /// And four times.
    FOUR_NODES("engine, four nodes");

    final String title;

    Kind(String title) {
      this.title = title;
    }

    Contender open(BenchDatabase database) {
      return switch (this) {
        case TRANSACTION -> SingleContender.transactions(database.largePool());
        case STATEMENT -> SingleContender.statements(database.largePool());
        case ENGINE -> new EngineContender(database.pool(), 1);
        case TWO_NODES -> new EngineContender(database.largePool(), 2);
        case FOUR_NODES -> new EngineContender(database.largePool(), 4);
      };
    }
  }
}
