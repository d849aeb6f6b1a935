package dev.naru.rehearsal.crowd;

/// Shares of a whole.
final class Shares {
  private Shares() {}

  static void check(double... shares) {
    for (double share : shares) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("a share lies between 0 and 1, not " + share);
      }
    }
  }
}
