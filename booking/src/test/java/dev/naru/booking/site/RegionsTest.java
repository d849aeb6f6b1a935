package dev.naru.booking.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionsTest {
  private final Regions regions = Regions.load();

  @Test
  void thereAre17ProvincesAnd264Districts() {
    assertThat(regions.provinces()).hasSize(17);
    assertThat(regions.districts()).hasSize(264);
    assertThat(regions.provinces())
        .flatExtracting(province -> regions.districts(province.code()))
        .hasSize(264);
  }

  @ParameterizedTest
  @CsvSource({
    "서울특별시, 종로구, 11110",
    "서울, 종로구, 11110",
    "서울시, ' 종로 구', 11110",
    "강원도, 고성군, 51820",
    "강원, 고성, 51820",
    "강원특별자치도, 고성군, 51820",
    "경남, 고성군, 48820",
    "전라북도, 전주시 완산구, 52111",
    "전북특별자치도, 전주시완산구, 52111",
    "전북, 전주 완산구, 52111",
    "전북, 전주시, 52110",
    "경기, 장안구, 41111",
    "경기도, 광주시, 41610",
    "광주, 남구, 29155",
    "인천, 남구, 28177",
    "인천광역시, 미추홀구, 28177",
    "경상북도, 군위군, 27720",
    "대구, 군위군, 27720",
    "경북, 남구, 47111",
    "충북, 청원군, 43110",
    "충청북도, 청주시 청원구, 43114",
    "충남, 연기군, 36110",
    "세종, '', 36110",
    "세종특별자치시, 세종, 36110",
    "제주도, 북제주군, 50110",
    "제주, 서귀포, 50130",
    "경남, 마산시, 48120",
    "경남, 진해시, 48129",
    "경남, 울산시 중구, 31110",
    "서울, 서울특별시 중구, 11140",
    "'', 서울 중구, 11140",
  })
  void aDistrictIsFoundByAnyUsualSpelling(String province, String district, String code) {
    assertThat(regions.find(province, district)).map(District::code).hasValue(code);
  }

  @ParameterizedTest
  @CsvSource({
    "서울, 수원시",
    "경기, 중",
    "경기, 동구",
    "경기도, ''",
    "화성, 중구",
    "'', ''",
    "'', 중구",
    "서울, 부산 중구",
    "인천, 북구"
  })
  void whatNamesNoDistrictOrSeveralIsNotFound(String province, String district) {
    assertThat(regions.find(province, district)).isEmpty();
  }

  @Test
  void aTextThatIsNoNameIsNotFound() {
    assertThat(regions.find("서울", "구".repeat(1_000_000))).isEmpty();
    assertThat(regions.find("시".repeat(1_000_000), "중구")).isEmpty();
  }

  @Test
  void aProvinceLosesNoDistrictToAnAlias() {
    for (District district : regions.districts()) {
      String province = regions.province(district.code()).orElseThrow().name().ko();
      assertThat(regions.find(province, district.name().ko())).hasValue(district);
      assertThat(regions.inAddress(regions.fullName(district).ko() + " 나루로 1")).hasValue(district);
    }
  }

  @Test
  void anAddressNamesTheWardThatTheListLeavesOut() {
    District city = regions.find("전북", "전주시").orElseThrow();
    assertThat(regions.refined(city, "전라북도 전주시 완산구 전라감영로 33").code()).isEqualTo("52111");
    assertThat(regions.refined(city, "전라북도 전주시 전라감영로 33").code()).isEqualTo("52110");
    District county = regions.find("인천", "옹진군").orElseThrow();
    assertThat(regions.refined(county, "인천광역시 미추홀구 매소홀로 120")).isEqualTo(county);
  }

  @Test
  void aCodeStandsForAllDistrictsWithinIt() {
    assertThat(regions.within("41110"))
        .isEqualTo(Set.of("41110", "41111", "41113", "41115", "41117"));
    assertThat(regions.within("41111")).containsExactly("41111");
    assertThat(regions.within("11")).hasSize(25);
    assertThat(regions.within("99")).isEmpty();
  }

  @Test
  void aCityCountsThePeopleOfItsWards() {
    for (District city : regions.districts()) {
      if (city.divided()) {
        List<District> wards =
            regions.districts().stream().filter(d -> city.code().equals(d.city())).toList();
        assertThat(wards).hasSizeGreaterThan(1);
        assertThat(wards.stream().mapToInt(District::population).sum())
            .isCloseTo(city.population(), Offset.offset(300));
      }
    }
    assertThat(regions.provinces().stream().mapToInt(Province::population).sum())
        .isCloseTo(51_662_290, Offset.offset(1_000));
  }

  @Test
  void namesAreRomanisedAsPronounced() {
    assertThat(List.of("11110", "51150", "51780", "41281", "41271", "47940", "36110"))
        .map(code -> regions.byCode(code).orElseThrow().name().en())
        .containsExactly(
            "Jongno-gu",
            "Gangneung-si",
            "Cheorwon-gun",
            "Goyang-si Deogyang-gu",
            "Ansan-si Sangnok-gu",
            "Ulleung-gun",
            "Sejong-si");
  }

  @Test
  void thePagesGetTheTableAsJson() throws Exception {
    JsonNode json = new ObjectMapper().valueToTree(regions.view());
    JsonNode first = json.path("provinces").path(0);
    assertThat(first.path("name").path("ko").asText()).isEqualTo("서울특별시");
    assertThat(first.path("districts").path(0).toString())
        .isEqualTo(
            "{\"code\":\"11110\",\"name\":{\"ko\":\"종로구\",\"en\":\"Jongno-gu\"},\"city\":null,"
                + "\"divided\":false,\"lat\":37.59,\"lng\":126.98}");
  }
}
