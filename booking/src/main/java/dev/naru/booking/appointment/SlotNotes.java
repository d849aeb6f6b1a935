package dev.naru.booking.appointment;

import java.util.HashSet;
import java.util.Set;

/// What a writer remembers of slots: which were found short, so that they are not tried as if there
/// were plenty, and of which there is so much that they can be taken last (adr/0044). It grants and
/// refuses nothing, and is thrown away now and then, so that a slot whose places come back is tried
/// again. For one thread.
final class SlotNotes {
  /// Free places from which on a slot is ample: more than the writers of two nodes can take while
  /// one batch is written.
  static final int AMPLE = 4 * BookingEngine.LARGEST_BATCH;

  /// Some megabytes.
  private static final int MOST = 50_000;

  /// Some seconds under full load.
  private static final int BATCHES = 200;

  private final Set<Long> shortOnes = new HashSet<>();
  private final Set<Long> ampleOnes = new HashSet<>();
  private int batches;

  /// Called once a batch.
  void nextBatch() {
    if (++batches >= BATCHES) {
      batches = 0;
      shortOnes.clear();
      ampleOnes.clear();
    }
  }

  /// A slot had less than a batch wanted of it.
  void addShort(long slot) {
    if (shortOnes.size() >= MOST) {
      shortOnes.clear();
    }
    shortOnes.add(slot);
  }

  boolean isShort(long slot) {
    return shortOnes.contains(slot);
  }

  /// @param free places that a slot had left after a batch took some
  void left(long slot, int free) {
    if (free >= AMPLE && ampleOnes.size() < MOST) {
      ampleOnes.add(slot);
    }
  }

  /// Whether all of them are ample as far as is known. What was known of them is forgotten with the
  /// question: whoever is proved right tells again.
  boolean wereAmple(Set<Long> slots) {
    boolean all = ampleOnes.containsAll(slots);
    ampleOnes.removeAll(slots);
    return all;
  }
}
