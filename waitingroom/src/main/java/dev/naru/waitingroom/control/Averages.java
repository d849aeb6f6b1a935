package dev.naru.waitingroom.control;

/// Memories that fade.
final class Averages {
  private Averages() {}

  /// What is left of a sum after some time.
  static double faded(double sum, double seconds, double memory) {
    return sum * Math.exp(-seconds / memory);
  }

  /// A moving average after a step in which the value was `now`.
  static double average(double before, double now, double seconds, double memory) {
    double kept = Math.exp(-seconds / memory);
    return before * kept + now * (1 - kept);
  }
}
