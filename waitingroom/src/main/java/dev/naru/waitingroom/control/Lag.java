package dev.naru.waitingroom.control;

/// Something that comes out later than it went in: two tanks in a row. What goes in comes out
/// spread over about twice the mean, most of it around the mean, as with people who were called and
/// come, or came in and look for a slot.
///
/// @param first in the first tank
/// @param second in the second tank
public record Lag(double first, double second) {
  static final Lag EMPTY = new Lag(0, 0);

  /// @param in what goes in during the step
  /// @param meanSeconds how long it stays on average
  Lag after(double in, double seconds, double meanSeconds) {
    double share = 1 - Math.exp(-2 * seconds / meanSeconds);
    double moved = first * share;
    return new Lag(first - moved + in, second - second * share + moved);
  }

  /// What comes out during the step that [#after] makes.
  double out(double seconds, double meanSeconds) {
    return second * (1 - Math.exp(-2 * seconds / meanSeconds));
  }
}
