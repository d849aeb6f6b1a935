package dev.naru.booking.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SyntheticNationTest {
  private final Regions regions = Regions.load();
  private final SyntheticNation nation = new SyntheticNation(regions);

  @Test
  void theSameSeedGivesTheSameNation() {
    assertThat(nation.generate(7, 2_000))
        .containsExactlyElementsOf(nation.generate(7, 2_000).toList());
    assertThat(nation.generate(8, 2_000).toList()).isNotEqualTo(nation.generate(7, 2_000).toList());
  }

  @Test
  void everyDistrictHasSitesByItsPopulation() {
    Map<String, Long> sites =
        nation
            .generate(1, SyntheticNation.DEFAULT_SITES)
            .collect(Collectors.groupingBy(ListedSite::region, Collectors.counting()));
    long leaves = regions.districts().stream().filter(d -> !d.divided()).count();
    double people = regions.provinces().stream().mapToInt(Province::population).sum();
    for (District district : regions.districts()) {
      if (district.divided()) {
        assertThat(sites).doesNotContainKey(district.code());
      } else {
        double share = 1 + (15_000.0 - leaves) * district.population() / people;
        assertThat((double) sites.getOrDefault(district.code(), 0L))
            .isCloseTo(share, Offset.offset(1.5));
      }
    }
    assertThat(sites.values().stream().mapToLong(n -> n).sum()).isEqualTo(15_000);
  }

  @Test
  void namesAreUniqueAndPlainlyImaginary() {
    List<ListedSite> sites = nation.generate(3, 50_000).toList();
    assertThat(sites).extracting(ListedSite::name).doesNotHaveDuplicates();
    assertThat(sites).extracting(ListedSite::key).doesNotHaveDuplicates();
    assertThat(sites).allMatch(site -> site.name().endsWith("(가상)"));
    assertThat(sites).allMatch(site -> String.valueOf(site.phone()).contains("-000-"));
  }

  @Test
  void everySiteLiesInItsDistrictAndKeepsHours() {
    assertThat(nation.generate(4, 3_000))
        .allSatisfy(
            site -> {
              assertThat(regions.inAddress(site.address()).orElseThrow().code())
                  .isEqualTo(site.region());
              assertThat(HoursPattern.matches(site.hours())).isTrue();
              Point centre = regions.byCode(site.region()).orElseThrow().centre();
              Point point = Objects.requireNonNull(site.point());
              assertThat(point.lat()).isCloseTo(centre.lat(), Offset.offset(0.13));
              assertThat(point.lng()).isCloseTo(centre.lng(), Offset.offset(0.13));
            });
  }

  @Test
  void fewerSitesThanDistrictsIsPossibleAndNoneIsNot() {
    assertThat(nation.generate(1, 1)).hasSize(1);
    assertThat(nation.generate(1, 100)).hasSize(100);
    assertThatThrownBy(() -> nation.generate(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void sharesAddUpAndFollowTheWeights(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 1_000_000) Integer> weights,
      @ForAll @IntRange(min = 0, max = 10_000) int total) {
    int[] shares =
        SyntheticNation.shares(weights.stream().mapToInt(Integer::intValue).toArray(), total);
    assertThat(IntStream.of(shares).sum()).isEqualTo(total);
    int least = total >= weights.size() ? 1 : 0;
    double rest = total - (double) least * weights.size();
    double sum = weights.stream().mapToLong(w -> w).sum();
    for (int i = 0; i < shares.length; i++) {
      assertThat((double) shares[i])
          .isCloseTo(least + rest * weights.get(i) / sum, Offset.offset(1.0));
    }
  }
}
