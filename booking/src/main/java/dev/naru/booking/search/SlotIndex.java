package dev.naru.booking.search;

import dev.naru.booking.supply.Share;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All slots of one campaign in primitive arrays, about 27 bytes each, ordered by site, product and
/// time. It advises what is free; the database decides.
///
/// Counters may be changed while others read: a reader sees each counter before or after a change,
/// never anything else.
public final class SlotIndex {
  private static final VarHandle BOOKED = MethodHandles.arrayElementVarHandle(short[].class);

  /// Later than every day.
  static final int NEVER = Integer.MAX_VALUE;

  private final ZoneId zone;
  private final Map<Integer, Range> sites;
  private final int[] site;
  private final byte[] product;
  private final int[] startMinute;
  private final short[] capacity;
  private final short[] shareOffset;
  private final short[] booked;
  private final long firstId;
  private final int[] idOffset;

  /// Position of each id, -1 where an id is of another campaign.
  private final int[] position;

  /// The cell of each slot.
  private final int[] cell;

  private final DayCounts counts;

  private record Range(int from, int to, int firstCell, int endCell) {}

  /// A slot as people see it.
  ///
  /// @param id of the slot
  /// @param product index into the campaign's products
  public record Slot(long id, int site, int product, Instant startsAt, int capacity) {}

  /// A slot and what the viewer may take of it.
  public record FreeSlot(Slot slot, int free) {}

  private SlotIndex(Builder rows) {
    this.zone = rows.zone;
    this.site = Arrays.copyOf(rows.site, rows.size);
    this.product = Arrays.copyOf(rows.product, rows.size);
    this.startMinute = Arrays.copyOf(rows.startMinute, rows.size);
    this.capacity = Arrays.copyOf(rows.capacity, rows.size);
    this.shareOffset = Arrays.copyOf(rows.shareOffset, rows.size);
    this.booked = Arrays.copyOf(rows.booked, rows.size);
    this.firstId = Arrays.stream(rows.id, 0, rows.size).min().orElse(0);
    long lastId = Arrays.stream(rows.id, 0, rows.size).max().orElse(-1);
    this.position = new int[Math.toIntExact(lastId - firstId + 1)];
    Arrays.fill(position, -1);
    this.idOffset = new int[rows.size];
    this.cell = new int[rows.size];
    this.sites = new HashMap<>();
    int[] cellStart = new int[rows.size + 1];
    int[] cellDay = new int[rows.size];
    int cells = 0;
    int firstCell = 0;
    DayCache days = new DayCache(zone);
    int from = 0;
    for (int i = 0; i < rows.size; i++) {
      idOffset[i] = Math.toIntExact(rows.id[i] - firstId);
      position[idOffset[i]] = i;
      int day = days.of(startMinute[i]);
      if (i == from || product[i] != product[i - 1] || day != cellDay[cells - 1]) {
        cellStart[cells] = i;
        cellDay[cells++] = day;
      }
      cell[i] = cells - 1;
      if (i + 1 == rows.size || site[i + 1] != site[i]) {
        sites.put(site[i], new Range(from, i + 1, firstCell, cells));
        from = i + 1;
        firstCell = cells;
      }
    }
    cellStart[cells] = rows.size;
    this.counts =
        new DayCounts(
            this::freeAt, Arrays.copyOf(cellStart, cells + 1), Arrays.copyOf(cellDay, cells));
  }

  /// How many slots there are.
  public int size() {
    return site.length;
  }

  /// The slot with an id; null when this campaign has none.
  public @Nullable Slot slot(long id) {
    int at = positionOf(id);
    return at < 0 ? null : at(at);
  }

  /// Whether a slot's time has come; false when this campaign has none with the id.
  public boolean hasBegun(long id, Instant now) {
    int at = positionOf(id);
    return at >= 0 && startMinute[at] <= minute(now);
  }

  /// What the viewer may take of a slot; 0 when there is no such slot; never negative.
  public int free(long id, Share share) {
    int at = positionOf(id);
    return at < 0 ? 0 : freeAt(at, share);
  }

  /// Changes a counter by what was just committed.
  public void add(long id, int change) {
    int at = positionOf(id);
    if (at >= 0) {
      BOOKED.getAndAdd(booked, at, (short) change);
      counts.changed(cell[at]);
    }
  }

  /// Sets a counter to what the database says.
  public void set(long id, int value) {
    int at = positionOf(id);
    if (at >= 0) {
      BOOKED.setVolatile(booked, at, (short) value);
      counts.changed(cell[at]);
    }
  }

  /// What is free at a site, by day; days with nothing are left out.
  ///
  /// @param from first day, inclusive
  /// @param to last day, inclusive
  /// @param onlyProduct index of a product, or -1 for all
  public SortedMap<LocalDate, Integer> days(
      int siteId, LocalDate from, LocalDate to, int onlyProduct, Instant now, Share share) {
    SortedMap<LocalDate, Integer> days = new TreeMap<>();
    Range range = sites.get(siteId);
    if (range == null) {
      return days;
    }
    long first = from.toEpochDay();
    long last = to.toEpochDay();
    int nowMinute = minute(now);
    long[] kept = counts.of(share);
    for (int i = range.firstCell; i < range.endCell; i++) {
      int day = counts.day(i);
      if (day >= first && day <= last && isOf(i, onlyProduct)) {
        int free = freeIn(i, nowMinute, share, kept);
        if (free > 0) {
          days.merge(LocalDate.ofEpochDay(day), free, Integer::sum);
        }
      }
    }
    return days;
  }

  /// The earliest day with something free at a site, counted from 1970; [#NEVER] when there is
  /// none. The parameters are those of [#days].
  int firstFreeDay(
      int siteId, LocalDate from, LocalDate to, int onlyProduct, Instant now, Share share) {
    Range range = sites.get(siteId);
    if (range == null) {
      return NEVER;
    }
    long first = from.toEpochDay();
    long last = to.toEpochDay();
    int nowMinute = minute(now);
    long[] kept = counts.of(share);
    int earliest = NEVER;
    for (int i = range.firstCell; i < range.endCell; i++) {
      int day = counts.day(i);
      if (day >= first
          && day <= last
          && day < earliest
          && isOf(i, onlyProduct)
          && freeIn(i, nowMinute, share, kept) > 0) {
        earliest = day;
      }
    }
    return earliest;
  }

  private boolean isOf(int cell, int onlyProduct) {
    return onlyProduct < 0 || product[counts.from(cell)] == onlyProduct;
  }

  /// A day that has begun is looked at slot by slot.
  private int freeIn(int cell, int nowMinute, Share share, long[] kept) {
    if (startMinute[counts.from(cell)] > nowMinute) {
      return counts.free(cell, share, kept);
    }
    int free = 0;
    for (int at = counts.to(cell) - 1; at >= counts.from(cell); at--) {
      if (startMinute[at] <= nowMinute) {
        break;
      }
      free += freeAt(at, share);
    }
    return free;
  }

  /// The slots of a site on one day that have not begun, full ones too, in order of time.
  public List<FreeSlot> slots(int siteId, LocalDate date, Instant now, Share share) {
    List<FreeSlot> slots = new ArrayList<>();
    Range range = sites.get(siteId);
    if (range == null) {
      return slots;
    }
    long wanted = date.toEpochDay();
    int nowMinute = minute(now);
    for (int i = range.firstCell; i < range.endCell; i++) {
      for (int at = counts.from(i); counts.day(i) == wanted && at < counts.to(i); at++) {
        if (startMinute[at] > nowMinute) {
          slots.add(new FreeSlot(at(at), freeAt(at, share)));
        }
      }
    }
    slots.sort((a, b) -> a.slot().startsAt().compareTo(b.slot().startsAt()));
    return slots;
  }

  /// The slots nearest in time to a moment at the same site with something free, earlier ones
  /// first.
  ///
  /// @param onlyProduct index of a product
  public List<FreeSlot> freeNear(
      int siteId, int onlyProduct, Instant moment, Instant now, Share share, int limit) {
    Range range = sites.get(siteId);
    if (range == null) {
      return List.of();
    }
    List<FreeSlot> found = new ArrayList<>();
    int nowMinute = minute(now);
    for (int i = range.from; i < range.to; i++) {
      int free = freeAt(i, share);
      if (product[i] == onlyProduct && startMinute[i] > nowMinute && free > 0) {
        found.add(new FreeSlot(at(i), free));
      }
    }
    int wanted = minute(moment);
    found.sort(
        (a, b) ->
            Integer.compare(
                Math.abs(minute(a.slot().startsAt()) - wanted),
                Math.abs(minute(b.slot().startsAt()) - wanted)));
    List<FreeSlot> nearest = new ArrayList<>(found.subList(0, Math.min(limit, found.size())));
    nearest.sort((a, b) -> a.slot().startsAt().compareTo(b.slot().startsAt()));
    return nearest;
  }

  /// The slot of a site and product at exactly a moment; null when there is none.
  public @Nullable Slot slotAt(int siteId, int onlyProduct, Instant startsAt) {
    Range range = sites.get(siteId);
    if (range == null) {
      return null;
    }
    int wanted = minute(startsAt);
    for (int i = range.from; i < range.to; i++) {
      if (startMinute[i] == wanted && product[i] == onlyProduct) {
        return at(i);
      }
    }
    return null;
  }

  private Slot at(int at) {
    return new Slot(
        firstId + idOffset[at],
        site[at],
        product[at],
        Instant.ofEpochSecond(startMinute[at] * 60L),
        capacity[at]);
  }

  private int freeAt(int at, Share share) {
    return share.free(capacity[at], (short) BOOKED.getVolatile(booked, at), shareOffset[at]);
  }

  private int positionOf(long id) {
    long offset = id - firstId;
    return offset < 0 || offset >= position.length ? -1 : position[(int) offset];
  }

  private static int minute(Instant moment) {
    return Math.toIntExact(Math.floorDiv(moment.getEpochSecond(), 60L));
  }

  /// Gathers rows in the order of the index.
  static final class Builder {
    private final ZoneId zone;
    private int size;
    private long[] id = new long[1 << 16];
    private int[] site = new int[1 << 16];
    private byte[] product = new byte[1 << 16];
    private int[] startMinute = new int[1 << 16];
    private short[] capacity = new short[1 << 16];
    private short[] shareOffset = new short[1 << 16];
    private short[] booked = new short[1 << 16];

    Builder(ZoneId zone) {
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

    SlotIndex build() {
      return new SlotIndex(this);
    }
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
