package dev.naru.booking.search;

import java.time.ZoneId;
import java.util.Arrays;

/// The rows of a campaign's slots as they are read: ordered by site, product and time.
final class SlotRows {
  final ZoneId zone;
  int size;
  long[] id = new long[1 << 16];
  int[] site = new int[1 << 16];
  byte[] product = new byte[1 << 16];
  int[] startMinute = new int[1 << 16];
  short[] capacity = new short[1 << 16];
  short[] shareOffset = new short[1 << 16];
  short[] booked = new short[1 << 16];

  /// @param zone that says which day a moment belongs to
  SlotRows(ZoneId zone) {
    this.zone = zone;
  }

  void add(
      long slot,
      int siteId,
      int productIndex,
      long startsAtSecond,
      int most,
      int offset,
      int taken) {
    if (size == id.length) {
      grow(size * 2);
    }
    id[size] = slot;
    site[size] = siteId;
    product[size] = (byte) productIndex;
    startMinute[size] = Math.toIntExact(startsAtSecond / 60);
    capacity[size] = (short) most;
    shareOffset[size] = (short) offset;
    booked[size] = (short) taken;
    size++;
  }

  private void grow(int length) {
    id = Arrays.copyOf(id, length);
    site = Arrays.copyOf(site, length);
    product = Arrays.copyOf(product, length);
    startMinute = Arrays.copyOf(startMinute, length);
    capacity = Arrays.copyOf(capacity, length);
    shareOffset = Arrays.copyOf(shareOffset, length);
    booked = Arrays.copyOf(booked, length);
  }
}
