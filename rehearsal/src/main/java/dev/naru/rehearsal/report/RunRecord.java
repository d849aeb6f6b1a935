package dev.naru.rehearsal.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything that a rehearsal keeps, and the JSON in which it is kept (`run.json`, written and
/// read by [RunFiles]). Component names are JSON names. Seconds count from the start of the run;
/// values that nobody measured are null, never 0.
///
/// Whoever drives the crowd fills a [Timeline] while it runs and makes one record at the end, or at
/// Ctrl-C with what there is so far. Nothing in here is personal: people are indexes of the crowd.
///
/// @param format [#FORMAT]; raised when a reader of the old form would misread the new one
/// @param about what ran, where, and how to do it again
/// @param seconds how long it ran
/// @param opened when booking opened; null when it was open already
/// @param stopped why the run ended early, such as `Ctrl-C`; null when everybody had left
/// @param stepSeconds what one value of every series and of [Call#overTime] stands for: from `i *
///   stepSeconds` on
/// @param series what was counted over time, in the order in which it is drawn
/// @param calls one for each call of the API that was made
/// @param people some of the crowd, followed closely; a few dozen
/// @param totals counts by name, in the order in which they are shown; [Totals] has the names that
///   a comparison explains
/// @param goals what was to hold, with verdicts
public record RunRecord(
    int format,
    About about,
    double seconds,
    @Nullable Double opened,
    @Nullable String stopped,
    int stepSeconds,
    List<Series> series,
    List<Call> calls,
    List<Sampled> people,
    Map<String, Long> totals,
    List<Goal> goals) {
  public static final int FORMAT = 1;

  public RunRecord {
    if (stepSeconds < 1) {
      throw new IllegalArgumentException("a step is at least a second");
    }
    series = List.copyOf(series);
    calls = List.copyOf(calls);
    people = List.copyOf(people);
    totals = Collections.unmodifiableMap(new LinkedHashMap<>(totals));
    goals = List.copyOf(goals);
  }

  /// Whether every goal held; one that could not be judged did not hold.
  public boolean held() {
    return goals.stream().allMatch(goal -> goal.verdict() == Verdict.HELD);
  }

  /// Bookings a second in the best minute: what the rehearsed Naru has carried at the least. 0 when
  /// nobody booked; of a run shorter than a minute the average.
  public double bestMinute() {
    double best = 0;
    for (Series one : series) {
      if (one.group() == Group.BOOKINGS && one.name().equals(Totals.BOOKED)) {
        best = Math.max(best, bestMinute(one.values()));
      }
    }
    return best;
  }

  private double bestMinute(List<@Nullable Double> values) {
    int steps = Math.max(1, Math.min(values.size(), (60 + stepSeconds - 1) / stepSeconds));
    double sum = 0;
    double best = 0;
    for (int i = 0; i < values.size(); i++) {
      sum += orNought(values.get(i)) - (i < steps ? 0 : orNought(values.get(i - steps)));
      best = Math.max(best, sum / steps);
    }
    return best;
  }

  private static double orNought(@Nullable Double value) {
    return value == null ? 0 : value;
  }

  /// What ran.
  ///
  /// @param title in a few words
  /// @param startedAt ISO 8601 with offset
  /// @param seed makes the same crowd again
  /// @param command the command line that repeats it, without secrets
  /// @param server address of the Naru that was rehearsed
  /// @param campaign its id
  /// @param versions of both programs and what they run on, such as `naru`, `java`, `postgresql`
  /// @param machine such as `cores`, `memory`, `system`, `load before`
  public record About(
      String title,
      String startedAt,
      long seed,
      String command,
      String server,
      String campaign,
      Map<String, String> versions,
      Map<String, String> machine) {
    public About {
      versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
      machine = Collections.unmodifiableMap(new LinkedHashMap<>(machine));
    }
  }

  /// The plot that a series belongs to; the report draws one for each group that has series.
  public enum Group {
    /// People who come, a second; by kind if there are several (`arrived`, `verified`, `joined`).
    ARRIVALS,
    /// How many are where: `lobby`, `waiting`, `admitted` (have a pass and no appointment yet).
    LINE,
    /// `booked`, `moved`, `cancelled`, a second.
    BOOKINGS,
    /// Refusals a second, by reason: the problem's name (`slot-full`) or `lost`.
    REFUSALS,
    /// Cheats' attempts that were refused, a second, by kind of cheat.
    CHEATS,
    /// Requests sent, a second.
    REQUESTS,
    /// Cores in use: `server`, `database`, `crowd`.
    CPU,
    /// Bytes: `server resident`, `server heap`, `crowd heap`.
    MEMORY,
    /// Connections and queues: `connections in use`, `booking queue`.
    DATABASE
  }

  /// A number over time.
  ///
  /// @param values one for each step; null where nothing was measured
  public record Series(Group group, String name, List<@Nullable Double> values) {
    public Series {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }
  }

  /// How one call fared. Latencies are microseconds from the moment at which the call was meant to
  /// be made.
  ///
  /// @param name such as `book`, as the crowd calls it
  /// @param all over the whole run
  /// @param overTime one for each step; those of steps without a call have count 0
  /// @param answers how often which answer came, such as `201` or `409 slot-full`
  public record Call(
      String name, Quantiles all, List<Quantiles> overTime, Map<String, Long> answers) {
    public Call {
      overTime = List.copyOf(overTime);
      answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }
  }

  /// Quantiles of a latency histogram, in microseconds; all 0 when the count is.
  public record Quantiles(long count, long p50, long p90, long p99, long p999, long max) {
    public static final Quantiles NONE = new Quantiles(0, 0, 0, 0, 0, 0);
  }

  /// One person's way through the line.
  ///
  /// @param person index within the crowd
  /// @param joined second at which they joined
  /// @param called second at which they knew that they were called; null when they never were
  /// @param booked second at which the booking was acknowledged; null without
  /// @param places what they were shown, in order of time
  public record Sampled(
      int person,
      double joined,
      @Nullable Double called,
      @Nullable Double booked,
      List<Shown> places) {
    public Sampled {
      places = List.copyOf(places);
    }
  }

  /// What the page showed to somebody who waits.
  ///
  /// @param second when
  /// @param ahead how many were before them
  /// @param least seconds still to wait, lower end of the range that was promised; null when no
  ///   range was shown
  /// @param most upper end
  public record Shown(double second, long ahead, @Nullable Double least, @Nullable Double most) {}

  /// Something that was to hold.
  ///
  /// @param id stable, such as `oversold`, so that two runs can be compared
  /// @param what in a few words, such as `No slot holds more than its capacity`
  /// @param goal such as `0` or `p99 below 500 ms`
  /// @param measured such as `0` or `p99 212 ms`; says why when nothing could be measured
  public record Goal(String id, String what, String goal, String measured, Verdict verdict) {}

  /// How a goal ended.
  public enum Verdict {
    HELD,
    MISSED,
    /// Could not be judged, for example because the server's export was out of reach.
    UNKNOWN
  }

  /// Names of [RunRecord#totals]; others may stand beside them.
  public static final class Totals {
    public static final String PEOPLE = "people";
    public static final String ARRIVED = "arrived";
    public static final String VERIFIED = "verified";
    public static final String JOINED = "joined";
    public static final String ADMITTED = "admitted";
    public static final String BOOKED = "booked";
    public static final String MOVED = "moved";
    public static final String CANCELLED = "cancelled";
    public static final String NO_SLOT = "found no slot";
    public static final String GAVE_UP = "gave up";
    public static final String CHEATS = "cheats";
    public static final String CHEATS_SUCCEEDED = "cheats that succeeded";
    public static final String OVERSOLD = "oversold";
    public static final String DOUBLED = "doubled";
    public static final String LOST = "lost";
    public static final String ERRORS = "errors";
    public static final String REQUESTS = "requests";

    private Totals() {}
  }
}
