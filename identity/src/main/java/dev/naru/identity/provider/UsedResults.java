package dev.naru.identity.provider;

/// Remembers, for all nodes, which checks have had their result. A result that passed through a
/// browser could otherwise be sent again, and let the next person at a shared computer in as the
/// last one.
@FunctionalInterface
public interface UsedResults {
  /// Notes that a check ended well. Blocks. The note is kept until the check could not be finished
  /// any more.
  ///
  /// @return false when it was noted before
  boolean isFirst(Check check);
}
