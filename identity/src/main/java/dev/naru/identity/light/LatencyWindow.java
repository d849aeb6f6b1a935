package dev.naru.identity.light;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How checks went during the last minute, in twelve buckets of five seconds, so that old news
/// leaves in small steps. Latencies are counted in steps of 19 % (four to a doubling) from 1 ms to
/// 16 s: a check is cut off earlier than that.
final class LatencyWindow {
  private static final int BUCKETS = 12;
  private static final long BUCKET_SECONDS = 5;
  private static final int STEPS = 57;

  /// Buckets that count as recent: the current one and the one before.
  private static final int RECENT = 2;

  private final long[] startedAt = new long[BUCKETS];
  private final int[] failures = new int[BUCKETS];
  private final int[][] passed = new int[BUCKETS][STEPS];

  /// A check that ended well.
  synchronized void passed(Instant now, Duration latency) {
    passed[bucket(now)][step(latency)]++;
  }

  /// A check that failed. Its time does not count: a quick refusal is not quick service.
  synchronized void failed(Instant now) {
    failures[bucket(now)]++;
  }

  /// Forgets everything: what was measured before no longer says anything.
  synchronized void clear() {
    Arrays.fill(startedAt, 0);
  }

  /// @param inFlight checks that run now
  /// @param capacity checks the provider handles at once
  /// @param silence for how long somebody has been waiting while nobody got an answer
  synchronized Measured measure(
      Instant now, int inFlight, int capacity, Duration silence, Breaker breaker) {
    long newest = period(now);
    int[] steps = new int[STEPS];
    int failed = 0;
    int recentlyPassed = 0;
    int recentlyFailed = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      if (startedAt[bucket] > newest - BUCKETS) {
        failed += failures[bucket];
        for (int step = 0; step < STEPS; step++) {
          steps[step] += passed[bucket][step];
        }
      }
      if (startedAt[bucket] > newest - RECENT) {
        recentlyFailed += failures[bucket];
        recentlyPassed += Arrays.stream(passed[bucket]).sum();
      }
    }
    int well = Arrays.stream(steps).sum();
    return new Measured(
        new Measured.Ended(well + failed, failed),
        new Measured.Ended(recentlyPassed + recentlyFailed, recentlyFailed),
        quantile(steps, well, 0.5),
        quantile(steps, well, 0.95),
        inFlight,
        capacity,
        silence,
        breaker);
  }

  private int bucket(Instant now) {
    long period = period(now);
    int bucket = (int) Math.floorMod(period, (long) BUCKETS);
    if (startedAt[bucket] != period) {
      startedAt[bucket] = period;
      failures[bucket] = 0;
      Arrays.fill(passed[bucket], 0);
    }
    return bucket;
  }

  private static long period(Instant now) {
    return Math.floorDiv(now.getEpochSecond(), BUCKET_SECONDS);
  }

  private static int step(Duration latency) {
    double millis = Math.max(1, latency.toNanos() / 1e6);
    return Math.min(STEPS - 1, (int) (4 * Math.log(millis) / Math.log(2)));
  }

  private static @Nullable Duration quantile(int[] steps, int count, double share) {
    long rank = (long) Math.ceil(share * count);
    long seen = 0;
    for (int step = 0; step < STEPS && count > 0; step++) {
      seen += steps[step];
      if (seen >= rank) {
        return Duration.ofNanos((long) (1e6 * Math.pow(2, (step + 0.5) / 4)));
      }
    }
    return null;
  }
}
