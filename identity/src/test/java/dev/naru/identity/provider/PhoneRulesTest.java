package dev.naru.identity.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PhoneRulesTest {
  @ParameterizedTest
  @CsvSource({
    "01012345678, 01012345678",
    "010-1234-5678, 01012345678",
    "821012345678, 01012345678",
    "+821012345678, 01012345678",
    "+82 10-1234-5678, 01012345678",
    "+82 (0)10-1234-5678, 01012345678",
    "00821012345678, 01012345678",
    "+82-2-312-3456, 023123456",
    "82123456, 82123456",
    "+1 555 123 4567, 15551234567",
    "'', ''",
  })
  void aNumberIsWrittenAsItIsDialledAtHome(String number, String atHome) {
    assertThat(PhoneRules.atHome(number)).isEqualTo(atHome);
  }

  @ParameterizedTest
  @CsvSource({
    "01012345678, true",
    "023123456, true",
    "1012345678, false",
    "001821012345678, false",
    "15551234567, false",
    "010123456789012, false",
  })
  void aNumberOfThisCountryHasAZeroAndAnAreaOrANet(String digits, boolean isAtHome) {
    assertThat(PhoneRules.isAtHome(digits)).isEqualTo(isAtHome);
  }
}
