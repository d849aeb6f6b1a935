package dev.naru.bench.admission;

import dev.naru.common.limit.LatencyLimit;
import java.util.ArrayDeque;
import java.util.Deque;

/// A booking station on virtual time: decides so many requests a second, first come first served,
/// behind the same limit as the real one.
final class Booking {
  /// As in BookingDoor, its two writers together.
  private static final double TARGET_SECONDS = 0.4;

  private static final int LEAST = 32;
  private static final int FIRST = 4_000;
  private static final int LARGEST = 40_000;

  private record Waiting(double since, Person person) {}

  private static final int NO_LIMIT = Integer.MAX_VALUE / 2;

  private final LatencyLimit limit;
  private final double refusal;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private double credit;
  private double now;
  long answered;
  long refused;

  Booking(boolean unlimited, double refusal) {
    this.refusal = refusal;
    this.limit =
        new LatencyLimit(
            TARGET_SECONDS,
            unlimited ? NO_LIMIT : LEAST,
            unlimited ? NO_LIMIT : FIRST,
            unlimited ? NO_LIMIT : LARGEST,
            () -> (long) (now * 1e9));
  }

  /// @return 0, or after how many seconds to ask again
  int ask(Person person) {
    if (!limit.enter()) {
      refused++;
      credit -= refusal;
      return limit.comeBackSeconds();
    }
    queue.add(new Waiting(now, person));
    return 0;
  }

  /// Takes what is decided.
  interface Decided {
    void accept(Person person);
  }

  /// Lets time pass.
  void run(double until, double capacity, Decided decided) {
    credit += (until - now) * capacity;
    now = until;
    while (credit >= 1 && !queue.isEmpty()) {
      credit--;
      Waiting waiting = queue.removeFirst();
      answered++;
      limit.leave((long) ((now - waiting.since()) * 1e9));
      decided.accept(waiting.person());
    }
    credit = queue.isEmpty() ? 0 : credit;
  }

  double latencyMillis() {
    return limit.latencyMillis();
  }
}
