package dev.naru.waitingroom.control;

/// How many of the called really come.
///
/// @param coming called, perhaps on their way
/// @param due called long enough ago to have come; the recent ones
/// @param came who did; the recent ones
public record ShowUp(Lag coming, double due, double came) {
  /// Called people poll every two seconds, and somebody has to pick up the telephone.
  private static final double COMING_SECONDS = 10;

  private static final double MEMORY_SECONDS = 180;

  /// Even if nobody came at all, not more than twice as many are called: who is turned away at a
  /// full door is taken for one who does not come (docs/line.md, What is wrong).
  private static final double LEAST = 0.5;

  /// Until a quarter of a minute's worth should have come, everybody is believed to.
  private static final double PRIOR_MINUTES = 0.25;

  static final ShowUp START = new ShowUp(Lag.EMPTY, 0, 0);

  ShowUp after(double called, double entered, double seconds) {
    return new ShowUp(
        coming.after(called, seconds, COMING_SECONDS),
        Averages.faded(due, seconds, MEMORY_SECONDS) + coming.out(seconds, COMING_SECONDS),
        Averages.faded(came, seconds, MEMORY_SECONDS) + entered);
  }

  /// @param pace people a minute
  /// @return 0.5 to 1
  double share(double pace) {
    double prior = pace * PRIOR_MINUTES;
    if (due < prior) {
      return 1;
    }
    return Math.clamp((came + prior) / (due + prior), LEAST, 1);
  }
}
