package dev.naru.rehearsal.crowd;

import dev.naru.rehearsal.report.RunRecord.Sampled;
import dev.naru.rehearsal.report.RunRecord.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// How long people wait in the line, and a few of them followed closely.
final class Samples {
  private static final int FOLLOWED = 24;
  private static final int MOST_SHOWN = 60;
  private static final long LONGEST_MILLIS = 24L * 3_600 * 1_000;
  private static final int NEVER = -1;

  private static final class Followed {
    final List<Shown> shown = new ArrayList<>();
    double joined;
    @Nullable Double called;
    @Nullable Double booked;
  }

  private final Map<Integer, Followed> followed = new TreeMap<>();
  private final Histogram waits = new Histogram(1, LONGEST_MILLIS, 2);
  private final int[] waitingSince;
  private final int stride;
  private final long openedMillis;

  /// @param openedMillis nobody waits before the opening; 0 when it was open
  Samples(int people, long openedMillis) {
    this.waitingSince = new int[people];
    Arrays.fill(waitingSince, NEVER);
    this.stride = Math.max(1, people / FOLLOWED);
    this.openedMillis = openedMillis;
  }

  void joined(Person person, long millis) {
    if (waitingSince[person.index] == NEVER) {
      waitingSince[person.index] = (int) millis;
      if (person.index % stride == 0) {
        followed.computeIfAbsent(person.index, _ -> new Followed()).joined = millis / 1_000.0;
      }
    }
  }

  void shown(Person person, long ahead, LineStatus now, long millis) {
    Followed one = followed.get(person.index);
    if (one != null && one.shown.size() < MOST_SHOWN) {
      one.shown.add(now.promised(ahead).at(millis / 1_000.0, ahead));
    }
  }

  void called(Person person, long millis) {
    long since = Math.max(openedMillis, waitingSince[person.index]);
    waits.recordValue(Math.clamp(millis - since, 1, LONGEST_MILLIS));
    Followed one = followed.get(person.index);
    if (one != null) {
      one.called = millis / 1_000.0;
    }
  }

  void booked(int person, long millis) {
    Followed one = followed.get(person);
    if (one != null) {
      one.booked = millis / 1_000.0;
    }
  }

  /// Seconds from the opening, or from joining if that was later, to the pass.
  double waitSeconds(double percentile) {
    return waits.getTotalCount() == 0 ? 0 : waits.getValueAtPercentile(percentile) / 1_000.0;
  }

  List<Sampled> people() {
    List<Sampled> people = new ArrayList<>();
    followed.forEach(
        (person, one) ->
            people.add(new Sampled(person, one.joined, one.called, one.booked, one.shown)));
    return people;
  }
}
