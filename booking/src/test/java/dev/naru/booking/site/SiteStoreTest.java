package dev.naru.booking.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.booking.site.SiteStore.Saved;
import dev.naru.database.Database;
import dev.naru.database.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SiteStoreTest {
  private final Database database = TestPostgres.with("booking");
  private final SiteStore store = new SiteStore(database.dataSource());
  private final ListedSite clinic =
      new ListedSite(
          "list",
          "1",
          "한빛의원",
          "의원",
          "서울 중구 나루로 1",
          "02-000-0001",
          "11140",
          new Point(37.5, 127.0),
          "Mo-Fr 09:00-18:00");

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsStoredIsReadBack() {
    ListedSite bare =
        new ListedSite("list", "2", "b", "의원", "c", null, "11140", null, "Mo 09:00-10:00");
    assertThat(store.save(Stream.of(clinic, bare))).isEqualTo(new Saved(2, 0, 0));
    assertThat(store.count()).isEqualTo(2);
    assertThat(store.all())
        .containsExactly(
            new Site(
                1,
                "한빛의원",
                "의원",
                "서울 중구 나루로 1",
                "02-000-0001",
                "11140",
                new Point(37.5, 127.0),
                "Mo-Fr 09:00-18:00",
                true),
            new Site(2, "b", "의원", "c", null, "11140", null, "Mo 09:00-10:00", true));
    Regions regions = Regions.load();
    assertThat(store.all())
        .extracting(site -> site.pointOrCentre(regions))
        .containsExactly(new Point(37.5, 127.0), new Point(37.56, 127.0));
  }

  @Test
  void aChangedSiteKeepsItsIdAndItsState() throws Exception {
    store.save(Stream.of(clinic));
    run("UPDATE booking.site SET active = false");
    ListedSite moved =
        new ListedSite(
            "list", "1", "한빛의원", "의원", "서울 중구 나루로 2", null, "11140", null, "Mo-Fr 09:00-18:00");
    assertThat(store.save(Stream.of(moved))).isEqualTo(new Saved(0, 1, 0));
    assertThat(store.all())
        .containsExactly(
            new Site(
                1, "한빛의원", "의원", "서울 중구 나루로 2", null, "11140", null, "Mo-Fr 09:00-18:00", false));
  }

  @Test
  void aNationOf15000IsStoredAndStoringItAgainChangesNothing() throws Exception {
    List<ListedSite> nation = new SyntheticNation(Regions.load()).generate(1, 15_000).toList();
    assertThat(store.save(nation.stream())).isEqualTo(new Saved(15_000, 0, 0));
    String before = fingerprint();
    assertThat(store.save(nation.stream())).isEqualTo(new Saved(0, 0, 15_000));
    assertThat(fingerprint()).isEqualTo(before);
    assertThat(store.all()).hasSize(15_000);
  }

  @Test
  void aFailureInTheMiddleLeavesNothing() {
    Stream<ListedSite> failing =
        Stream.concat(
            new SyntheticNation(Regions.load()).generate(1, 5_000),
            Stream.generate(
                () -> {
                  throw new IllegalStateException("planted");
                }));
    assertThatThrownBy(() -> store.save(failing)).hasMessage("planted");
    assertThat(store.count()).isZero();
    assertThat(store.save(Stream.of(clinic)).created()).isEqualTo(1);
  }

  /// Content and versions of all rows, and the id the next site would get.
  private String fingerprint() throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT md5(string_agg(s::text || xmin::text, '|' ORDER BY id))
                       || pg_sequence_last_value(
                            pg_get_serial_sequence('booking.site', 'id')::regclass)
                  FROM booking.site s
                """)) {
      row.next();
      return row.getString(1);
    }
  }

  private void run(String sql) throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
