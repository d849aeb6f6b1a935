package dev.naru.booking.bench;

import dev.naru.booking.appointment.BookingRequest;
import dev.naru.booking.appointment.BookingResult;
import java.util.concurrent.CompletableFuture;

/// A way to decide bookings.
interface Contender extends AutoCloseable {
  String name();

  /// @param site of the slot
  CompletableFuture<BookingResult> book(BookingRequest request, int site);

  @Override
  void close();
}
