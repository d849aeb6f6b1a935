package dev.naru.identity.provider;

/// Remembers, for all nodes, which results were used. A result that can be read again would
/// otherwise let the next person at a shared computer in as the last one.
@FunctionalInterface
public interface UsedResults {
  /// Notes a result. Blocks.
  ///
  /// @param check it ended; the note is kept until that could not be finished any more
  /// @return false when it was noted before
  boolean isFirst(Check check, String result);
}
