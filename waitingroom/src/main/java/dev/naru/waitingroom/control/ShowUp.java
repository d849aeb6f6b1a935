package dev.naru.waitingroom.control;

/// How many of the called really come.
///
/// @param coming called, perhaps on their way
/// @param due called long enough ago to have come; the recent ones
/// @param came who did, whether they entered or found the door full; the recent ones
/// @param standing at the full door, told to come back
public record ShowUp(Lag coming, double due, double came, double standing) {
  /// Called people poll every two seconds, and somebody has to pick up the telephone.
  private static final double COMING_SECONDS = 10;

  private static final double MEMORY_SECONDS = 180;

  /// Even if nobody came at all, not more than three times as many are called: when the way to the
  /// door is open again, they may all be there.
  private static final double LEAST = 1 / 3.0;

  /// Until a quarter of a minute's worth should have come, everybody is believed to.
  private static final double PRIOR_MINUTES = 0.25;

  static final ShowUp START = new ShowUp(Lag.EMPTY, 0, 0, 0);

  /// Who stands at the door has come, and has not come again when they enter.
  ///
  /// @param turnedAway how often somebody was told to come back in the step
  ShowUp after(double called, double entered, double turnedAway, double seconds) {
    double nowStanding = turnedAway / seconds * AdmissionControl.COME_BACK_SECONDS;
    return new ShowUp(
        coming.after(called, seconds, COMING_SECONDS),
        Averages.faded(due, seconds, MEMORY_SECONDS) + coming.out(seconds, COMING_SECONDS),
        Math.max(
            0, Averages.faded(came, seconds, MEMORY_SECONDS) + entered + nowStanding - standing),
        nowStanding);
  }

  /// @param pace people a minute
  /// @return a third to 1
  double share(double pace) {
    double prior = pace * PRIOR_MINUTES;
    if (due < prior) {
      return 1;
    }
    return Math.clamp((came + prior) / (due + prior), LEAST, 1);
  }
}
