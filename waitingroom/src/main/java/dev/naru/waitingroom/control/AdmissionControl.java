package dev.naru.waitingroom.control;

import dev.naru.waitingroom.control.Observation.Load;
import dev.naru.waitingroom.control.Orders.Limits;
import org.jspecify.annotations.Nullable;

/// How many people are let in. A pure function of what it remembers and what was seen, with no
/// clock of its own: the program and the simulation run the same code.
///
/// Two loops hold booking where it should be. The inner one is booking's own limit of requests in
/// flight: it acts within half a second and keeps the latency of what it lets through. This is the
/// outer one. Whoever enters books about a minute later, so it cannot keep a latency by itself; it
/// sees to it that no more come than booking can take.
///
/// While booking sends people away or answers late, the pace is what booking really delivers, and a
/// little less, so that those who wait inside come first. Nothing is guessed: the rate of decisions
/// under full load is the capacity. When all is well again the pace is back near it in seconds.
/// From there it grows, slowly just after trouble, later by a hundredth a second, but never past
/// one and a half times of what was seen to arrive at booking without trouble: what was let in a
/// moment ago is not known to be right yet.
///
/// Of the called, not all come. The part that does is counted ([ShowUp]), and so many more are
/// called; fewer while people stand at a full door.
public final class AdmissionControl {
  /// A booking that takes longer is late. Three quarters of what booking's own limit keeps to (400
  /// ms): fewer come in before anybody has to be sent away.
  private static final double LATE_MILLIS = 300;

  /// Who finds the door full is told to come back so much later: as often as somebody who is near
  /// asks for the status.
  public static final int COME_BACK_SECONDS = 2;

  /// From this part of it on the pace no longer grows.
  private static final double NEARLY_LATE = 0.8;

  /// Back to what booking is known to get through, in seconds.
  private static final double RETURN_PER_SECOND = 0.15;

  /// Beyond it the pace feels its way; the longer all is well, the less is the old trouble a guide.
  private static final double GROWTH_AFTER_TROUBLE = 0.0005;

  private static final double GROWTH_GAINED = 0.00002;
  private static final double MOST_GROWTH = 0.01;
  private static final double BEYOND_PROOF = 1.5;

  /// In some seconds: while it falls people are called who cannot be served.
  private static final double FALL_PER_SECOND = 0.3;

  /// How much less than is delivered comes in while there is trouble: a little always, more the
  /// more people inside are sent away, and more the longer it lasts. A crowd inside that waits
  /// without being refused, or comes back slowly, does not show in what is refused.
  private static final double DRAIN = 0.03;

  private static final double DRAIN_OF_REFUSED = 0.4;
  private static final double DRAIN_PER_SECOND = 0.01;

  /// A limit that adapts refuses a few now and then; that is no trouble yet.
  private static final double REFUSED_SHARE = 0.02;

  /// Trouble counts when it lasts. Booking stands still for a second now and then, for a checkpoint
  /// of the database or a collection of garbage, and its limit needs a few more to open again; a
  /// pace that fell each time would stay at the floor. The limit keeps the latency meanwhile.
  private static final double LASTING_SECONDS = 8;

  /// Longer than this it does not get worse.
  private static final double MOST_STRAIN_SECONDS = 40;

  /// What a calm second takes from the trouble before: with a fifth of the time troubled it lasts.
  private static final double RELIEF = 0.25;

  /// From trouble that has lasted: when those inside are through, people are missed soon.
  private static final double RELIEF_FROM_LASTING = 5;

  /// As with the pace itself: after an outage the missed time is not made up for.
  private static final double LONGEST_STEP_SECONDS = 5;

  private AdmissionControl() {}

  /// The next state.
  ///
  /// @param state after the last step
  /// @param calling whether people are called at all now
  public static ControlState step(
      ControlState state, Observation seen, Limits limits, boolean calling) {
    double seconds = Math.min(seen.seconds(), LONGEST_STEP_SECONDS);
    if (seconds <= 0) {
      return state;
    }
    Load load = seen.load();
    boolean troubled = load == null || isTroubled(load);
    double strain = strain(state.strainSeconds(), troubled, seconds);
    ShowUp showUp = state.showUp().after(seen.called(), seen.entered(), seen.turnedAway(), seconds);
    Demand demand = state.demand().after(seen.entered(), load, troubled, seconds);
    double calm = calm(state.calmSeconds(), troubled, strain, seconds);
    double pace =
        Math.clamp(
            pace(state.pace(), calm, strain, demand, load, limits, seconds),
            limits.floor(),
            limits.ceiling());
    return new ControlState(
        pace,
        calm,
        strain,
        showUp,
        demand,
        calling ? state.range().after(pace / showUp.share(pace), seconds) : state.range());
  }

  private static double strain(double before, boolean troubled, double seconds) {
    if (troubled) {
      return Math.min(MOST_STRAIN_SECONDS, before + seconds);
    }
    return before > LASTING_SECONDS
        ? Math.max(LASTING_SECONDS, before - RELIEF_FROM_LASTING * seconds)
        : Math.max(0, before - RELIEF * seconds);
  }

  private static double calm(double before, boolean troubled, double strain, double seconds) {
    if (!troubled) {
      return before + seconds;
    }
    return isLasting(strain) ? 0 : before;
  }

  private static boolean isLasting(double strain) {
    return strain >= LASTING_SECONDS;
  }

  private static boolean isTroubled(Load load) {
    return load.latencyMillis() > LATE_MILLIS || refusedShare(load) > REFUSED_SHARE;
  }

  private static double refusedShare(Load load) {
    double all = load.answered() + load.refused();
    return all == 0 ? 0 : load.refused() / all;
  }

  /// When nobody knows how booking is: as few as the operator allows.
  private static double pace(
      double pace,
      double calm,
      double strain,
      Demand demand,
      @Nullable Load load,
      Limits limits,
      double seconds) {
    if (load == null) {
      return limits.floor();
    }
    if (isTroubled(load)) {
      if (!isLasting(strain)) {
        return pace;
      }
      double drain =
          DRAIN
              + DRAIN_OF_REFUSED * refusedShare(load)
              + DRAIN_PER_SECOND * (strain - LASTING_SECONDS);
      double delivered = 60 * demand.delivered() * (1 - drain);
      return Math.max(delivered, pace * Math.exp(-FALL_PER_SECOND * seconds));
    }
    if (load.latencyMillis() > NEARLY_LATE * LATE_MILLIS) {
      return pace;
    }
    double known = 60 * (1 - DRAIN) * demand.capacity();
    if (pace < known) {
      return Math.min(known, pace * Math.exp(RETURN_PER_SECOND * seconds));
    }
    double growth = Math.min(MOST_GROWTH, GROWTH_AFTER_TROUBLE + GROWTH_GAINED * calm);
    double proof = 60 * BEYOND_PROOF * demand.proven();
    return Math.max(pace, Math.min(pace * (1 + growth * seconds), proof));
  }
}
