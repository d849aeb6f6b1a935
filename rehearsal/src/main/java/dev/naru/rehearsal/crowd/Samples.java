package dev.naru.rehearsal.crowd;

import dev.naru.rehearsal.forecast.Calling;
import dev.naru.rehearsal.forecast.Quantiles;
import dev.naru.rehearsal.report.RunRecord.Sampled;
import dev.naru.rehearsal.report.RunRecord.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// How long people wait in the line, and a few of them followed closely.
final class Samples {
  private static final int FOLLOWED = 24;
  private static final int MOST_SHOWN = 60;
  private static final long LONGEST_MILLIS = 24L * 3_600 * 1_000;
  private static final int NEVER = -1;

  /// When a person looks at the range of their wait: a minute after joining, and not before the
  /// line is three minutes old, when its pace has settled.
  private static final long LOOKS_MILLIS = 60_000;

  private static final long SETTLED_MILLIS = 180_000;

  private static final class Followed {
    final List<Shown> shown = new ArrayList<>();
    double joined;
    @Nullable Double called;
    @Nullable Double booked;
  }

  private final Map<Integer, Followed> followed = new TreeMap<>();
  private final Histogram waits = new Histogram(1, LONGEST_MILLIS, 2);
  private final int[] waitingSince;
  private final int[] promisedFrom;
  private final int[] promisedUntil;
  private final int stride;
  private final long openedMillis;
  private int promised;
  private int kept;
  private double pace;

  /// @param openedMillis nobody waits before the opening; 0 when it was open
  Samples(int people, long openedMillis) {
    this.waitingSince = new int[people];
    this.promisedFrom = new int[people];
    this.promisedUntil = new int[people];
    Arrays.fill(waitingSince, NEVER);
    Arrays.fill(promisedUntil, NEVER);
    this.stride = Math.max(1, people / FOLLOWED);
    this.openedMillis = openedMillis;
  }

  void joined(Person person, long millis) {
    if (waitingSince[person.index] == NEVER) {
      waitingSince[person.index] = (int) millis;
      if (isFollowed(person.index)) {
        followed.computeIfAbsent(person.index, _ -> new Followed()).joined = millis / 1_000.0;
      }
    }
  }

  void shown(Person person, long ahead, LineStatus now, long millis) {
    LineStatus.Range range = now.promised(ahead);
    if (range != null && ahead > 0 && looks(person, millis)) {
      promisedFrom[person.index] = (int) (millis + 1_000 * range.least());
      promisedUntil[person.index] = (int) (millis + 1_000 * range.most());
    }
    Followed one = followed(person.index);
    if (one != null && one.shown.size() < MOST_SHOWN) {
      one.shown.add(
          new Shown(
              millis / 1_000.0,
              ahead,
              range == null ? null : range.least(),
              range == null ? null : range.most()));
    }
  }

  private boolean looks(Person person, long millis) {
    return promisedUntil[person.index] == NEVER && millis >= looksAt(person);
  }

  private long looksAt(Person person) {
    return Math.max(
        waitingSince[person.index] + LOOKS_MILLIS, Math.max(0, openedMillis) + SETTLED_MILLIS);
  }

  /// How long nobody wants to know what a person is shown: until they look at the range of their
  /// wait; for ever after that; not at all of those who are followed.
  long uninterestingMillis(Person person, long millis) {
    if (isFollowed(person.index)) {
      return 0;
    }
    return promisedUntil[person.index] == NEVER
        ? Math.max(0, looksAt(person) - millis)
        : Long.MAX_VALUE;
  }

  private boolean isFollowed(int person) {
    return person % stride == 0;
  }

  private @Nullable Followed followed(int person) {
    return isFollowed(person) ? followed.get(person) : null;
  }

  /// Somebody sees that it is their turn.
  void turn(Person person, long millis) {
    int until = promisedUntil[person.index];
    if (until > 0) {
      promisedUntil[person.index] = 0;
      promised++;
      if (millis >= promisedFrom[person.index] && millis <= until) {
        kept++;
      }
    }
  }

  /// The pace that the line began with.
  void paced(double perMinute) {
    if (pace == 0) {
      pace = perMinute;
    }
  }

  void called(Person person, long millis) {
    long since = Math.max(openedMillis, waitingSince[person.index]);
    waits.recordValue(Math.clamp(millis - since, 1, LONGEST_MILLIS));
    Followed one = followed(person.index);
    if (one != null) {
      one.called = millis / 1_000.0;
    }
  }

  void booked(int person, long millis) {
    Followed one = followed(person);
    if (one != null) {
      one.booked = millis / 1_000.0;
    }
  }

  /// Seconds from the opening, or from joining if that was later, to the pass.
  double waitSeconds(double percentile) {
    return waits.getTotalCount() == 0 ? 0 : waits.getValueAtPercentile(percentile) / 1_000.0;
  }

  /// How honest the ranges were.
  CrowdReport.Promises promises() {
    return new CrowdReport.Promises(promised, kept);
  }

  /// Waits as anybody could have computed them who knows when people come and the pace that the
  /// line begins with.
  ///
  /// @param arrivals milliseconds since the start, in order
  /// @return null when no pace was seen
  @Nullable Quantiles forecast(LongStream arrivals) {
    if (pace < 1) {
      return null;
    }
    long[] due = arrivals.toArray();
    float[] joined = new float[due.length];
    for (int i = 0; i < due.length; i++) {
      joined[i] = (float) ((due[i] - openedMillis) / 1_000.0);
    }
    return Calling.waits(joined, (int) pace);
  }

  List<Sampled> people() {
    List<Sampled> people = new ArrayList<>();
    followed.forEach(
        (person, one) ->
            people.add(new Sampled(person, one.joined, one.called, one.booked, one.shown)));
    return people;
  }
}
