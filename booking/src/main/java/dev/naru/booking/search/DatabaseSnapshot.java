package dev.naru.booking.search;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// Which transactions a reader of the database saw (PostgreSQL's `pg_snapshot`).
///
/// @param oldest every transaction below has ended
/// @param next no transaction from here on was seen
/// @param running those between that had not ended
record DatabaseSnapshot(long oldest, long next, Set<Long> running) {
  /// @param text `oldest:next:running,running`
  static DatabaseSnapshot parse(String text) {
    String[] parts = text.split(":", -1);
    Set<Long> running =
        Arrays.stream(parts[2].split(","))
            .filter(number -> !number.isEmpty())
            .map(Long::valueOf)
            .collect(Collectors.toUnmodifiableSet());
    return new DatabaseSnapshot(Long.parseLong(parts[0]), Long.parseLong(parts[1]), running);
  }

  /// Whether what the transaction committed, if it did, was seen.
  boolean saw(long transaction) {
    return transaction < oldest || (transaction < next && !running.contains(transaction));
  }
}
