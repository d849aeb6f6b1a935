package dev.naru.waitingroom.control;

/// Between which paces people were called of late: what an honest estimate of a wait is made from.
/// All in places a minute.
///
/// @param mean over the last minutes
/// @param slow the slowest; forgotten towards the mean
/// @param fast the fastest; forgotten towards the mean
public record CallRange(double mean, double slow, double fast) {
  private static final double MEMORY_SECONDS = 300;

  /// What no past tells of: show-up and booking both vary.
  private static final double MARGIN = 0.15;

  static CallRange start(double pace) {
    return new CallRange(pace, pace, pace);
  }

  /// The slowest pace to reckon with, places a minute.
  public int expectedSlow() {
    return (int) Math.max(1, slow * (1 - MARGIN));
  }

  /// The fastest pace to reckon with, places a minute.
  public int expectedFast() {
    return (int) Math.ceil(fast * (1 + MARGIN));
  }

  CallRange after(double calling, double seconds) {
    double average = Averages.average(mean, calling, seconds, MEMORY_SECONDS);
    return new CallRange(
        average,
        Math.min(calling, Averages.average(slow, average, seconds, MEMORY_SECONDS)),
        Math.max(calling, Averages.average(fast, average, seconds, MEMORY_SECONDS)));
  }
}
