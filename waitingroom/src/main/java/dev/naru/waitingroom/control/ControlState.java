package dev.naru.waitingroom.control;

import dev.naru.waitingroom.control.Orders.Limits;

/// What the controller remembers from one step to the next; stored with the line, so that any node
/// can make the next step, also after a restart.
///
/// @param pace people to let in, a minute
/// @param calmSeconds since booking last had lasting trouble
/// @param strainSeconds of trouble of late, forgotten while all is well
public record ControlState(
    double pace,
    double calmSeconds,
    double strainSeconds,
    ShowUp showUp,
    Demand demand,
    CallRange range) {
  /// A line that begins knows of no trouble.
  private static final double LONG_AGO = 600;

  /// A line that begins.
  public static ControlState start(Limits limits) {
    return new ControlState(
        limits.start(), LONG_AGO, 0, ShowUp.START, Demand.START, CallRange.start(limits.start()));
  }

  /// Which part of the called really comes, 0.2 to 1.
  public double comes() {
    return showUp.share(pace);
  }

  /// Places to call in a minute so that as many people enter as the pace says.
  public int callPerMinute() {
    return (int) Math.max(1, Math.round(pace / comes()));
  }
}
