package dev.naru.booking.search;

import dev.naru.booking.supply.Share;
import org.jspecify.annotations.Nullable;

/// On which days of a range something is free: worked out once from the query, then put to one site
/// after another. Made by [SlotIndex#days].
final class DayQuestion {
  /// Later than every day.
  static final int NEVER = Integer.MAX_VALUE;

  private final SlotIndex index;
  private final Cells cells;
  private final DayCounts counts;
  private final long[] kept;
  private final Share share;
  private final int first;
  private final int last;
  private final int product;
  private final int today;
  private final int nowMinute;
  private final Following following;

  /// @param first day, counted from 1970
  /// @param last day, inclusive
  /// @param product index of one, or -1 for all
  /// @param today counted from 1970; later days have not begun
  /// @param nowMinute since 1970; slots up to it have begun
  /// @param following what has to be free later for a day to count
  DayQuestion(
      SlotIndex index,
      int first,
      int last,
      int product,
      int today,
      int nowMinute,
      Share share,
      Following following) {
    this.index = index;
    this.cells = index.cells();
    this.counts = index.counts();
    this.kept = counts.of(share);
    this.share = share;
    this.first = first;
    this.last = last;
    this.product = product;
    this.today = today;
    this.nowMinute = nowMinute;
    this.following = following;
  }

  /// The earliest day with something free at a site, counted from 1970; [#NEVER] when there is
  /// none.
  int firstAt(int site) {
    int earliest = NEVER;
    int end = cells.end(site);
    int cell = cells.first(site);
    while (cell < end) {
      int day = cells.day(cell);
      if (day >= first
          && day <= last
          && day < earliest
          && isAsked(cell)
          && free(cell) > 0
          && following.canFollow(cells, cell, end, this::isFree)) {
        earliest = day;
        cell = cells.nextProduct(cell, end);
      } else {
        cell++;
      }
    }
    return earliest;
  }

  /// What is free at a site; null when there is nothing.
  @Nullable FreeDays at(int site) {
    int[] free = null;
    int end = cells.end(site);
    for (int cell = cells.first(site); cell < end; cell++) {
      int day = cells.day(cell);
      if (day >= first && day <= last && isAsked(cell)) {
        int places = free(cell);
        if (places > 0 && following.canFollow(cells, cell, end, this::isFree)) {
          free = free == null ? new int[last - first + 1] : free;
          free[day - first] += places;
        }
      }
    }
    return free == null ? null : new FreeDays(first, free);
  }

  private boolean isAsked(int cell) {
    return product < 0 || cells.product(cell) == product;
  }

  private boolean isFree(int cell) {
    return free(cell) > 0;
  }

  /// A day that may have begun is looked at slot by slot.
  private int free(int cell) {
    return cells.day(cell) > today
        ? counts.free(cell, share, kept)
        : index.freeAfter(cell, nowMinute, share);
  }
}
