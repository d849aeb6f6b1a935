package dev.naru.common.rate;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/// Allows each caller a [Rate], in a memory that never grows: however many callers there are, it is
/// two rows of cells. A caller has one cell in each row, found by a keyed hash; a cell holds the
/// moment up to which its requests are paid for (the "theoretical arrival time" of the generic cell
/// rate algorithm, ITU-T I.371). A caller shares a cell with others by chance, so the cell that is
/// less busy counts, and both are only ever raised to what this caller accounts for (conservative
/// update, Estan & Varghese 2002). Somebody is held to account for others only if both cells are
/// exhausted by them.
///
/// Thread-safe without locks. Two requests of one caller at the same instant may both take the last
/// allowance; the next one then waits a little longer.
public final class RateLimiter {
  /// 2 rows of 2^17 longs are 2 MB. With 10,000 exhausted callers at a moment, one innocent in 170
  /// has both cells taken: (1 - e^(-10,000/131,072))^2.
  private static final int CELLS = 1 << 17;

  private final AtomicLongArray first = new AtomicLongArray(CELLS);
  private final AtomicLongArray second = new AtomicLongArray(CELLS);
  private final long interval;
  private final long allowance;
  private final long secret;
  private final LongSupplier nanos;
  private final long start;

  /// @param secret random: without it nobody can aim at another caller's cells
  /// @param nanos a clock that never goes back, as [System#nanoTime()]
  public RateLimiter(Rate rate, long secret, LongSupplier nanos) {
    this.interval =
        rate.perSecond() == 0 ? 0 : Math.round(TimeUnit.SECONDS.toNanos(1) / rate.perSecond());
    this.allowance = interval * rate.burst();
    this.secret = secret;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /// Takes one request's worth of a caller's allowance.
  ///
  /// @param caller any number that stands for them
  /// @return 0 when it is allowed, else the nanoseconds until the next one would be
  public long take(long caller) {
    if (interval == 0) {
      return 0;
    }
    long hash = mix(caller ^ secret);
    int one = (int) hash & (CELLS - 1);
    int other = (int) (hash >>> 32) & (CELLS - 1);
    long now = nanos.getAsLong() - start;
    long paid = Math.max(now, Math.min(first.get(one), second.get(other)));
    long next = paid + interval;
    long early = next - now - allowance;
    if (early > 0) {
      return early;
    }
    first.accumulateAndGet(one, next, Math::max);
    second.accumulateAndGet(other, next, Math::max);
    return 0;
  }

  /// The finalizer of SplitMix64: every bit of the input reaches every bit of both indexes.
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
