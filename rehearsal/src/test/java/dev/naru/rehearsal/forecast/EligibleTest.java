package dev.naru.rehearsal.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.naru.rehearsal.residents.Residents;
import dev.naru.rehearsal.residents.Residents.District;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EligibleTest {
  private static final LocalDate AS_OF = LocalDate.of(2021, 10, 31);
  private static final LocalDate FROM = LocalDate.of(1972, 1, 1);
  private static final LocalDate TO = LocalDate.of(2003, 12, 31);

  @Test
  void digitOneHasMoreDaysOfBirthThanDigitNought() {
    double[] shares = Eligible.shares(AS_OF, 30, 1, FROM, TO);
    assertThat(shares[1]).isEqualTo(43.0 / 365);
    assertThat(shares[0]).isEqualTo(35.0 / 365);
    assertThat(shares[9]).isEqualTo(35.0 / 365);
    assertThat(shares[2]).isEqualTo(36.0 / 365);
    assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void aLeapDayIsADayOfBirthThatEndsInNine() {
    // Who was 21 on 31 October 2021 was born from 1 November 1999 to 31 October 2000.
    assertThat(Eligible.shares(AS_OF, 21, 1, FROM, TO)[9]).isEqualTo(36.0 / 366);
  }

  @Test
  void anAgeIsEligibleByTheDaysThatTheCampaignAdmits() {
    // Who was 17 was born from 1 November 2003 on; two months of these are admitted.
    assertThat(Arrays.stream(Eligible.shares(AS_OF, 17, 1, FROM, TO)).sum())
        .isCloseTo(61.0 / 366, within(1e-12));
    // Who was 49 was born from 1 November 1971 to 31 October 1972: without the first two months.
    assertThat(Arrays.stream(Eligible.shares(AS_OF, 49, 1, FROM, TO)).sum())
        .isCloseTo(305.0 / 366, within(1e-12));
    assertThat(Arrays.stream(Eligible.shares(AS_OF, 50, 1, FROM, TO)).sum()).isZero();
    assertThat(Arrays.stream(Eligible.shares(AS_OF, 16, 1, FROM, TO)).sum()).isZero();
  }

  @Test
  void whoHasComeDoesNotComeAgain() {
    Eligible all = Eligible.of(residents(36_500, 3_650), FROM, TO, OptionalLong.empty());
    assertThat(all.total()).isEqualTo(40_150);
    assertThat(all.take(Set.of(1), 0.5)).containsExactly(2_150, 215);
    assertThat(all.take(Set.of(1), 1)).containsExactly(2_150, 215);
    assertThat(all.take(Set.of(1), 1)).containsExactly(0, 0);
    assertThat(Arrays.stream(all.take(Set.of(), 1)).sum()).isEqualTo(40_150 - 2 * 2_365);
    assertThat(all.total()).isZero();
  }

  @Test
  void fewerMayWantAnAppointmentButNeverMoreThanThereAre() {
    Residents residents = residents(36_500, 3_650);
    assertThat(Eligible.of(residents, FROM, TO, OptionalLong.of(10_007)).total()).isEqualTo(10_007);
    assertThat(Eligible.of(residents, FROM, TO, OptionalLong.of(99_999)).total()).isEqualTo(40_150);
  }

  @Property(tries = 300)
  void wholePeopleAddUpAndAreWithinOneOfTheirShare(
      @ForAll @Size(min = 1, max = 50) List<@DoubleRange(min = 0, max = 1_000) Double> shares,
      @ForAll @IntRange(max = 100_000) int total) {
    double[] exact = shares.stream().mapToDouble(Double::doubleValue).toArray();
    long[] whole = Apportionment.of(exact, total);
    double sum = Apportionment.sum(exact);
    assertThat(Arrays.stream(whole).sum()).isEqualTo(sum > 0 ? total : 0);
    for (int i = 0; i < exact.length; i++) {
      assertThat((double) whole[i]).isCloseTo(sum > 0 ? exact[i] / sum * total : 0, within(1.001));
    }
  }

  @Test
  void digitsAreDealtSoThatTheBusiestDayIsSmall() {
    long[] byDigit = {35, 43, 36, 36, 36, 36, 36, 36, 36, 35};
    assertThat(Dealing.of(byDigit, 10)).allSatisfy(day -> assertThat(day).hasSize(1));
    List<List<Integer>> five = Dealing.of(byDigit, 5);
    assertThat(five).contains(List.of(0, 1));
    assertThat(five).allSatisfy(day -> assertThat(day).hasSize(2));
    assertThat(Dealing.of(byDigit, 1)).containsExactly(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
  }

  /// Two districts in which everybody is 30.
  static Residents residents(int... people) {
    return new Residents(
        AS_OF,
        Arrays.stream(people)
            .mapToObj(
                number -> {
                  List<Integer> ages = new ArrayList<>(Collections.nCopies(101, 0));
                  ages.set(30, number);
                  return new District("1" + (1_000 + number % 1_000), "구 " + number, ages);
                })
            .toList());
  }
}
