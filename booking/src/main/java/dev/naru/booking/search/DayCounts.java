package dev.naru.booking.search;

import dev.naru.booking.supply.Share;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Free places of whole days, so that a search need not look at every half hour: one sum for each
/// of the [Cells].
///
/// A cell's sum is worked out when it is asked for and kept with the version of the cell that it
/// was worked out from. Whoever changes a counter raises the version afterwards; so a reader that
/// knows of a change never gets a sum without it, and nobody waits for anybody.
final class DayCounts {
  /// Windows that are open at the same moment are few; more shares than this are forgotten.
  private static final int MOST_SHARES = 8;

  private static final VarHandle VERSION = MethodHandles.arrayElementVarHandle(int[].class);
  private static final VarHandle SUM = MethodHandles.arrayElementVarHandle(long[].class);

  /// What a slot has left for a share.
  @FunctionalInterface
  interface Slots {
    int free(int position, Share share);
  }

  private final Slots slots;
  private final Cells cells;
  private final int[] version;
  private final Map<Share, long[]> sums = new ConcurrentHashMap<>();

  DayCounts(Slots slots, Cells cells) {
    this.slots = slots;
    this.cells = cells;
    this.version = new int[cells.size()];
    Arrays.fill(version, 1);
  }

  /// Called after a counter of the cell was changed.
  void changed(int cell) {
    VERSION.getAndAdd(version, cell, 1);
  }

  /// The sums kept for a share, for [#free].
  long[] of(Share share) {
    long[] known = sums.get(share);
    if (known != null) {
      return known;
    }
    if (sums.size() >= MOST_SHARES) {
      sums.clear();
    }
    return sums.computeIfAbsent(share, _ -> new long[version.length]);
  }

  /// What is free in a whole cell.
  ///
  /// @param kept what [#of] gave for the share
  int free(int cell, Share share, long[] kept) {
    int now = (int) VERSION.getVolatile(version, cell);
    long sum = (long) SUM.getOpaque(kept, cell);
    if ((int) (sum >>> 32) == now) {
      return (int) sum;
    }
    int free = 0;
    for (int at = cells.from(cell); at < cells.to(cell); at++) {
      free += slots.free(at, share);
    }
    SUM.setOpaque(kept, cell, (long) now << 32 | free);
    return free;
  }
}
