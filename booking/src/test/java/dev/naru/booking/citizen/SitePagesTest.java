package dev.naru.booking.citizen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.naru.booking.search.FreeDays;
import dev.naru.booking.search.Search;
import dev.naru.booking.site.Point;
import dev.naru.booking.site.Site;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SitePagesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int DAY = (int) LocalDate.parse("2021-08-26").toEpochDay();

  private final SitePages pages = new SitePages(MAPPER);

  private static Site site(int id, String name, @Nullable String phone, @Nullable Point point) {
    return new Site(id, name, "clinic", "서울 종로구 1", phone, "11110", point, "mon-fri 9-18", true);
  }

  private static Search.Found found(Site site, @Nullable Integer meters, int... free) {
    return new Search.Found(site, meters, new FreeDays(DAY, free));
  }

  private String json(@Nullable Integer next, Search.Found... found) throws IOException {
    return MAPPER.readTree(pages.json(new Search.Page(List.of(found), next))).toString();
  }

  @Test
  void nothingFoundIsAnEmptyList() throws IOException {
    assertThat(json(null)).isEqualTo("{\"sites\":[]}");
  }

  @Test
  void daysWithNothingFreeAndFieldsThatAreNotKnownAreLeftOut() throws IOException {
    Site plain = site(7, "의원", null, null);
    Site full = site(8, "A \"quoted\" \\ name", "02-000-0000", new Point(37.5, 127.0));

    assertThat(json(40, found(plain, null, 0, 3, 0, 12), found(full, 250, 1, 0, 0, 0)))
        .isEqualTo(
            "{\"sites\":[{\"id\":\"7\",\"name\":\"의원\",\"kind\":\"clinic\",\"address\":\"서울 종로구 1\","
                + "\"region\":\"11110\",\"days\":[{\"date\":\"2021-08-27\",\"free\":3},"
                + "{\"date\":\"2021-08-29\",\"free\":12}]},"
                + "{\"id\":\"8\",\"name\":\"A \\\"quoted\\\" \\\\ name\",\"kind\":\"clinic\","
                + "\"address\":\"서울 종로구 1\",\"phone\":\"02-000-0000\",\"region\":\"11110\","
                + "\"lat\":37.5,\"lng\":127.0,\"meters\":250,"
                + "\"days\":[{\"date\":\"2021-08-26\",\"free\":1}]}],\"next\":\"40\"}");
  }

  @Test
  void aSiteThatAnImportChangedIsWrittenAnew() throws IOException {
    json(null, found(site(7, "옛 이름", null, null), null, 1));

    assertThat(json(null, found(site(7, "새 이름", null, null), null, 1)))
        .contains("새 이름")
        .doesNotContain("옛 이름");
  }
}
