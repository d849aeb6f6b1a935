package dev.naru.booking.citizen;

import org.jspecify.annotations.Nullable;

/// What the line has committed itself to before its draw.
@FunctionalInterface
public interface Commitments {
  /// SHA-256 of a line's seed, hex; null while the line is not prepared. Never blocks.
  @Nullable String of(String campaign, int line);
}
