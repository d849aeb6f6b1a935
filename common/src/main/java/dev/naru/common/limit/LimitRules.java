package dev.naru.common.limit;

/// How many requests may be in flight so that each is answered within a target: by Little's law, as
/// many as are answered during the target. Pure.
///
/// Nothing has to be known of the work behind. In particular not how long it takes when nothing
/// else is to be done, from which Vegas and Gradient conclude: a batch takes longer the more it
/// holds, and that is what makes it quick (adr/0022).
public final class LimitRules {
  /// A limit that nobody reaches, while all is quick, says nothing; below this share of it nothing
  /// is learnt.
  private static final double REACHED = 0.8;

  /// One or two slow answers are no measurement, as long as few are asked for. The first batch of a
  /// program that has just started is a lone request that runs code for the first time; those that
  /// gathered behind it are then decided together in less time than it took.
  private static final int FEW = 3;

  /// Where a low limit goes back to while nobody reaches it: a standstill of a moment must not
  /// refuse a few dozen minutes later.
  static final int AT_REST = 64;

  /// Up a quarter each window, so that it triples in a second; down at once.
  private static final double GROWTH = 1.25;

  private LimitRules() {}

  /// The limit after a window.
  ///
  /// @param limit in the window
  /// @param most requests that were in flight in it
  /// @param answered requests that were answered in it
  /// @param latencySeconds how long these took on average
  /// @param seconds how long it was, above 0
  /// @param targetSeconds in which each should be answered
  /// @param least never less: the smallest batch that is worth its commit
  /// @param largest never more
  public static int next(
      int limit,
      int most,
      long answered,
      double latencySeconds,
      double seconds,
      double targetSeconds,
      int least,
      int largest) {
    if (most < limit * REACHED) {
      if (latencySeconds <= targetSeconds) {
        return Math.max(limit, (int) Math.min(AT_REST, limit * GROWTH + 1));
      }
      if (answered < FEW) {
        return limit;
      }
    }
    double fits = answered / seconds * targetSeconds;
    return (int) Math.clamp(Math.min(fits, limit * GROWTH + 1), least, largest);
  }
}
