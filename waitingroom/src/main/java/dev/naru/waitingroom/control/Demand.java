package dev.naru.waitingroom.control;

/// What becomes of those who entered: when they book, how often they ask, and what booking makes of
/// it.
///
/// @param choosing entered, not booking yet
/// @param expected people whose bookings should have come by now; the recent ones
/// @param asked booking requests that came; the recent ones
/// @param delivered booking requests decided a second, lately
/// @param proven people a second whose bookings came without trouble
public record Demand(Lag choosing, double expected, double asked, double delivered, double proven) {
  /// From the door to the first booking (the rehearsed crowd needs 20 to 90 s).
  private static final double CHOOSING_SECONDS = 60;

  private static final double MEMORY_SECONDS = 300;
  private static final double DELIVERY_SECONDS = 3;
  private static final double PROOF_SECONDS = 10;

  /// Until half a minute's worth was expected, each person is believed to ask once.
  private static final double PRIOR_MINUTES = 0.5;

  private static final double LEAST_REQUESTS = 0.2;

  /// A dozen attempts for each person mean that slots are gone; fewer people would not help.
  private static final double MOST_REQUESTS = 10;

  static final Demand START = new Demand(Lag.EMPTY, 0, 0, 0, 0);

  /// @param answered booking requests decided during the step
  /// @param troubled whether booking had more to do than it can: then those who were sent away
  ///   would have asked too, and the calm does not count as proof
  Demand after(double entered, double answered, boolean troubled, double pace, double seconds) {
    double people = choosing.out(seconds, CHOOSING_SECONDS);
    double requests = requests(pace);
    double lately = Averages.average(delivered, answered / seconds, seconds, DELIVERY_SECONDS);
    return new Demand(
        choosing.after(entered, seconds, CHOOSING_SECONDS),
        Averages.faded(expected, seconds, MEMORY_SECONDS) + people,
        Averages.faded(asked, seconds, MEMORY_SECONDS)
            + (troubled ? Math.max(answered, requests * people) : answered),
        lately,
        troubled
            ? Math.min(proven, lately / requests)
            : Averages.average(proven, people / seconds, seconds, PROOF_SECONDS));
  }

  /// Booking requests for each person who enters.
  ///
  /// @param pace people a minute
  double requests(double pace) {
    double prior = pace * PRIOR_MINUTES;
    return Math.clamp((asked + prior) / (expected + prior), LEAST_REQUESTS, MOST_REQUESTS);
  }
}
