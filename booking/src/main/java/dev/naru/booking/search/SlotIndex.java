package dev.naru.booking.search;

import dev.naru.booking.supply.Share;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All slots of one campaign in primitive arrays, about 27 bytes each, ordered by site, product and
/// time. It advises what is free; the database decides.
///
/// Counters may be changed while others read: a reader sees each counter before or after a change,
/// never anything else.
public final class SlotIndex {
  private static final VarHandle BOOKED = MethodHandles.arrayElementVarHandle(short[].class);

  private final ZoneId zone;
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

  private final Cells cells;
  private final DayCounts counts;

  /// A slot as people see it.
  ///
  /// @param id of the slot
  /// @param product index into the campaign's products
  public record Slot(long id, int site, int product, Instant startsAt, int capacity) {}

  /// A slot and what the viewer may take of it.
  public record FreeSlot(Slot slot, int free) {}

  SlotIndex(SlotRows rows) {
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
    for (int i = 0; i < rows.size; i++) {
      idOffset[i] = Math.toIntExact(rows.id[i] - firstId);
      position[idOffset[i]] = i;
    }
    this.cells = new Cells(rows);
    this.counts = new DayCounts(this::freeAt, cells);
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
      counts.changed(cells.ofSlot(at));
    }
  }

  /// Sets a counter to what the database says.
  public void set(long id, int value) {
    int at = positionOf(id);
    if (at >= 0) {
      BOOKED.setVolatile(booked, at, (short) value);
      counts.changed(cells.ofSlot(at));
    }
  }

  /// Asks on which days something is free.
  ///
  /// @param from first day, inclusive
  /// @param to last day, inclusive
  /// @param onlyProduct index of a product, or -1 for all
  /// @param following what has to be free later for a day to count
  DayQuestion days(
      LocalDate from,
      LocalDate to,
      int onlyProduct,
      Instant now,
      Share share,
      Following following) {
    return new DayQuestion(
        this,
        Math.toIntExact(from.toEpochDay()),
        Math.toIntExact(to.toEpochDay()),
        onlyProduct,
        Math.toIntExact(LocalDate.ofInstant(now, zone).toEpochDay()),
        minute(now),
        share,
        following);
  }

  Cells cells() {
    return cells;
  }

  DayCounts counts() {
    return counts;
  }

  /// What is free in a cell in slots that have not begun.
  int freeAfter(int cell, int nowMinute, Share share) {
    int free = 0;
    for (int at = cells.to(cell) - 1; at >= cells.from(cell); at--) {
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
    long wanted = date.toEpochDay();
    int nowMinute = minute(now);
    for (int cell = cells.first(siteId); cell < cells.end(siteId); cell++) {
      for (int at = cells.from(cell); cells.day(cell) == wanted && at < cells.to(cell); at++) {
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
  /// @param before no start is as late
  /// @param following what has to be free later for a slot to count
  public List<FreeSlot> freeNear(
      int siteId,
      int onlyProduct,
      Instant moment,
      Instant now,
      Instant before,
      Share share,
      Following following,
      int limit) {
    long[] kept = counts.of(share);
    int nowMinute = minute(now);
    int end = minute(before);
    int wanted = minute(moment);
    int[] nearest = new int[limit];
    int found = 0;
    int to = to(siteId);
    for (int i = from(siteId); i < to; i++) {
      int start = startMinute[i];
      if (product[i] == onlyProduct
          && start > nowMinute
          && start < end
          && freeAt(i, share) > 0
          && following.canFollow(
              cells,
              cells.ofSlot(i),
              cells.end(siteId),
              later -> counts.free(later, share, kept) > 0)) {
        found = insert(nearest, found, i, wanted);
      }
    }
    return Arrays.stream(nearest, 0, found)
        .boxed()
        .sorted(Comparator.comparingInt(at -> startMinute[at]))
        .map(at -> new FreeSlot(at(at), freeAt(at, share)))
        .toList();
  }

  /// Puts a position among the nearest ones, nearest first, when it is one of them.
  ///
  /// @return how many there are now
  private int insert(int[] nearest, int found, int position, int wanted) {
    int away = Math.abs(startMinute[position] - wanted);
    int at = found;
    while (at > 0 && away < Math.abs(startMinute[nearest[at - 1]] - wanted)) {
      at--;
    }
    if (at == nearest.length) {
      return found;
    }
    int moved = Math.min(found, nearest.length - 1) - at;
    System.arraycopy(nearest, at, nearest, at + 1, moved);
    nearest[at] = position;
    return Math.min(found + 1, nearest.length);
  }

  /// The slot nearest in time to a moment at a site with something free, the earlier of two; null
  /// when there is none.
  ///
  /// @param onlyProduct index of a product
  /// @param from the earliest start
  /// @param before no start is as late
  public @Nullable Slot nearest(
      int siteId, int onlyProduct, Instant moment, Instant from, Instant before, Share share) {
    int wanted = minute(moment);
    int first = minute(from);
    int end = minute(before);
    int best = -1;
    int to = to(siteId);
    for (int i = from(siteId); i < to; i++) {
      int start = startMinute[i];
      if (product[i] == onlyProduct
          && first <= start
          && start < end
          && (best < 0 || Math.abs(start - wanted) < Math.abs(startMinute[best] - wanted))
          && freeAt(i, share) > 0) {
        best = i;
      }
    }
    return best < 0 ? null : at(best);
  }

  /// The slot of a site and product at exactly a moment; null when there is none.
  public @Nullable Slot slotAt(int siteId, int onlyProduct, Instant startsAt) {
    int wanted = minute(startsAt);
    int to = to(siteId);
    for (int i = from(siteId); i < to; i++) {
      if (startMinute[i] == wanted && product[i] == onlyProduct) {
        return at(i);
      }
    }
    return null;
  }

  /// Position of a site's first slot; not below [#to] for a site without slots.
  private int from(int siteId) {
    return cells.first(siteId) < cells.end(siteId) ? cells.from(cells.first(siteId)) : 0;
  }

  /// Position after a site's last slot.
  private int to(int siteId) {
    return cells.first(siteId) < cells.end(siteId) ? cells.to(cells.end(siteId) - 1) : 0;
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

  static int minute(Instant moment) {
    return Math.toIntExact(Math.floorDiv(moment.getEpochSecond(), 60L));
  }
}
