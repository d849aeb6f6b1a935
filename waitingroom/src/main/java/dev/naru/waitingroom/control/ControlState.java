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

  /// In about what time those who stand at the door should be through, above what it lets in all
  /// the time.
  private static final double CLEARING_SECONDS = 20;

  /// A line that begins.
  public static ControlState start(Limits limits) {
    return new ControlState(
        limits.start(), LONG_AGO, 0, ShowUp.START, Demand.START, CallRange.start(limits.start()));
  }

  /// Which part of the called really comes, a third to 1.
  public double comes() {
    return showUp.share(pace);
  }

  /// How many of the called stand at a full door, about.
  public double standing() {
    return showUp.standing();
  }

  /// Places to call in a minute so that as many people enter as the pace says: what somebody who
  /// waits can reckon with.
  public int callPerMinute() {
    return (int) Math.max(1, Math.round(pace / comes()));
  }

  /// Places to call in a minute now: while called people stand at a full door, they come first.
  public int callPerMinuteNow() {
    return (int) Math.max(0, Math.round(callPerMinute() - standing() * 60 / CLEARING_SECONDS));
  }
}
