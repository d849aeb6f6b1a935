package dev.naru.rehearsal.residents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.naru.rehearsal.residents.Residents.District;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResidentTableTest {
  static final Path REAL =
      Path.of("../../shared/data/population/mois_population_by_age_202110_cp949.csv");

  /// A province with a city of two wards and a county; and one whose only district has its name.
  private static final String TABLE =
      """
      "행정구역","2021년10월_계_총인구수","2021년10월_계_연령구간인구수","2021년10월_계_0세","2021년10월_계_1세 이상"
      "가도  (4100000000)","1,610","1,610","160","1,450"
      "가도 수성시 (4111000000)","1,500","1,500","150","1,350"
      "가도 수성시 동구 (4111100000)","1,000","1,000","100","900"
      "가도 수성시 동구 갑동(4111151000)","600","600","60","540"
      "가도 수성시 동구 을동(4111152000)","400","400","40","360"
      "가도 수성시 서구 (4111300000)","500","500","50","450"
      "가도 수성시 서구 병동(4111351000)","500","500","50","450"
      "가도 이주군 (4150000000)","70","70","7","63"
      "가도 이주군 정면(4150031000)","70","70","7","63"
      "가도 안주시 (4155000000)","40","40","3","37"
      "가도 안주시 무동(4155051000)","40","40","3","37"
      "가도 안주시출장소 (4155200000)","0","0","0","0"
      "나시  (3600000000)","30","30","3","27"
      "나시  (3611000000)","30","30","3","27"
      "나시  기읍(3611025000)","30","30","3","27"
      """;

  @Test
  void agesAddUpOverTheDistricts() {
    assertThat(read(TABLE).byAge()).containsExactly(163, 1_477);
  }

  @Test
  void renamedDistrictsHaveTheirCodeOfToday() {
    assertThat(
            Stream.of("42110", "45111", "47720", "47750", "11110")
                .map(code -> new District(code, "", List.of(1)).codeOfToday()))
        .containsExactly("51110", "52111", "27720", "47750", "11110");
  }

  @Test
  void nobodyIsCountedTwice() {
    Residents residents = read(TABLE);
    assertThat(residents.total()).isEqualTo(1_640);
    assertThat(residents.asOf()).isEqualTo(LocalDate.of(2021, 10, 31));
    assertThat(residents.districts())
        .extracting(District::code, District::name, District::total)
        .containsExactly(
            tuple("41111", "가도 수성시 동구", 1_000L),
            tuple("41113", "가도 수성시 서구", 500L),
            tuple("41500", "가도 이주군", 70L),
            tuple("41550", "가도 안주시", 40L),
            tuple("36110", "나시", 30L));
  }

  @Test
  void bothEncodingsAndAMarkInFrontAreRead() {
    Residents residents = read(TABLE);
    assertThat(ResidentTable.read(TABLE.getBytes(Charset.forName("MS949")))).isEqualTo(residents);
    assertThat(read("\uFEFF" + TABLE)).isEqualTo(residents);
  }

  @Test
  void aTableOfDistrictsAloneIsEnough() {
    String districts =
        TABLE.lines().filter(line -> !line.matches(".*[동면읍]\\(.*")).toList().stream()
            .reduce("", (a, b) -> a + b + "\n");
    assertThat(read(districts)).isEqualTo(read(TABLE));
  }

  @Test
  void aTownSeesItsOwnPeopleAlone() {
    assertThat(read(TABLE).within("41111").total()).isEqualTo(1_000);
    assertThat(read(TABLE).within("41").total()).isEqualTo(1_610);
    assertThatThrownBy(() -> read(TABLE).within("99")).hasMessageContaining("begins with 99");
  }

  @Test
  void aMissingPartIsNoticed() {
    assertThatThrownBy(() -> read(TABLE.replaceFirst("\"가도 수성시 동구 을동.*\n", "")))
        .hasMessageContaining("does not add up: 가도 수성시 동구 has 1,000 people, its parts 600");
    assertThatThrownBy(() -> read(TABLE.replace("\"1,450\"", "\"1,451\"")))
        .hasMessageContaining("line 2", "ages that do not add up");
  }

  @Test
  void whatIsNoSuchTableIsRefusedInWords() {
    assertThatThrownBy(() -> read("")).hasMessageContaining("line 1");
    assertThatThrownBy(() -> read("a,b\n1,2\n")).hasMessageContaining("expected a heading such as");
    assertThatThrownBy(() -> read(TABLE.replace("_1세 이상", "_5~9세")))
        .hasMessageContaining("single years of age");
    assertThatThrownBy(() -> read(TABLE.replace("(4150000000)", "")))
        .hasMessageContaining("code of ten digits");
    assertThatThrownBy(() -> read(TABLE.replace("\"63\"", "\"sixty\"")))
        .hasMessageContaining("found “sixty”");
    assertThatThrownBy(() -> read(TABLE.replace("4150031000", "4155051000")))
        .hasMessageContaining("4155051000 twice");
    assertThatThrownBy(() -> ResidentTable.read(new byte[] {(byte) 0xFF, (byte) 0xFF, 'a'}))
        .hasMessageContaining("neither UTF-8 nor CP949");
  }

  @Test
  void theRealTableHasEverybodyExactlyOnce() throws IOException {
    assumeTrue(Files.exists(REAL), REAL + " is not there: skipped");
    Residents residents = ResidentTable.read(Files.readAllBytes(REAL));
    assertThat(residents.total()).isEqualTo(51_662_290);
    assertThat(residents.districts()).hasSizeBetween(245, 260);
    assertThat(residents.districts())
        .filteredOn(district -> district.name().startsWith("경기도 수원시"))
        .extracting(District::total)
        .hasSize(4)
        .satisfies(
            totals -> assertThat(totals.stream().mapToLong(n -> n).sum()).isEqualTo(1_185_276));
  }

  private static Residents read(String table) {
    return ResidentTable.read(table.getBytes(UTF_8));
  }
}
