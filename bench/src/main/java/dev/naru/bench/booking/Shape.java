package dev.naru.bench.booking;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Which slot the next person wants. The first twenty slots are made as large as slots can be.
enum Shape {
  /// Any slot.
  UNIFORM,
  /// Zipf over 200 sites: soon most answers are "full".
  HOT,
  /// Twenty slots that never fill.
  HERD,
  /// One slot; the next when it is full, for a slot has at most 32,767 places.
  ONE;

  static final int LARGE = 20;
  static final int LARGE_CAPACITY = 32_767;
  static final int SLOTS_A_SITE = 480;
  private static final int HOT_SITES = 200;
  private static final double[] ZIPF = zipf();

  /// @param count how many were asked before
  long slot(SplittableRandom random, long count, int slots) {
    return switch (this) {
      case UNIFORM -> 1 + LARGE + random.nextInt(slots - LARGE);
      case HOT -> {
        int found = Arrays.binarySearch(ZIPF, random.nextDouble());
        int site = 1 + (found < 0 ? -found - 1 : found);
        yield 1 + ((long) site * SLOTS_A_SITE + random.nextInt(SLOTS_A_SITE)) % slots;
      }
      case HERD -> 1 + random.nextInt(LARGE);
      case ONE -> 1 + count / 32_000 % LARGE;
    };
  }

  /// The site of a slot: the large ones are spread over sites.
  static int site(long slot) {
    return slot <= LARGE ? (int) slot : (int) (slot / SLOTS_A_SITE);
  }

  private static double[] zipf() {
    double[] sums = new double[HOT_SITES];
    double sum = 0;
    for (int i = 0; i < HOT_SITES; i++) {
      sum += 1.0 / (i + 1);
      sums[i] = sum;
    }
    for (int i = 0; i < HOT_SITES; i++) {
      sums[i] /= sum;
    }
    return sums;
  }
}
