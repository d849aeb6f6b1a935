package dev.naru.rehearsal.crowd;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/// What is to happen when: a wheel of ticks, so that a waiting person costs one small object and no
/// timer of the event loop. Used on the event loop only.
final class Agenda {
  /// Fine enough for latencies in milliseconds, coarse enough to cost nothing when idle.
  static final int TICK_MILLIS = 5;

  /// Five minutes in a turn: whoever waits longer is passed by once in each.
  private static final int SPOKES = 65_536;

  private record Entry(long tick, Runnable what) {}

  private final LongSupplier nanoClock;
  private final long start;
  private final List<Deque<Entry>> wheel = new ArrayList<>(SPOKES);
  private long tick;
  private boolean running;

  /// @param nanoClock nanoseconds that only go forward
  Agenda(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.start = nanoClock.getAsLong();
    for (int i = 0; i < SPOKES; i++) {
      wheel.add(new ArrayDeque<>(0));
    }
  }

  /// Plans something.
  ///
  /// @param millis from now; it happens at the first tick after that, never at once
  void after(long millis, Runnable what) {
    long elapsed = nanoClock.getAsLong() - start;
    long due = (elapsed / 1_000_000 + Math.max(0, millis)) / TICK_MILLIS + 1;
    long at = Math.max(due, tick + 1);
    wheel.get((int) (at % SPOKES)).add(new Entry(at, what));
  }

  /// Runs all that is due, tick by tick.
  void run() {
    long now = (nanoClock.getAsLong() - start) / 1_000_000 / TICK_MILLIS;
    running = true;
    try {
      runUpTo(now);
    } finally {
      running = false;
    }
  }

  private void runUpTo(long now) {
    while (tick < now) {
      tick++;
      Deque<Entry> spoke = wheel.get((int) (tick % SPOKES));
      for (int left = spoke.size(); left > 0; left--) {
        Entry entry = spoke.remove();
        if (entry.tick() > tick) {
          spoke.add(entry);
        } else {
          entry.what().run();
        }
      }
    }
  }

  /// When what happens now was meant to happen: earlier than the clock says when the loop is late.
  long intendedNanos() {
    return running ? start + tick * TICK_MILLIS * 1_000_000L : nanoClock.getAsLong();
  }

  /// Time since the start.
  long elapsedMillis() {
    return (nanoClock.getAsLong() - start) / 1_000_000;
  }
}
