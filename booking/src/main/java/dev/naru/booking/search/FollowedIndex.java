package dev.naru.booking.search;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// An index that counts every transaction exactly once, whoever tells of it and in which order: the
/// snapshot it was filled from, this node right after its commit, or the outbox.
final class FollowedIndex {
  private final SlotIndex index;
  private final DatabaseSnapshot filled;

  /// Counted, and not below the floor.
  private final Set<Long> counted = new HashSet<>();

  /// Everything below was counted, or never will be.
  private long floor;

  FollowedIndex(SlotIndex index, DatabaseSnapshot filled) {
    this.index = index;
    this.filled = filled;
    this.floor = filled.oldest();
  }

  SlotIndex index() {
    return index;
  }

  synchronized long floor() {
    return floor;
  }

  synchronized Set<Long> counted() {
    return Set.copyOf(counted);
  }

  /// Counts a transaction unless it was counted before.
  synchronized void count(long transaction, Map<Long, Integer> changes) {
    if (transaction >= floor && !filled.saw(transaction) && counted.add(transaction)) {
      changes.forEach(index::add);
    }
  }

  /// After everything below was counted.
  synchronized void raiseFloor(long to) {
    if (to > floor) {
      floor = to;
      counted.removeIf(transaction -> transaction < to);
    }
  }
}
