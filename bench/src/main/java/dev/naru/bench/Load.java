package dev.naru.bench;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Asks from one thread and measures how long each answer takes.
///
/// @param inFlight most requests without an answer at a moment. Without a rate, the next request
///   goes out as soon as there is room (a closed loop: by Little's law latency is `inFlight` over
///   the throughput).
/// @param rate requests a second; 0 for a closed loop. With a rate, latency counts from the moment
///   at which the request was due, so that a stall is seen by all it would have delayed.
public record Load(int inFlight, int rate) {
  /// What the load met.
  ///
  /// @param successes answers that counted as success
  /// @param micros latency of every answer
  public record Outcome(long successes, double seconds, Histogram micros) {
    public long answers() {
      return micros.getTotalCount();
    }

    /// A latency quantile in milliseconds.
    public double millis(double percentile) {
      return micros.getValueAtPercentile(percentile) / 1e3;
    }
  }

  /// Makes request after request.
  ///
  /// @param <A> answer
  @FunctionalInterface
  public interface Source<A> {
    /// @param count how many were asked before
    CompletionStage<A> ask(long count);
  }

  /// @throws IllegalStateException when a request fails
  public <A> Outcome run(Source<A> source, Predicate<A> success, Duration time)
      throws InterruptedException {
    Histogram micros = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(5), 3);
    LongAdder successes = new LongAdder();
    AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    Semaphore room = new Semaphore(inFlight);
    long start = System.nanoTime();
    long end = start + time.toNanos();
    for (long count = 0; System.nanoTime() < end && broken.get() == null; count++) {
      long due = rate == 0 ? 0 : start + count * TimeUnit.SECONDS.toNanos(1) / rate;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      room.acquire();
      long asked = rate == 0 ? System.nanoTime() : due;
      var _ =
          source
              .ask(count)
              .whenComplete(
                  (answer, failure) -> {
                    micros.recordValue((System.nanoTime() - asked) / 1_000);
                    if (failure != null) {
                      broken.compareAndSet(null, failure);
                    } else if (success.test(answer)) {
                      successes.increment();
                    }
                    room.release();
                  });
    }
    room.acquire(inFlight);
    if (broken.get() != null) {
      throw new IllegalStateException("a request failed", broken.get());
    }
    return new Outcome(successes.sum(), (System.nanoTime() - start) / 1e9, micros);
  }
}
