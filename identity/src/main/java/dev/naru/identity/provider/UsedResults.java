package dev.naru.identity.provider;

/// Remembers, for all nodes, which checks have had their session. Blocks.
public interface UsedResults {
  /// Whether a check has had it.
  boolean isUsed(Check check);

  /// Notes that a check has had it, as long as the check could be finished.
  ///
  /// @return false when it was noted before
  boolean use(Check check);
}
