package dev.naru.booking.citizen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBytesTest {
  private final JsonBytes json = new JsonBytes(1);

  private String text() {
    return new String(json.toByteArray(), StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 10, 99, 100, 12_345, 1_000_000_000, Integer.MAX_VALUE})
  void numbersHaveNoZeroesBeforeThem(int number) {
    json.put(number);

    assertThat(text()).isEqualTo(Integer.toString(number));
  }

  @Test
  void datesHaveZeroesBeforeThem() {
    json.putDate(2021, 8, 6).put(',').putDate(987, 12, 31);

    assertThat(text()).isEqualTo("2021-08-06,0987-12-31");
  }
}
