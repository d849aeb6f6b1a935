package dev.naru.bench.booking;

import dev.naru.booking.appointment.BookingRequest;
import dev.naru.booking.appointment.BookingRequest.Terms;
import dev.naru.booking.appointment.BookingResult;
import java.time.LocalDate;
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
    /// The product in a campaign with holds and a waitlist.
    HOLDS("engine, holds and waitlist"),
    /// The product in a campaign with a limit of changes a day.
    LIMIT("engine, limit of changes"),
    /// The product in a campaign with all of them.
    OPTIONS("engine, all options"),
    /// The product twice on one database.
    TWO_NODES("engine, two nodes"),
    /// And four times.
    FOUR_NODES("engine, four nodes");

    /// After so many a person can neither move nor book that day.
    private static final int CHANGES = 3;

    private static final LocalDate TODAY = LocalDate.of(2026, 1, 1);

    /// As many as hold, wait or have changed at once on a busy day.
    private static final int RESERVED = 200_000;

    final String title;

    Kind(String title) {
      this.title = title;
    }

    Contender open(BenchDatabase database) {
      return switch (this) {
        case TRANSACTION -> SingleContender.transactions(database.largePool());
        case STATEMENT -> SingleContender.statements(database.largePool());
        case ENGINE -> new EngineContender(database.pool(), 1);
        case HOLDS -> options(database, new Terms(true, 0, LocalDate.EPOCH));
        case LIMIT -> options(database, new Terms(false, CHANGES, TODAY));
        case OPTIONS -> options(database, new Terms(true, CHANGES, TODAY));
        case TWO_NODES -> new EngineContender(database.largePool(), 2);
        case FOUR_NODES -> new EngineContender(database.largePool(), 4);
      };
    }

    /// Among people who have changed, hold, and wait.
    private static Contender options(BenchDatabase database, Terms terms) {
      database.reserve(RESERVED, TODAY);
      return new OptionsContender(new EngineContender(database.pool(), 1), terms);
    }
  }
}
