package dev.naru.booking.search;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// An index that counts every transaction exactly once, whoever tells of it and in which order: the
/// snapshot it was filled from, this node right after its commit, or the outbox.
final class FollowedIndex {
  private final SlotIndex index;

  /// Counted, and not seen by the last look.
  private final Set<Long> counted = new HashSet<>();

  /// What the last look saw was counted, or never will be.
  private DatabaseSnapshot seen;

  FollowedIndex(SlotIndex index, DatabaseSnapshot filled) {
    this.index = index;
    this.seen = filled;
  }

  SlotIndex index() {
    return index;
  }

  synchronized DatabaseSnapshot seen() {
    return seen;
  }

  /// Counts a transaction unless it was counted before.
  synchronized void count(long transaction, Map<Long, Integer> changes) {
    if (!seen.saw(transaction) && counted.add(transaction)) {
      changes.forEach(index::add);
    }
  }

  /// Counts what a look at the outbox found.
  ///
  /// @param since what had been seen when it was asked for; when another look was quicker, it has
  ///   counted more
  synchronized void count(DatabaseSnapshot since, SlotIndexStore.Outbox outbox) {
    outbox.changes().forEach(this::count);
    if (seen.equals(since)) {
      seen = outbox.seen();
      counted.removeIf(seen::saw);
    }
  }
}
