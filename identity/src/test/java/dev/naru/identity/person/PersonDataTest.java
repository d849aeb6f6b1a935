package dev.naru.identity.person;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PersonDataTest {
  @ParameterizedTest
  @CsvSource({
    "홍길동, 홍*동",
    "홍길, 홍*",
    "홍, *",
    "남궁민수, 남**수",
    "John Smith, J**n S***h",
    "Li Na, L* N*",
    "'  Ada   Lovelace ', A*a L******e",
    "𠮷野家, 𠮷*家",
  })
  void innerLettersAreHidden(String name, String masked) {
    assertThat(NameRules.masked(name)).isEqualTo(masked);
  }

  @Property
  void whatIsWrittenIsRead(@ForAll @NotBlank String name) {
    PersonData person = new PersonData(name, LocalDate.of(1980, 1, 9), "01012345678");
    assertThat(PersonData.of(person.text())).isEqualTo(person);
    assertThat(person.toString()).isEqualTo("PersonData");
  }
}
