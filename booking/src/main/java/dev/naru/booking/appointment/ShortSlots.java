package dev.naru.booking.appointment;

import java.util.HashSet;
import java.util.Set;

/// Slots that were found to be short of places: a note that saves trying them as if there were
/// plenty. It grants and refuses nothing, and is thrown away now and then, so that a slot whose
/// places come back is tried again. For one thread.
final class ShortSlots {
  /// Some megabytes.
  private static final int MOST = 50_000;

  /// Some seconds under full load.
  private static final int BATCHES = 200;

  private final Set<Long> slots = new HashSet<>();
  private int batches;

  /// Called once a batch.
  void nextBatch() {
    if (++batches >= BATCHES) {
      batches = 0;
      slots.clear();
    }
  }

  void add(long slot) {
    if (slots.size() >= MOST) {
      slots.clear();
    }
    slots.add(slot);
  }

  boolean contains(long slot) {
    return slots.contains(slot);
  }
}
