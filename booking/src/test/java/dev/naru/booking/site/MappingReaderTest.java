package dev.naru.booking.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.site.MappingReading.Invalid;
import dev.naru.booking.site.MappingReading.Mistake;
import dev.naru.booking.site.MappingReading.Valid;
import dev.naru.booking.site.SiteMapping.Field;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingReaderTest {
  @Test
  void aMappingSaysWhichColumnIsWhat() {
    SiteMapping mapping =
        valid(
            """
            source: city-clinics
            columns: {name: 기관명, address: 주소, hours: 진료시간, lat: 위도, lng: 경도}
            constants: {kind: C}
            values: {kind: {C: 의원}}
            hours: {default: "Mo-Fr 09:00-18:00"}
            file: {columns: [기관코드]}
            """);
    assertThat(mapping.source()).isEqualTo("city-clinics");
    assertThat(mapping.columns()).containsEntry(Field.NAME, "기관명").hasSize(5);
    assertThat(mapping.values()).containsEntry(Field.KIND, Map.of("C", "의원"));
    assertThat(mapping.key()).containsExactly("name", "address");
    assertThat(mapping.headings())
        .containsExactlyInAnyOrder("경도", "기관명", "기관코드", "위도", "주소", "진료시간");
  }

  @Test
  void theShippedMappingIsValid() {
    assertThat(SiteMappings.shipped("mohw-public-health-centres").key())
        .containsExactly("region", "name");
  }

  @Test
  void everyMistakeIsReportedWithItsLine() {
    List<Mistake> mistakes =
        invalid(
            """
            source: ''
            columns:
              name: [a]
              adress: 주소
              lat: 위도
            constants: {hours: x}
            hours:
              default: whenever
            keys: [name]
            key: []
            source: again
            """);
    assertThat(mistakes)
        .extracting(mistake -> mistake.line() + " " + mistake.field())
        .containsExactlyInAnyOrder(
            "11 source",
            "3 columns.name",
            "3 columns.address",
            "3 columns.kind",
            "3 columns.lat",
            "4 columns.adress",
            "6 constants.hours",
            "8 hours.default",
            "9 keys",
            "10 key");
    assertThat(mistakes).extracting(Mistake::line).isSorted();
    assertThat(mistakes)
        .filteredOn(mistake -> mistake.field().equals("columns.adress"))
        .singleElement()
        .extracting(mistake -> mistake.expected().en(), InstanceOfAssertFactories.STRING)
        .startsWith("one of name, kind, address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "just text",
        "- a\n- b",
        "a: [",
        "source: x\n\tcolumns: y",
        "a: &a [*a]",
        "? [1, 2]\n: 3",
        "source: !!java.io.File [x]",
        "columns: {name: {a: b}}",
        "\u0000"
      })
  void whatIsNoMappingIsAMistakeAndNotAFailure(String yaml) {
    assertThat(invalid(yaml)).isNotEmpty();
  }

  @Test
  void aFileThatIsFarTooLongIsNotEvenParsed() {
    assertThat(invalid("a".repeat(10_000_000))).hasSize(1);
  }

  @Property(tries = 300)
  void anyTextIsEitherValidOrHasMistakes(@ForAll String yaml) {
    assertThat(MappingReader.read(yaml, HoursPattern::matches)).isNotNull();
  }

  static SiteMapping valid(String yaml) {
    MappingReading reading = MappingReader.read(yaml, HoursPattern::matches);
    assertThat(reading).isInstanceOf(Valid.class);
    return ((Valid) reading).mapping();
  }

  private static List<Mistake> invalid(String yaml) {
    MappingReading reading = MappingReader.read(yaml, HoursPattern::matches);
    assertThat(reading).isInstanceOf(Invalid.class);
    return ((Invalid) reading).mistakes();
  }
}
