package dev.naru.identity.provider;

import dev.naru.common.person.Sealer;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/// Checks as the two calls of the API would make them.
public final class TestChecks {
  public static final CheckKeys KEYS = new CheckKeys(new byte[32], Sealer.open(Sealer.newKeySet()));

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private TestChecks() {}

  /// A check that was just begun.
  public static Check at(String provider) {
    return at(provider, Purpose.SESSION);
  }

  /// A check that was just begun.
  public static Check at(String provider, Purpose purpose) {
    return new Check(
        "request-" + NUMBERS.incrementAndGet(),
        provider,
        purpose,
        Instant.parse("2100-01-01T00:00:00Z"),
        KEYS);
  }
}
