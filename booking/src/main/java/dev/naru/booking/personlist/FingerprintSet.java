package dev.naru.booking.personlist;

import java.nio.LongBuffer;

/// A set of 64-bit fingerprints that are spread evenly, in 8 bytes each and a directory of one byte
/// each: sorted, with the place where each range of leading bits begins. A question looks at the
/// directory once and then at a handful of neighbours, which are in one or two lines of the cache.
final class FingerprintSet {
  /// Fingerprints to a range: fewer cost memory, more cost time.
  private static final int PER_RANGE = 4;

  private static final int MOST_BITS = 26;

  private final long[] sorted;
  private final int[] begins;
  private final int shift;

  /// @param sorted ascending, each once; belongs to the set from now on
  /// @throws IllegalArgumentException when it is not in order
  FingerprintSet(long[] sorted) {
    this.sorted = sorted;
    int bits = bits(sorted.length);
    this.shift = Long.SIZE - bits;
    this.begins = new int[(1 << bits) + 1];
    for (int i = 0; i < sorted.length; i++) {
      if (i > 0 && sorted[i - 1] >= sorted[i]) {
        throw new IllegalArgumentException("fingerprints out of order at " + i);
      }
      begins[range(sorted[i]) + 1] = i + 1;
    }
    for (int range = 1; range < begins.length; range++) {
      begins[range] = Math.max(begins[range], begins[range - 1]);
    }
  }

  private static int bits(int size) {
    int ranges = Math.max(2, Integer.highestOneBit(Math.max(1, size / PER_RANGE)));
    return Math.min(MOST_BITS, Integer.numberOfTrailingZeros(ranges));
  }

  /// Turning the sign round puts negative numbers before the others, as the order has them.
  private int range(long fingerprint) {
    return (int) ((fingerprint ^ Long.MIN_VALUE) >>> shift);
  }

  boolean contains(long fingerprint) {
    int range = range(fingerprint);
    int end = begins[range + 1];
    for (int i = begins[range]; i < end; i++) {
      if (sorted[i] == fingerprint) {
        return true;
      }
    }
    return false;
  }

  /// Writes some of the fingerprints, ascending.
  void write(LongBuffer target, int from, int count) {
    target.put(sorted, from, count);
  }

  int size() {
    return sorted.length;
  }

  /// What it takes of the heap.
  long bytes() {
    return (long) sorted.length * Long.BYTES + (long) begins.length * Integer.BYTES;
  }
}
