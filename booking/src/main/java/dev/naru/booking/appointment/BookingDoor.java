package dev.naru.booking.appointment;

import dev.naru.common.limit.LatencyLimit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Sends bookings away that could not be decided in time, before any work, and counts.
public final class BookingDoor {
  /// Two thirds of what the line station holds against (300 ms): this limit acts first.
  private static final double TARGET_SECONDS = 0.2;

  /// A batch of so many costs hardly more than one alone.
  private static final int LEAST = 32;

  /// A second of the best rate measured, and what the queues hold.
  private static final int LARGEST = 40_000;

  private record Count(LongAdder answered, LongAdder refused) {}

  private final Map<String, Count> counts = new ConcurrentHashMap<>();
  private final LatencyLimit limit;
  private final LongSupplier nanoTime;

  /// @param nanoTime as [System#nanoTime]
  public BookingDoor(LongSupplier nanoTime) {
    this.limit = new LatencyLimit(TARGET_SECONDS, LEAST, LARGEST, nanoTime);
    this.nanoTime = nanoTime;
  }

  /// How busy booking is.
  ///
  /// @param answered decided since the start, whatever the decision
  /// @param refused sent away since the start
  /// @param latencyMillis mean time to a decision in the last second
  /// @param inFlight being decided now
  public record Load(long answered, long refused, double latencyMillis, int inFlight) {}

  /// Lets a booking through, or completes it with [RejectedExecutionException].
  <T> CompletableFuture<T> through(String campaign, Supplier<CompletableFuture<T>> booking) {
    Count count = count(campaign);
    if (!limit.enter()) {
      count.refused().increment();
      return CompletableFuture.failedFuture(
          new RejectedExecutionException("more bookings than can be decided in time"));
    }
    long began = nanoTime.getAsLong();
    return booking
        .get()
        .whenComplete(
            (_, failure) -> {
              limit.leave(nanoTime.getAsLong() - began);
              (failure == null ? count.answered() : count.refused()).increment();
            });
  }

  private Count count(String campaign) {
    return counts.computeIfAbsent(campaign, _ -> new Count(new LongAdder(), new LongAdder()));
  }

  /// The load that a campaign makes.
  public Load load(String campaign) {
    Count count = count(campaign);
    return new Load(
        count.answered().sum(), count.refused().sum(), limit.latencyMillis(), limit.inFlight());
  }
}
