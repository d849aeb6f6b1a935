package dev.naru.app.connection;

import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// How late the event loops come to what waits for them. When more is asked than the machine can
/// do, requests queue in the sockets, before anybody counts them; a task of each loop's own queues
/// with them, and tells.
final class LoopLag {
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /// The mean is one of about a second.
  private static final double WEIGHT = 0.1;

  private final Map<EventLoop, Probe> probes = new ConcurrentHashMap<>();

  private static final class Probe implements Runnable {
    private final EventLoop loop;
    private long due;
    private double mean;

    Probe(EventLoop loop) {
      this.loop = loop;
    }

    @Override
    public synchronized void run() {
      mean += WEIGHT * (Math.max(0, System.nanoTime() - due) - mean);
      again();
    }

    synchronized void again() {
      due = System.nanoTime() + EVERY_NANOS;
      var _ = loop.schedule(this, EVERY_NANOS, TimeUnit.NANOSECONDS);
    }

    /// A loop that stands still is late by now, although it has not told.
    synchronized double nanos() {
      return Math.max(mean, (double) (System.nanoTime() - due));
    }
  }

  /// Watches a loop from now on; again makes no difference.
  void watch(EventLoop loop) {
    probes.computeIfAbsent(
        loop,
        _ -> {
          Probe probe = new Probe(loop);
          probe.again();
          return probe;
        });
  }

  /// Of the loop that is latest, in milliseconds; 0 before any is watched.
  double millis() {
    return Math.max(0, probes.values().stream().mapToDouble(Probe::nanos).max().orElse(0)) / 1e6;
  }
}
