package dev.naru.booking.supply;

/// Hears how far the making of slots has come; called some thousand slots apart.
@FunctionalInterface
public interface Progress {
  /// For those who do not look.
  Progress NONE = (_, _) -> {};

  /// @param done slots written so far
  /// @param all slots there will be
  void at(long done, long all);
}
