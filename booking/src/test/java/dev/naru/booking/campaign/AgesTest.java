package dev.naru.booking.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AgesTest {
  /// Spelled out by the law's own words and unlike the class under test: a year is full with the
  /// end of the day before the birthday, or of the month where it has no such day.
  private static int age(LocalDate birth, LocalDate on) {
    int years = on.getYear() - birth.getYear();
    boolean beforeTheBirthday =
        on.getMonthValue() < birth.getMonthValue()
            || (on.getMonthValue() == birth.getMonthValue()
                && on.getDayOfMonth() < birth.getDayOfMonth());
    return beforeTheBirthday ? years - 1 : years;
  }

  private static boolean isBetween(LocalDate birth, int from, int to, LocalDate on) {
    return !birth.isBefore(Ages.firstBirth(to, on)) && !birth.isAfter(Ages.lastBirth(from, on));
  }

  @Property(tries = 20_000)
  void whoIsWithinTheAgesIsWithinTheDaysOfBirthAndNobodyElse(
      @ForAll @IntRange(max = 60_000) int birthDay,
      @ForAll @IntRange(max = 20_000) int later,
      @ForAll @IntRange(max = 60) int from,
      @ForAll @IntRange(max = 60) int more) {
    LocalDate birth = LocalDate.of(1880, 1, 1).plusDays(birthDay);
    LocalDate on = birth.plusDays(later);
    int age = age(birth, on);
    assertThat(isBetween(birth, from, from + more, on))
        .isEqualTo(from <= age && age <= from + more);
    assertThat(ChronoUnit.YEARS.between(birth, on)).isEqualTo(age);
  }

  @Property(tries = 2_000)
  void onAndRoundTheLeapDayToo(
      @ForAll @IntRange(max = 60) int leap,
      @ForAll @IntRange(min = -2, max = 2) int birthOff,
      @ForAll @IntRange(min = 1, max = 100) int years,
      @ForAll @IntRange(min = -2, max = 2) int onOff) {
    LocalDate birth = LocalDate.of(1880 + 4 * leap, 3, 1).plusDays(birthOff);
    LocalDate on = LocalDate.of(birth.getYear() + years, 3, 1).plusDays(onOff);
    int age = age(birth, on);
    assertThat(isBetween(birth, age, age, on)).isTrue();
    assertThat(isBetween(birth, age + 1, age + 5, on)).isFalse();
    assertThat(age > 0 && isBetween(birth, 0, age - 1, on)).isFalse();
  }

  @Test
  void aLeapDaysChildIsAYearOlderOnTheFirstOfMarchOfACommonYear() {
    LocalDate leap = LocalDate.of(2000, 2, 29);
    assertThat(isBetween(leap, 18, 18, LocalDate.of(2018, 2, 28))).isFalse();
    assertThat(isBetween(leap, 17, 17, LocalDate.of(2018, 2, 28))).isTrue();
    assertThat(isBetween(leap, 18, 18, LocalDate.of(2018, 3, 1))).isTrue();
    assertThat(isBetween(leap, 20, 20, LocalDate.of(2020, 2, 29))).isTrue();
    assertThat(isBetween(leap, 20, 20, LocalDate.of(2020, 2, 28))).isFalse();
  }

  @Test
  void theBirthdayItselfCounts() {
    LocalDate birth = LocalDate.of(1990, 6, 15);
    assertThat(isBetween(birth, 30, 30, LocalDate.of(2020, 6, 14))).isFalse();
    assertThat(isBetween(birth, 30, 30, LocalDate.of(2020, 6, 15))).isTrue();
    assertThat(isBetween(birth, 30, 30, LocalDate.of(2021, 6, 14))).isTrue();
    assertThat(isBetween(birth, 30, 30, LocalDate.of(2021, 6, 15))).isFalse();
  }

  /// The control: the way that looks right, to add the years to the day of birth, is a day off for
  /// those born on a leap day, and the properties above would notice.
  @Test
  void addingTheYearsToTheDayOfBirthWouldBeWrong() {
    LocalDate leap = LocalDate.of(2000, 2, 29);
    LocalDate on = LocalDate.of(2018, 2, 28);
    boolean planted = !leap.plusYears(18).isAfter(on);
    assertThat(planted).isTrue();
    assertThat(age(leap, on)).isEqualTo(17);
  }
}
