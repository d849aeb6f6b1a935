package dev.naru.identity.light;

import java.util.Locale;

/// How a provider does, from best to worst.
public enum Light {
  SMOOTH,
  DELAYED,
  CONGESTED,
  UNAVAILABLE;

  /// The stable name that programs read.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isWorseThan(Light other) {
    return compareTo(other) > 0;
  }
}
