package dev.naru.booking.supply;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Works out the slots of one site after another from a [SupplyPlan].
///
/// Half hours are those of the local clocks: one that the clocks leap over in spring has no slot,
/// one that they show twice in autumn has the first.
final class SlotPlan {
  /// Takes the slots of a site in order of start, then product.
  interface Sink<E extends Exception> {
    /// @param startsAt seconds since 1970
    void slot(int site, int product, long startsAt, int capacity, int offset) throws E;
  }

  /// A day with slots.
  ///
  /// @param midnight of a day without a change of clocks, in seconds since 1970; null otherwise
  private record Day(LocalDate date, @Nullable Long midnight) {}

  private final SupplyPlan plan;
  private final List<Day> days;

  SlotPlan(SupplyPlan plan) {
    this.plan = plan;
    this.days =
        plan.rules()
            .from()
            .datesUntil(plan.lastDate().plusDays(1))
            .filter(plan.rules()::isWorkingDay)
            .map(date -> day(date, plan.zone()))
            .toList();
  }

  private static Day day(LocalDate date, ZoneId zone) {
    Instant start = date.atStartOfDay(zone).toInstant();
    Instant end = date.plusDays(1).atStartOfDay(zone).toInstant();
    ZoneOffset offset = zone.getRules().getOffset(start);
    ZoneOffsetTransition next = zone.getRules().nextTransition(start.minusSeconds(1));
    boolean plain =
        Duration.between(start, end).equals(Duration.ofDays(1))
            && (next == null || !next.getInstant().isBefore(end));
    return new Day(date, plain ? date.toEpochSecond(LocalTime.MIDNIGHT, offset) : null);
  }

  /// How many slots a site has.
  long count(OpeningHours hours) {
    List<List<LocalTime>> week = week(hours);
    long slots = 0;
    for (Day day : days) {
      int starts = epochSeconds(day, on(day, week)).length;
      for (int product = 0; product < plan.lastDates().size(); product++) {
        slots += isGiven(product, day.date()) ? starts : 0;
      }
    }
    return slots;
  }

  /// Gives all slots of a site to the sink.
  <E extends Exception> void slots(int site, OpeningHours hours, Sink<E> sink) throws E {
    List<List<LocalTime>> week = week(hours);
    for (Day day : days) {
      long[] starts = epochSeconds(day, on(day, week));
      if (starts.length > 0) {
        deal(site, day.date(), starts, sink);
      }
    }
  }

  private static List<List<LocalTime>> week(OpeningHours hours) {
    return IntStream.rangeClosed(1, 7).mapToObj(day -> hours.starts(DayOfWeek.of(day))).toList();
  }

  private static List<LocalTime> on(Day day, List<List<LocalTime>> week) {
    return week.get(day.date().getDayOfWeek().getValue() - 1);
  }

  private long[] epochSeconds(Day day, List<LocalTime> starts) {
    Long midnight = day.midnight();
    if (midnight != null) {
      return starts.stream().mapToLong(start -> midnight + start.toSecondOfDay()).toArray();
    }
    return starts.stream()
        .map(start -> LocalDateTime.of(day.date(), start))
        .flatMapToLong(
            start ->
                plan.zone().getRules().getValidOffsets(start).stream()
                    .limit(1)
                    .mapToLong(start::toEpochSecond))
        .toArray();
  }

  /// Deals product by product, so that each product's places go evenly to the days of the rotation
  /// too. Sites and dates begin with different days, so that the odd places do as well.
  private <E extends Exception> void deal(int site, LocalDate date, long[] starts, Sink<E> sink)
      throws E {
    int releaseDays = plan.releaseDays();
    int products = plan.lastDates().size();
    int[] next = new int[products];
    int turn = (int) Math.floorMod(site + date.toEpochDay(), (long) releaseDays);
    for (int product = 0; product < products; product++) {
      next[product] = turn;
      if (isGiven(product, date)) {
        turn = (turn + starts.length * capacity(product)) % releaseDays;
      }
    }
    for (long start : starts) {
      for (int product = 0; product < products; product++) {
        if (isGiven(product, date)) {
          sink.slot(site, product, start, capacity(product), next[product]);
          next[product] = (next[product] + capacity(product)) % releaseDays;
        }
      }
    }
  }

  private boolean isGiven(int product, LocalDate date) {
    return !date.isAfter(plan.lastDates().get(product));
  }

  private int capacity(int product) {
    return plan.rules().perHalfHour().get(product);
  }
}
