package dev.naru.booking.citizen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBytesTest {
  private final JsonBytes json = new JsonBytes(1);

  private String text() {
    return new String(json.toByteArray(), StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, 99, 100, 12_345, 1_000_000_000, Long.MAX_VALUE})
  void numbersHaveNoZeroesBeforeThem(long number) {
    json.put(number);

    assertThat(text()).isEqualTo(Long.toString(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2021-08-26T09:00:00+09:00",
        "2021-12-06T23:59:07-03:30",
        "0987-01-01T00:00:00Z",
        "9999-12-31T12:30:00+01:00"
      })
  void momentsAreAsTheStandardHasThem(String moment) {
    json.put(OffsetDateTime.parse(moment));

    assertThat(text())
        .isEqualTo(moment)
        .isEqualTo(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(OffsetDateTime.parse(moment)));
  }

  @Test
  void datesHaveZeroesBeforeThem() {
    json.putDate(2021, 8, 6).put(',').putDate(987, 12, 31);

    assertThat(text()).isEqualTo("2021-08-06,0987-12-31");
  }
}
