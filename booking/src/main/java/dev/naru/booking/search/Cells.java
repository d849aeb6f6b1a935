package dev.naru.booking.search;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;

/// Where the slots of a site, a product and a day stand: such a run is a cell. The cells of a site
/// follow each other, by product and then by day. Immutable.
final class Cells {
  /// By the site's id less the first: where its cells begin and end; equal where it has none.
  private final int[] firstOf;

  private final int[] endOf;
  private final int firstSite;
  private final int[] start;
  private final int[] day;
  private final byte[] product;

  /// The cell of each slot.
  private final int[] ofSlot;

  Cells(SlotRows rows) {
    this.firstSite = rows.size == 0 ? 0 : rows.site[0];
    int sites = rows.size == 0 ? 0 : rows.site[rows.size - 1] - firstSite + 1;
    this.firstOf = new int[sites];
    this.endOf = new int[sites];
    this.ofSlot = new int[rows.size];
    int[] starts = new int[rows.size + 1];
    int[] days = new int[rows.size];
    byte[] products = new byte[rows.size];
    DayCache calendar = new DayCache(rows.zone);
    int cells = 0;
    for (int i = 0; i < rows.size; i++) {
      int today = calendar.of(rows.startMinute[i]);
      boolean isNewSite = i == 0 || rows.site[i] != rows.site[i - 1];
      if (isNewSite) {
        firstOf[rows.site[i] - firstSite] = cells;
      }
      if (isNewSite || rows.product[i] != rows.product[i - 1] || today != days[cells - 1]) {
        starts[cells] = i;
        products[cells] = rows.product[i];
        days[cells++] = today;
      }
      ofSlot[i] = cells - 1;
      endOf[rows.site[i] - firstSite] = cells;
    }
    starts[cells] = rows.size;
    this.start = Arrays.copyOf(starts, cells + 1);
    this.day = Arrays.copyOf(days, cells);
    this.product = Arrays.copyOf(products, cells);
  }

  int size() {
    return day.length;
  }

  /// The first cell of a site; with [#end] an empty range for a site without slots.
  int first(int site) {
    int at = site - firstSite;
    return at < 0 || at >= firstOf.length ? 0 : firstOf[at];
  }

  int end(int site) {
    int at = site - firstSite;
    return at < 0 || at >= endOf.length ? 0 : endOf[at];
  }

  /// The day of a cell, counted from 1970.
  int day(int cell) {
    return day[cell];
  }

  byte product(int cell) {
    return product[cell];
  }

  /// The first cell of the next product, or the end of the site's cells: what comes before it is of
  /// the same product as a cell, and later.
  int nextProduct(int cell, int end) {
    int next = cell + 1;
    while (next < end && product[next] == product[cell]) {
      next++;
    }
    return next;
  }

  /// Position of a cell's first slot.
  int from(int cell) {
    return start[cell];
  }

  /// Position after a cell's last slot.
  int to(int cell) {
    return start[cell + 1];
  }

  int ofSlot(int position) {
    return ofSlot[position];
  }

  /// Slots come in runs of the same day: the zone is asked once for each run's day, not each slot.
  private static final class DayCache {
    private final ZoneId zone;
    private int from;
    private int until;
    private int day;

    DayCache(ZoneId zone) {
      this.zone = zone;
    }

    int of(int minute) {
      if (minute < from || minute >= until) {
        LocalDate date = LocalDate.ofInstant(Instant.ofEpochSecond(minute * 60L), zone);
        from = SlotIndex.minute(date.atStartOfDay(zone).toInstant());
        until = SlotIndex.minute(date.plusDays(1).atStartOfDay(zone).toInstant());
        day = Math.toIntExact(date.toEpochDay());
      }
      return day;
    }
  }
}
