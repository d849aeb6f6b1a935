package dev.naru.rehearsal.crowd;

import dev.naru.rehearsal.people.ArrivalCurve;
import dev.naru.rehearsal.people.Region;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// Who comes, when, and how they behave. The same plan makes the same people with the same
/// intentions; what happens to them is up to the server.
///
/// @param server scheme, host and port of a running Naru
/// @param campaign its id
/// @param people how many come, above 0
/// @param seed makes the people
/// @param lobbyShare how many come before the opening, if it is still to come
/// @param arrivals when the others come after it (after the start, if it is open already)
/// @param thinkMedian how long half of the people take at most for each decision; zero means that
///   nobody thinks
/// @param patience how long a person repeats a call that fails before giving up
/// @param connections most requests under way at a moment
/// @param sharedStatus the line's status is asked once a second for all, as behind a CDN; otherwise
///   everybody asks by themselves
/// @param habits what people do once they have booked
/// @param regions where they live; empty means that the server is asked for its regions
public record CrowdPlan(
    URI server,
    String campaign,
    int people,
    long seed,
    double lobbyShare,
    ArrivalCurve arrivals,
    Duration thinkMedian,
    Duration patience,
    int connections,
    boolean sharedStatus,
    Habits habits,
    List<Region> regions) {

  public CrowdPlan {
    Shares.check(lobbyShare);
    if (people < 1 || connections < 1 || thinkMedian.isNegative() || patience.isNegative()) {
      throw new IllegalArgumentException("a crowd has people, connections, and time");
    }
    if (server.getHost() == null) {
      throw new IllegalArgumentException("no server address: " + server);
    }
    regions = List.copyOf(regions);
  }

  /// A plan for a demo: six in ten wait before the opening, the others come within five minutes,
  /// and everybody thinks for some seconds.
  public static CrowdPlan of(URI server, String campaign, int people) {
    return new CrowdPlan(
        server,
        campaign,
        people,
        1,
        0.6,
        ArrivalCurve.national(Duration.ofMinutes(5)),
        Duration.ofSeconds(8),
        Duration.ofMinutes(2),
        64,
        true,
        new Habits(0.2, 0.02, 0.02, 0.3),
        List.of());
  }

  public CrowdPlan withSeed(long newSeed) {
    return new CrowdPlan(
        server,
        campaign,
        people,
        newSeed,
        lobbyShare,
        arrivals,
        thinkMedian,
        patience,
        connections,
        sharedStatus,
        habits,
        regions);
  }

  public CrowdPlan withLobbyShare(double newLobbyShare) {
    return new CrowdPlan(
        server,
        campaign,
        people,
        seed,
        newLobbyShare,
        arrivals,
        thinkMedian,
        patience,
        connections,
        sharedStatus,
        habits,
        regions);
  }

  public CrowdPlan withArrivals(ArrivalCurve newArrivals) {
    return new CrowdPlan(
        server,
        campaign,
        people,
        seed,
        lobbyShare,
        newArrivals,
        thinkMedian,
        patience,
        connections,
        sharedStatus,
        habits,
        regions);
  }

  public CrowdPlan withThinkMedian(Duration newThinkMedian) {
    return new CrowdPlan(
        server,
        campaign,
        people,
        seed,
        lobbyShare,
        arrivals,
        newThinkMedian,
        patience,
        connections,
        sharedStatus,
        habits,
        regions);
  }

  public CrowdPlan withPatience(Duration newPatience) {
    return new CrowdPlan(
        server,
        campaign,
        people,
        seed,
        lobbyShare,
        arrivals,
        thinkMedian,
        newPatience,
        connections,
        sharedStatus,
        habits,
        regions);
  }

  public CrowdPlan withSharedStatus(boolean newSharedStatus) {
    return new CrowdPlan(
        server,
        campaign,
        people,
        seed,
        lobbyShare,
        arrivals,
        thinkMedian,
        patience,
        connections,
        newSharedStatus,
        habits,
        regions);
  }

  public CrowdPlan withHabits(Habits newHabits) {
    return new CrowdPlan(
        server,
        campaign,
        people,
        seed,
        lobbyShare,
        arrivals,
        thinkMedian,
        patience,
        connections,
        sharedStatus,
        newHabits,
        regions);
  }
}
