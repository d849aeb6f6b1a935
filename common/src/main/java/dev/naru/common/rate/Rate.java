package dev.naru.common.rate;

/// How much is allowed.
///
/// @param perSecond in the long run; 0 for no limit
/// @param burst at once, after a silence
public record Rate(double perSecond, int burst) {
  /// @throws IllegalArgumentException when there is a limit that lets nothing through
  public Rate {
    if (perSecond < 0 || (perSecond > 0 && burst < 1)) {
      throw new IllegalArgumentException("a rate is 0 or more a second, with a burst of 1 or more");
    }
  }

  /// No limit.
  public static final Rate UNLIMITED = new Rate(0, 0);
}
