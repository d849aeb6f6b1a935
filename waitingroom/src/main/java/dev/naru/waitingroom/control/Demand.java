package dev.naru.waitingroom.control;

import org.jspecify.annotations.Nullable;

/// What becomes of those who entered: when they book, and how many booking gets through.
///
/// How many is counted where they are served, and not from who entered a while ago: while booking
/// has more to do than it can, those may still be waiting inside. It is people who count, not their
/// requests: whoever finds slot after slot taken asks a dozen times.
///
/// @param choosing entered, not booking yet
/// @param served people who booked, a second, lately
/// @param decided booking requests decided a second, lately
/// @param proven people a second whose bookings came without trouble
/// @param capacity people a second that booking is known to get through
public record Demand(Lag choosing, double served, double decided, double proven, double capacity) {
  /// From the door to the first booking (the rehearsed crowd needs 20 to 90 s).
  private static final double CHOOSING_SECONDS = 60;

  /// With 8 s the sixth of the experiments (docs/line.md) fell from 92 to 90 % of what was
  /// possible.
  private static final double DELIVERY_SECONDS = 3;

  private static final double PROOF_SECONDS = 10;

  /// A slow quarter of a minute does not change what booking can do; trouble that stays does.
  private static final double FORGETTING_SECONDS = 60;

  /// A dozen attempts for each person mean that slots are gone; fewer people would not help.
  private static final double MOST_REQUESTS = 10;

  static final Demand START = new Demand(Lag.EMPTY, 0, 0, 0, 0);

  /// @param load null when nobody knows
  /// @param troubled whether booking had more to do than it can: then the calm is no proof
  Demand after(double entered, Observation.@Nullable Load load, boolean troubled, double seconds) {
    double people = choosing.out(seconds, CHOOSING_SECONDS);
    Demand lately =
        new Demand(
            choosing.after(entered, seconds, CHOOSING_SECONDS),
            lately(served, load == null ? 0 : load.served(), seconds),
            lately(decided, load == null ? 0 : load.answered(), seconds),
            proven,
            capacity);
    return new Demand(
        lately.choosing,
        lately.served,
        lately.decided,
        troubled
            ? Math.min(proven, lately.delivered())
            : Averages.average(proven, people / seconds, seconds, PROOF_SECONDS),
        troubled
            ? underLoad(capacity, lately.delivered(), seconds)
            : Math.max(capacity, lately.served));
  }

  /// More than was known is learnt quickly, less is believed slowly.
  private static double underLoad(double capacity, double delivered, double seconds) {
    return Averages.average(
        capacity, delivered, seconds, delivered > capacity ? PROOF_SECONDS : FORGETTING_SECONDS);
  }

  private static double lately(double before, double count, double seconds) {
    return Averages.average(before, count / seconds, seconds, DELIVERY_SECONDS);
  }

  /// People a second that booking got through lately.
  double delivered() {
    return Math.max(served, decided / MOST_REQUESTS);
  }
}
