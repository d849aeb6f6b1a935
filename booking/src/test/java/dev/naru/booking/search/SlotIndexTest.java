package dev.naru.booking.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.search.SlotIndex.FreeSlot;
import dev.naru.booking.search.SlotIndex.Slot;
import dev.naru.booking.supply.Share;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Against a list of records that is searched from end to end.
class SlotIndexTest {
  private static final Instant START = Instant.parse("2021-10-29T15:00:00Z");

  private static final class Row {
    final long id;
    final int site;
    final int product;
    final Instant startsAt;
    final int capacity;
    final int offset;
    int booked;

    Row(long id, int site, int product, Instant startsAt, int capacity, int offset) {
      this.id = id;
      this.site = site;
      this.product = product;
      this.startsAt = startsAt;
      this.capacity = capacity;
      this.offset = offset;
    }

    int free(Share share) {
      return share.free(capacity, booked, offset);
    }
  }

  private static List<Row> rows(Random random) {
    List<Row> rows = new ArrayList<>();
    long id = 1_000L + random.nextInt(1_000);
    int sites = random.nextInt(5);
    for (int site = 1; site <= sites; site++) {
      for (int product = 0; product < 2; product++) {
        Instant time = START;
        for (int i = random.nextInt(40); i > 0; i--) {
          time = time.plusSeconds(1_800L * (1 + random.nextInt(20)));
          rows.add(new Row(id, site, product, time, random.nextInt(6), random.nextInt(3)));
          id += 1 + random.nextInt(3);
        }
      }
    }
    return rows;
  }

  @Property(tries = 300)
  void answersAsTheListDoes(@ForAll long seed, @ForAll @IntRange(min = 0, max = 2) int zoneOf) {
    Random random = new Random(seed);
    ZoneId zone = ZoneId.of(List.of("Asia/Seoul", "Europe/Berlin", "UTC").get(zoneOf));
    List<Row> rows = rows(random);
    SlotRows read = new SlotRows(zone);
    rows.forEach(
        r ->
            read.add(
                r.id, r.site, r.product, r.startsAt.getEpochSecond(), r.capacity, r.offset, 0));
    SlotIndex index = new SlotIndex(read);
    LocalDate day = LocalDate.ofInstant(START, zone);
    for (int s = 0; s < 6; s++) {
      // Sums that are kept must not outlive the changes that follow.
      index.days(day, day.plusDays(20), -1, START, new Share(1, 3), Following.NOTHING).at(s);
      index.days(day, day.plusDays(20), -1, START, new Share(3, 3), Following.NOTHING).at(s);
    }
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(random.nextInt(rows.size()));
      if (row.booked < row.capacity) {
        row.booked++;
        index.add(row.id, 1);
      }
    }
    Share share = new Share(1 + random.nextInt(3), 3);
    Instant now = START.plusSeconds(random.nextInt(200_000));
    int site = random.nextInt(6);
    int product = random.nextInt(3) - 1;
    LocalDate from = LocalDate.ofInstant(START, zone).plusDays(random.nextInt(5));
    LocalDate to = from.plusDays(random.nextInt(6));

    assertThat(index.size()).isEqualTo(rows.size());
    rows.forEach(r -> assertThat(index.free(r.id, share)).isEqualTo(r.free(share)));
    DayQuestion asked = index.days(from, to, product, now, share, Following.NOTHING);
    assertThat(byDate(asked.at(site)))
        .isEqualTo(days(rows, zone, site, from, to, product, now, share));
    assertThat(asked.firstAt(site))
        .isEqualTo(
            days(rows, zone, site, from, to, product, now, share).keySet().stream()
                .findFirst()
                .map(first -> (int) first.toEpochDay())
                .orElse(DayQuestion.NEVER));
    assertThat(ids(index.slots(site, from, now, share)))
        .containsExactlyInAnyOrderElementsOf(
            rows.stream()
                .filter(r -> r.site == site && r.startsAt.isAfter(now))
                .filter(r -> LocalDate.ofInstant(r.startsAt, zone).equals(from))
                .map(r -> r.id)
                .toList());
    Instant before = now.plus(Duration.ofDays(1));
    assertThat(index.freeNear(site, 0, now, START, before, share, Following.NOTHING, 3))
        .extracting(f -> distance(f.slot().startsAt(), now))
        .containsExactlyInAnyOrderElementsOf(
            rows.stream()
                .filter(r -> r.site == site && r.product == 0 && r.free(share) > 0)
                .filter(r -> r.startsAt.isAfter(START) && r.startsAt.isBefore(before))
                .map(r -> distance(r.startsAt, now))
                .sorted(Comparator.naturalOrder())
                .limit(3)
                .toList());
    assertThat(Optional.ofNullable(index.nearest(site, 0, now, START, before, share)))
        .map(Slot::startsAt)
        .map(start -> distance(start, now))
        .isEqualTo(
            rows.stream()
                .filter(r -> r.site == site && r.product == 0 && r.free(share) > 0)
                .filter(r -> !r.startsAt.isBefore(START) && r.startsAt.isBefore(before))
                .map(r -> distance(r.startsAt, now))
                .min(Comparator.naturalOrder()));
  }

  private static SortedMap<LocalDate, Integer> byDate(@Nullable FreeDays days) {
    SortedMap<LocalDate, Integer> byDate = new TreeMap<>();
    for (int i = 0; days != null && i < days.length(); i++) {
      if (days.free(i) > 0) {
        byDate.put(LocalDate.ofEpochDay(days.day(i)), days.free(i));
      }
    }
    return byDate;
  }

  private static long distance(Instant a, Instant b) {
    return Math.abs(
        Math.floorDiv(a.getEpochSecond(), 60L) - Math.floorDiv(b.getEpochSecond(), 60L));
  }

  private static List<Long> ids(List<FreeSlot> slots) {
    return slots.stream().map(f -> f.slot().id()).toList();
  }

  private static SortedMap<LocalDate, Integer> days(
      List<Row> rows,
      ZoneId zone,
      int site,
      LocalDate from,
      LocalDate to,
      int product,
      Instant now,
      Share share) {
    SortedMap<LocalDate, Integer> days = new TreeMap<>();
    for (Row row : rows) {
      LocalDate day = LocalDate.ofInstant(row.startsAt, zone);
      if (row.site == site
          && (product < 0 || row.product == product)
          && row.startsAt.isAfter(now)
          && !day.isBefore(from)
          && !day.isAfter(to)
          && row.free(share) > 0) {
        days.merge(day, row.free(share), Integer::sum);
      }
    }
    return days;
  }

  @Test
  void anEmptyIndexKnowsNothing() {
    SlotIndex index = new SlotIndex(new SlotRows(ZoneId.of("UTC")));

    assertThat(index.slot(1)).isNull();
    assertThat(index.free(0, Share.ALL)).isZero();
    assertThat(index.hasBegun(1, START)).isFalse();
  }
}
