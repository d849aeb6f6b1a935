package dev.naru.booking.supply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalTime;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningHoursTest {
  @Test
  void aWeekWithLunchAndAShortSaturday() {
    OpeningHours hours = OpeningHours.parse("Mo-Fr 09:00-12:30,13:30-18:00; Sa 09:00-13:00");
    assertThat(hours.on(DayOfWeek.WEDNESDAY))
        .containsExactly(
            new LocalTimeRange(LocalTime.of(9, 0), LocalTime.of(12, 30)),
            new LocalTimeRange(LocalTime.of(13, 30), LocalTime.of(18, 0)));
    assertThat(hours.halfHours(DayOfWeek.FRIDAY)).isEqualTo(16);
    assertThat(hours.halfHours(DayOfWeek.SATURDAY)).isEqualTo(8);
    assertThat(hours.halfHours(DayOfWeek.SUNDAY)).isZero();
    assertThat(hours.starts(DayOfWeek.MONDAY))
        .startsWith(LocalTime.of(9, 0), LocalTime.of(9, 30))
        .contains(LocalTime.of(12, 0), LocalTime.of(13, 30))
        .doesNotContain(LocalTime.of(12, 30), LocalTime.of(13, 0))
        .endsWith(LocalTime.of(17, 30));
  }

  @Test
  void aLaterRuleReplacesAnEarlierOneAndDaysMayBeListed() {
    OpeningHours hours = OpeningHours.parse("Mo-Su 10:00-11:00; Su off; Tu,Th-Fr 08:15-09:59");
    assertThat(hours.on(DayOfWeek.SUNDAY)).isEmpty();
    assertThat(hours.starts(DayOfWeek.FRIDAY))
        .containsExactly(LocalTime.of(8, 15), LocalTime.of(8, 45), LocalTime.of(9, 15));
    assertThat(hours.halfHours(DayOfWeek.SATURDAY)).isEqualTo(2);
    assertThat(OpeningHours.parse("Sa-Mo 10:00-11:00").halfHours(DayOfWeek.SUNDAY)).isEqualTo(2);
    assertThat(OpeningHours.parse("Sa-Mo 10:00-11:00").halfHours(DayOfWeek.TUESDAY)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | no day is open",
        "Mo off | no day is open",
        "09:00-18:00 | is not days followed by hours",
        "Mon 09:00-18:00 | \"Mon\" is not a day",
        "Mo- 09:00-18:00 | \"\" is not a day",
        "Mo 9:00-18:00 | is not a time range",
        "Mo 09:00-25:00 | is not a time between",
        "Mo 18:00-09:00 | the end has to be after the start",
        "Mo 09:00-12:00,11:30-18:00 | begins before the range in front",
        "PH 09:00-12:00 | \"PH\" is not a day",
      })
  void whatIsNotUnderstoodIsExplained(String text, String message) {
    assertThatThrownBy(() -> OpeningHours.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Property(tries = 500)
  void anyTextIsReadOrRefused(@ForAll String text) {
    try {
      assertThat(OpeningHours.parse(text)).isNotNull();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }

  @Example
  void aVeryLongTextIsRefused() {
    assertThatThrownBy(() -> OpeningHours.parse("Mo 09:00-10:00;".repeat(20)))
        .hasMessageContaining("at most 200");
  }
}
