package dev.naru.booking.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SlotPlanTest {
  private record Slot(int product, Instant startsAt, int capacity, int offset) {}

  private static SupplyPlan plan(
      String zone, String from, String to, int days, List<Integer> perHalfHour) {
    LocalDate last = LocalDate.parse(to);
    return new SupplyPlan(
        ZoneId.of(zone),
        days,
        new SupplyRules(LocalDate.parse(from), last, Set.of(), Set.of(), perHalfHour),
        Collections.nCopies(perHalfHour.size(), last));
  }

  private static List<Slot> slots(SupplyPlan plan, int site, String hours) {
    List<Slot> slots = new ArrayList<>();
    SlotPlan slotPlan = new SlotPlan(plan);
    OpeningHours opening = OpeningHours.parse(hours);
    slotPlan.slots(
        site,
        opening,
        (id, product, startsAt, capacity, offset) -> {
          assertThat(id).isEqualTo(site);
          slots.add(new Slot(product, Instant.ofEpochSecond(startsAt), capacity, offset));
        });
    assertThat(slotPlan.count(opening)).isEqualTo(slots.size());
    return slots;
  }

  private static List<String> starts(String zone, String date, String hours) {
    return slots(plan(zone, date, date, 1, List.of(1)), 1, hours).stream()
        .map(slot -> slot.startsAt().toString())
        .toList();
  }

  @Test
  void halfHoursAreThoseOfTheLocalClocks() {
    assertThat(starts("Asia/Seoul", "2021-08-26", "Th 09:00-10:15"))
        .containsExactly("2021-08-26T00:00:00Z", "2021-08-26T00:30:00Z");
    assertThat(starts("Asia/Kathmandu", "2021-08-26", "Th 09:00-09:30"))
        .containsExactly("2021-08-26T03:15:00Z");
  }

  @Test
  void aHalfHourThatIsLeaptOverHasNoSlotAndOneThatComesTwiceHasTheFirst() {
    assertThat(starts("Europe/Berlin", "2026-03-29", "Su 01:00-03:30"))
        .containsExactly("2026-03-29T00:00:00Z", "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z");
    assertThat(starts("Europe/Berlin", "2026-10-25", "Su 01:30-03:30"))
        .containsExactly(
            "2026-10-24T23:30:00Z",
            "2026-10-25T00:00:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-25T02:00:00Z");
    assertThat(starts("Africa/Cairo", "2023-04-28", "Fr 00:00-02:00"))
        .containsExactly("2023-04-27T22:00:00Z", "2023-04-27T22:30:00Z");
    assertThat(starts("Pacific/Apia", "2011-12-30", "Fr 09:00-18:00")).isEmpty();
  }

  @Test
  void holidaysClosedWeekdaysAndDatesAfterAProductsLastHaveNoSlots() {
    SupplyPlan plan =
        new SupplyPlan(
            ZoneId.of("Asia/Seoul"),
            1,
            new SupplyRules(
                LocalDate.of(2026, 3, 9),
                LocalDate.of(2026, 3, 12),
                Set.of(LocalDate.of(2026, 3, 10)),
                Set.of(DayOfWeek.WEDNESDAY),
                List.of(4, 2)),
            List.of(LocalDate.of(2026, 3, 12), LocalDate.of(2026, 3, 13)));
    assertThat(slots(plan, 1, "Mo-Su 09:00-09:30"))
        .containsExactly(
            new Slot(0, Instant.parse("2026-03-09T00:00:00Z"), 4, 0),
            new Slot(1, Instant.parse("2026-03-09T00:00:00Z"), 2, 0),
            new Slot(0, Instant.parse("2026-03-12T00:00:00Z"), 4, 0),
            new Slot(1, Instant.parse("2026-03-12T00:00:00Z"), 2, 0),
            new Slot(1, Instant.parse("2026-03-13T00:00:00Z"), 2, 0));
  }

  @Property(tries = 200)
  void eachCohortGetsItsEqualShareOfEachSiteAndDateAndProduct(
      @ForAll @IntRange(min = 1, max = 100_000) int site,
      @ForAll @IntRange(min = 1, max = 30) int days,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 40) Integer> perHalfHour) {
    SupplyPlan plan = plan("Asia/Seoul", "2021-08-26", "2021-09-03", days, perHalfHour);
    List<Slot> slots = slots(plan, site, "Mo-Fr 09:00-12:30,13:30-18:00; Sa 09:00-13:00");
    Map<LocalDate, List<Slot>> byDate =
        slots.stream()
            .collect(Collectors.groupingBy(s -> LocalDate.ofInstant(s.startsAt(), plan.zone())));
    assertThat(byDate).hasSize(8);
    for (List<Slot> day : byDate.values()) {
      assertThat(spread(day, days)).isLessThanOrEqualTo(1);
      for (int product = 0; product < perHalfHour.size(); product++) {
        int p = product;
        assertThat(spread(day.stream().filter(slot -> slot.product() == p).toList(), days))
            .isLessThanOrEqualTo(1);
      }
    }
  }

  private static int spread(List<Slot> slots, int days) {
    var shares =
        IntStream.rangeClosed(1, days)
            .map(k -> released(slots, k, days) - released(slots, k - 1, days))
            .summaryStatistics();
    return shares.getMax() - shares.getMin();
  }

  private static int released(List<Slot> slots, int day, int days) {
    return slots.stream()
        .mapToInt(slot -> Release.released(slot.capacity(), slot.offset(), day, days))
        .sum();
  }

  @Test
  void overSitesTheOddPlacesGoToAllDaysAlike() {
    SupplyPlan plan = plan("Asia/Seoul", "2021-08-26", "2021-08-26", 10, List.of(1));
    List<Slot> slots = new ArrayList<>();
    for (int site = 1; site <= 100; site++) {
      slots.addAll(slots(plan, site, "Th 09:00-10:30"));
    }
    assertThat(slots).hasSize(300);
    assertThat(spread(slots, 10)).isZero();
  }
}
