package dev.naru.rehearsal.people;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PopulationTest {
  private static final BirthDates ADULTS =
      new BirthDates(LocalDate.of(1971, 8, 1), LocalDate.of(2003, 9, 30), Set.of(9));
  private static final List<Region> REGIONS =
      List.of(new Region("11010", 3), new Region("26010", 1));

  private static Population population(long seed) {
    return new Population(seed, ADULTS, REGIONS);
  }

  @Property(tries = 200)
  void thePersonDependsOnSeedAndIndexOnly(@ForAll long seed, @ForAll @IntRange int index) {
    Population first = population(seed);
    Population second = population(seed);
    first.citizen(index == 0 ? 1 : 0);
    assertThat(first.citizen(index)).isEqualTo(second.citizen(index));
    assertThat(first.appointment(index, 2)).isEqualTo(second.appointment(index, 2));
    assertThat(first.behaviour(index).nextLong()).isEqualTo(second.behaviour(index).nextLong());
  }

  @Property(tries = 200)
  void everybodyIsEligibleAndOfTheCohort(@ForAll long seed, @ForAll @IntRange(max = 9) int digit) {
    BirthDates births = new BirthDates(ADULTS.from(), ADULTS.to(), Set.of(digit));
    LocalDate born = new Population(seed, births, List.of()).citizen(5).birthDate();
    assertThat(born).isBetween(ADULTS.from(), ADULTS.to());
    assertThat(born.getDayOfMonth() % 10).isEqualTo(digit);
  }

  @Test
  void aCohortThatNobodyCanBelongToIsRefused() {
    LocalDate day = LocalDate.of(2000, 1, 5);
    assertThatThrownBy(() -> new BirthDates(day, day, Set.of(6)))
        .hasMessageContaining("nobody of the cohorts [6]");
  }

  @Test
  void twoPeopleNeverShareACiOrAnAppointmentId() {
    Set<String> cis = new HashSet<>();
    Set<UUID> ids = new HashSet<>();
    for (int index = 0; index < 20_000; index++) {
      String ci = population(3).citizen(index).ci();
      assertThat(ci).hasSize(88);
      cis.add(ci);
      ids.add(population(3).appointment(index, 0));
      ids.add(population(3).appointment(index, 1));
    }
    assertThat(cis).hasSize(20_000);
    assertThat(ids).hasSize(40_000).allMatch(id -> id.version() == 4 && id.variant() == 2);
  }

  @Test
  void peopleLiveWhereTheWeightsSay() {
    Map<String, Long> homes =
        IntStream.range(0, 20_000)
            .mapToObj(population(1)::citizen)
            .collect(groupingBy(citizen -> String.valueOf(citizen.region()), counting()));
    assertThat(homes.get("11010")).isCloseTo(15_000L, within(300L));
  }

  @Test
  void theDaysFirstPartBringsItsShare() {
    ArrivalCurve curve = ArrivalCurve.national(Duration.ofHours(22));
    assertThat(curve.millisAt(0)).isZero();
    assertThat(curve.millisAt(0.4)).isCloseTo(Duration.ofMinutes(30).toMillis(), within(1_000L));
    assertThat(curve.millisAt(1)).isEqualTo(Duration.ofHours(22).toMillis());
  }

  @Test
  void anEvenCurveIsPossibleToo() {
    ArrivalCurve even = new ArrivalCurve(Duration.ofSeconds(100), 0.25, 0.25);
    assertThat(even.millisAt(0.5)).isEqualTo(50_000);
  }
}
