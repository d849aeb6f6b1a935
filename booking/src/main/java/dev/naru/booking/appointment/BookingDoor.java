package dev.naru.booking.appointment;

import dev.naru.common.limit.LatencyLimit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Sends bookings away that could not be decided in time, before any work, and counts. Each writer
/// has a limit of its own: under one for all, whichever writer is behind takes the places of the
/// others, and these wait for work.
public final class BookingDoor {
  /// Four of a busy writer's batches (adr/0048): of fewer, how many are decided is chance. Fewer
  /// are called from 300 ms on, so that people are seldom sent away.
  private static final double TARGET_SECONDS = 0.4;

  /// A batch of so many costs hardly more than one alone.
  static final int LEAST = 16;

  /// The largest batch. A limit that began where it may end would let in seconds of work before it
  /// has learnt anything.
  private static final int FIRST = BookingEngine.LARGEST_BATCH;

  private record Count(LongAdder answered, LongAdder served, LongAdder refused) {}

  private final Map<String, Count> counts = new ConcurrentHashMap<>();
  private final List<LatencyLimit> limits;
  private final LongSupplier nanoTime;

  /// @param writers how many decide bookings
  /// @param nanoTime as [System#nanoTime]
  BookingDoor(int writers, LongSupplier nanoTime) {
    this.limits =
        IntStream.range(0, writers)
            .mapToObj(
                _ -> new LatencyLimit(TARGET_SECONDS, LEAST, FIRST, BookingEngine.QUEUE, nanoTime))
            .toList();
    this.nanoTime = nanoTime;
  }

  /// How busy booking is.
  ///
  /// @param answered decided since the start, whatever the decision
  /// @param served people who booked since the start
  /// @param refused sent away, or left without a decision, since the start
  /// @param latencyMillis mean time to a decision in the last second, of the slowest writer
  /// @param inFlight being decided now
  public record Load(
      long answered, long served, long refused, double latencyMillis, int inFlight) {}

  /// Lets a booking through to a writer, or completes it with [SentAway].
  CompletableFuture<BookingResult> through(
      String campaign, int writer, Supplier<CompletableFuture<BookingResult>> booking) {
    Count count = count(campaign);
    LatencyLimit limit = limits.get(writer);
    if (!limit.enter()) {
      count.refused().increment();
      return CompletableFuture.failedFuture(new SentAway(limit.comeBackSeconds()));
    }
    long began = nanoTime.getAsLong();
    return booking
        .get()
        .whenComplete(
            (result, failure) -> {
              limit.leave(nanoTime.getAsLong() - began);
              if (result instanceof BookingResult.Booked) {
                count.served().increment();
              }
              (failure == null ? count.answered() : count.refused()).increment();
            });
  }

  private Count count(String campaign) {
    return counts.computeIfAbsent(
        campaign, _ -> new Count(new LongAdder(), new LongAdder(), new LongAdder()));
  }

  /// The load that a campaign makes.
  public Load load(String campaign) {
    Count count = count(campaign);
    return new Load(
        count.answered().sum(),
        count.served().sum(),
        count.refused().sum(),
        limits.stream().mapToDouble(LatencyLimit::latencyMillis).max().orElseThrow(),
        limits.stream().mapToInt(LatencyLimit::inFlight).sum());
  }
}
