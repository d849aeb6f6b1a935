package dev.naru.identity.session;

import java.util.UUID;
import java.util.random.RandomGenerator;

/// Random ids of sessions and devices.
public final class RandomIds {
  private RandomIds() {}

  /// A version 4 UUID.
  public static UUID next(RandomGenerator random) {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
