package dev.naru.waitingroom.control;

import org.jspecify.annotations.Nullable;

/// What becomes of those who entered: when they book, how often they ask, and what booking makes of
/// it.
///
/// How often is counted where they are served, and not from who entered a while ago: while booking
/// has more to do than it can, those may still be waiting inside, and afterwards ask for twice as
/// many as enter.
///
/// @param choosing entered, not booking yet
/// @param asked booking requests that were decided; the recent ones
/// @param served people who booked; the recent ones
/// @param delivered booking requests decided a second, lately
/// @param proven people a second whose bookings came without trouble
public record Demand(Lag choosing, double asked, double served, double delivered, double proven) {
  /// From the door to the first booking (the rehearsed crowd needs 20 to 90 s).
  private static final double CHOOSING_SECONDS = 60;

  private static final double MEMORY_SECONDS = 300;
  private static final double DELIVERY_SECONDS = 3;
  private static final double PROOF_SECONDS = 10;

  /// Until half a minute's worth was served, each person is believed to ask once.
  private static final double PRIOR_MINUTES = 0.5;

  /// A dozen attempts for each person mean that slots are gone; fewer people would not help.
  private static final double MOST_REQUESTS = 10;

  static final Demand START = new Demand(Lag.EMPTY, 0, 0, 0, 0);

  /// @param load null when nobody knows
  /// @param troubled whether booking had more to do than it can: then the calm is no proof
  Demand after(
      double entered,
      Observation.@Nullable Load load,
      boolean troubled,
      double pace,
      double seconds) {
    double people = choosing.out(seconds, CHOOSING_SECONDS);
    double answered = load == null ? 0 : load.answered();
    double lately = Averages.average(delivered, answered / seconds, seconds, DELIVERY_SECONDS);
    return new Demand(
        choosing.after(entered, seconds, CHOOSING_SECONDS),
        Averages.faded(asked, seconds, MEMORY_SECONDS) + answered,
        Averages.faded(served, seconds, MEMORY_SECONDS) + (load == null ? 0 : load.served()),
        lately,
        troubled
            ? Math.min(proven, lately / requests(pace))
            : Averages.average(proven, people / seconds, seconds, PROOF_SECONDS));
  }

  /// Booking requests for each person who books.
  ///
  /// @param pace people a minute
  double requests(double pace) {
    double prior = pace * PRIOR_MINUTES;
    return Math.clamp((asked + prior) / (served + prior), 1, MOST_REQUESTS);
  }
}
