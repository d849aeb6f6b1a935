package dev.naru.bench.admission;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/// A server that decides whatever has gathered in one batch, as the booking engine does: 5 ms and
/// 20 µs a request, at most 2,000 of them, so 44,000 a second at best. 60,000 a second are asked of
/// it: 20 s while it is well, 20 s while everything takes three times as long, 20 s again.
final class BatchServer {
  private static final double STEP = 0.0005;
  private static final int ASKED_PER_STEP = 30;
  private static final double BATCH_SECONDS = 0.005;
  private static final double REQUEST_SECONDS = 0.00002;
  private static final int LARGEST_BATCH = 2_000;
  private static final int PHASES = 3;
  private static final int PHASE_SECONDS = 20;

  /// Of each phase, in which the limit still learns.
  private static final int LEFT_OUT_SECONDS = 5;

  /// @param perSecond requests decided
  /// @param millis mean time to a decision
  record Phase(double perSecond, double millis) {}

  private final Deque<Double> waiting = new ArrayDeque<>();
  private final List<Double> batch = new ArrayList<>();
  private double now;
  private double busyUntil;
  private int inFlight;

  double now() {
    return now;
  }

  int inFlight() {
    return inFlight;
  }

  /// @param enter whether one more may come in
  /// @param leave takes how long each one took, in nanoseconds
  List<Phase> run(BooleanSupplier enter, LongConsumer leave) {
    List<Phase> phases = new ArrayList<>();
    for (int phase = 0; phase < PHASES; phase++) {
      long decided = 0;
      double seconds = 0;
      double end = (phase + 1.0) * PHASE_SECONDS;
      double counted = end - PHASE_SECONDS + LEFT_OUT_SECONDS;
      for (; now < end; now += STEP) {
        ask(enter);
        if (now >= busyUntil) {
          for (double since : batch) {
            inFlight--;
            leave.accept((long) ((now - since) * 1e9));
            if (now >= counted) {
              decided++;
              seconds += now - since;
            }
          }
          decide(phase == 1 ? 3 : 1);
        }
      }
      phases.add(new Phase(decided / (end - counted), 1_000 * seconds / Math.max(1, decided)));
    }
    return phases;
  }

  private void ask(BooleanSupplier enter) {
    for (int i = 0; i < ASKED_PER_STEP; i++) {
      if (enter.getAsBoolean()) {
        inFlight++;
        waiting.add(now);
      }
    }
  }

  private void decide(double slowness) {
    batch.clear();
    while (batch.size() < LARGEST_BATCH && !waiting.isEmpty()) {
      batch.add(waiting.removeFirst());
    }
    if (!batch.isEmpty()) {
      busyUntil = now + slowness * (BATCH_SECONDS + batch.size() * REQUEST_SECONDS);
    }
  }
}
