package dev.naru.rehearsal.crowd;

import dev.naru.rehearsal.http.Connections;
import dev.naru.rehearsal.people.Ages;
import dev.naru.rehearsal.people.ArrivalCurve;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who comes, when, and how they behave. The same plan makes the same people with the same
/// intentions; what happens to them is up to the server.
///
/// @param server scheme, host and port of a running Naru
/// @param campaign its id
/// @param people how many come, above 0
/// @param seed makes the people
/// @param coming when they come
/// @param manners how they behave
/// @param connections how they reach the server
/// @param sharedStatus the line's status is asked once a second for all, as behind a CDN; otherwise
///   everybody asks by themselves
/// @param home who they are
/// @param stepSeconds what one value over time stands for
public record CrowdPlan(
    URI server,
    String campaign,
    int people,
    long seed,
    Coming coming,
    Manners manners,
    Connections connections,
    boolean sharedStatus,
    Home home,
    int stepSeconds) {
  /// At most; they are opened as they are needed. With 64 a thousand people a second were held
  /// back. A demo has both ends of each in one process: twice as many still are few enough for
  /// usual limits of open files.
  private static final int SHARED = 2_048;

  public CrowdPlan {
    if (people < 1 || stepSeconds < 1) {
      throw new IllegalArgumentException("a crowd has people, and a step is at least a second");
    }
    if (server.getHost() == null) {
      throw new IllegalArgumentException("no server address: " + server);
    }
  }

  /// When people come.
  ///
  /// @param lobbyShare how many come before the opening, if it is still to come
  /// @param arrivals when the others come after it (after the start, if it is open already)
  public record Coming(double lobbyShare, ArrivalCurve arrivals) {
    public Coming {
      Shares.check(lobbyShare);
    }
  }

  /// How people behave.
  ///
  /// @param thinkMedian how long half of the people take at most for each decision; zero means that
  ///   nobody thinks
  /// @param patience how long a person repeats a call that fails before giving up
  /// @param abandon the share of those who leave the line soon after joining it
  /// @param cheats the share of those who try a trick on the way
  /// @param habits what people do once they have booked
  public record Manners(
      Duration thinkMedian, Duration patience, double abandon, double cheats, Habits habits) {
    public Manners {
      Shares.check(abandon, cheats);
      if (thinkMedian.isNegative() || patience.isNegative()) {
        throw new IllegalArgumentException("people have time");
      }
    }
  }

  /// Who the people are.
  ///
  /// @param ages how likely each age is among those who are eligible; null: each date the same
  /// @param living how many live in a district, by its code; one in those that are not among them
  public record Home(@Nullable Ages ages, Map<String, Double> living) {
    public Home {
      living = Map.copyOf(living);
    }
  }

  /// A plan for a demo: six in ten wait before the opening, the others come within five minutes,
  /// and everybody thinks for some seconds.
  public static CrowdPlan of(URI server, String campaign, int people) {
    return new CrowdPlan(
        server,
        campaign,
        people,
        1,
        new Coming(0.6, ArrivalCurve.national(Duration.ofMinutes(5))),
        new Manners(
            Duration.ofSeconds(8), Duration.ofMinutes(2), 0, 0, new Habits(0.2, 0.02, 0.02, 0.3)),
        Connections.shared(SHARED),
        true,
        new Home(null, Map.of()),
        1);
  }

  /// The same people, told differently.
  public CrowdPlan withHome(Home now, int newStepSeconds) {
    return new CrowdPlan(
        server,
        campaign,
        people,
        seed,
        coming,
        manners,
        connections,
        sharedStatus,
        now,
        newStepSeconds);
  }

  public CrowdPlan withSeed(long now) {
    return with(now, coming, manners, connections, sharedStatus);
  }

  public CrowdPlan withComing(Coming now) {
    return with(seed, now, manners, connections, sharedStatus);
  }

  public CrowdPlan withLobbyShare(double now) {
    return withComing(new Coming(now, coming.arrivals()));
  }

  public CrowdPlan withArrivals(ArrivalCurve now) {
    return withComing(new Coming(coming.lobbyShare(), now));
  }

  public CrowdPlan withManners(Manners now) {
    return with(seed, coming, now, connections, sharedStatus);
  }

  public CrowdPlan withThinkMedian(Duration now) {
    return withManners(
        new Manners(
            now, manners.patience(), manners.abandon(), manners.cheats(), manners.habits()));
  }

  public CrowdPlan withPatience(Duration now) {
    return withManners(
        new Manners(
            manners.thinkMedian(), now, manners.abandon(), manners.cheats(), manners.habits()));
  }

  public CrowdPlan withHabits(Habits now) {
    return withManners(
        new Manners(
            manners.thinkMedian(), manners.patience(), manners.abandon(), manners.cheats(), now));
  }

  public CrowdPlan withCheats(double now) {
    return withManners(
        new Manners(
            manners.thinkMedian(), manners.patience(), manners.abandon(), now, manners.habits()));
  }

  public CrowdPlan withConnections(Connections now) {
    return with(seed, coming, manners, now, sharedStatus);
  }

  public CrowdPlan withSharedStatus(boolean now) {
    return with(seed, coming, manners, connections, now);
  }

  private CrowdPlan with(
      long newSeed,
      Coming newComing,
      Manners newManners,
      Connections newConnections,
      boolean newSharedStatus) {
    return new CrowdPlan(
        server,
        campaign,
        people,
        newSeed,
        newComing,
        newManners,
        newConnections,
        newSharedStatus,
        home,
        stepSeconds);
  }
}
