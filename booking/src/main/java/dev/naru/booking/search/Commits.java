package dev.naru.booking.search;

import java.util.Map;

/// Hears of every committed transaction that changed counters of slots, before anybody gets an
/// answer that follows from it.
@FunctionalInterface
public interface Commits {
  /// For those who keep no index.
  Commits IGNORED = (_, _) -> {};

  /// @param transaction its number, as in the outbox
  /// @param changes by how much each slot's counter changed
  void committed(long transaction, Map<Long, Integer> changes);
}
