package dev.naru.booking.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.booking.supply.Release;
import dev.naru.database.Database;
import dev.naru.database.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Site 1 is open two half hours a day, site 2 one on Mondays. Working days of the small campaign
/// are 9, 10, 12 and 13 March for product one, and for product two also 16 to 20 March: 10 and 20
/// slots of site 1, 1 and 2 of site 2.
class CampaignsTest {
  private static final int SLOTS = 4 * 2 + 9 * 2 + 1 + 2;

  private static final Database DATABASE = TestPostgres.with("booking");

  private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-01T00:00:00Z"));
  private final Campaigns campaigns = new Campaigns(DATABASE.dataSource(), clock);

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @BeforeEach
  void twoSites() {
    execute(
        "TRUNCATE booking.campaign, booking.site, booking.slot, booking.appointment"
            + " RESTART IDENTITY");
    site("a", "Mo-Su 09:00-10:00", true);
    site("b", "Mo 09:00-09:30", true);
    site("gone", "Mo-Su 00:00-23:59", false);
  }

  private void site(String key, String hours, boolean active) {
    execute(
        "INSERT INTO booking.site (source, source_key, name, kind, address, region, hours, active)"
            + " VALUES ('test', '%s', 'Site', 'clinic', 'Street 1', '11110', '%s', %s)"
                .formatted(key, hours, active));
  }

  private int execute(String sql) {
    try (Connection connection = DATABASE.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> rows(String sql) {
    List<String> all = new ArrayList<>();
    try (Connection connection = DATABASE.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          row.append(column == 1 ? "" : " ").append(rows.getString(column));
        }
        all.add(row.toString());
      }
      return all;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> everything() {
    List<String> all = rows("SELECT * FROM booking.campaign ORDER BY number");
    all.addAll(rows("SELECT * FROM booking.slot ORDER BY id"));
    return all;
  }

  private String slots(String what) {
    return rows("SELECT count(*) FROM booking.slot WHERE capacity > 0 AND " + what).getFirst();
  }

  private ApplyResult apply(String from, String to) {
    assertThat(CampaignTexts.SMALL).contains(from);
    return campaigns.apply(CampaignTexts.SMALL.replace(from, to));
  }

  private void create() {
    assertThat(campaigns.apply(CampaignTexts.SMALL)).isInstanceOf(ApplyResult.Created.class);
  }

  /// Books a slot of the first Monday as the engine would.
  private void book(int product) {
    execute(
        """
        WITH place AS (
          UPDATE booking.slot SET booked = booked + 2
          WHERE site = 1 AND product = %d AND starts_at = '2026-03-09T00:00:00Z' RETURNING id)
        INSERT INTO booking.appointment
        SELECT gen_random_uuid(), 1, decode(md5(n::text), 'hex'), 1, id, id, NULL, true,
               gen_random_uuid(), now(), now(), now()
        FROM place, generate_series(1, 2) n
        """
            .formatted(product));
  }

  @Test
  void aNewCampaignIsStoredWithItsSlotsInOrderOfSiteAndTime() {
    List<Long> progress = new ArrayList<>();
    ApplyResult result =
        campaigns.apply(CampaignTexts.SMALL, (done, all) -> progress.add(all - done));
    assertThat(result)
        .isInstanceOfSatisfying(
            ApplyResult.Created.class, created -> assertThat(created.slots()).isEqualTo(SLOTS));
    assertThat(progress).containsExactly((long) SLOTS, 0L);
    assertThat(rows("SELECT id FROM booking.slot ORDER BY site, starts_at, product"))
        .isEqualTo(rows("SELECT id FROM booking.slot ORDER BY id"));
    assertThat(
            rows(
                "SELECT product, starts_at AT TIME ZONE 'Asia/Seoul', capacity, booked"
                    + " FROM booking.slot WHERE site = 2 ORDER BY id"))
        .containsExactly(
            "0 2026-03-09 09:00:00 3 0", "1 2026-03-09 09:00:00 2 0", "1 2026-03-16 09:00:00 2 0");
    assertThat(campaigns.byId("small").orElseThrow().number()).isEqualTo(1);
    assertThat(campaigns.numbered(1).campaign().id()).isEqualTo("small");
    assertThat(campaigns.all()).hasSize(1);
  }

  @Test
  void eachCohortFindsItsShareInTheDatabase() {
    create();
    String released = Release.sql("capacity", "share_offset", "1", "2");
    assertThat(
            rows(
                "SELECT count(*) FROM (SELECT 1 FROM booking.slot GROUP BY site, starts_at::date"
                    + " HAVING abs(2 * sum(%s) - sum(capacity)) > 1) uneven".formatted(released)))
        .containsExactly("0");
  }

  @Test
  void applyingAgainChangesNothing() {
    create();
    List<String> before = everything();
    assertThat(campaigns.apply(CampaignTexts.SMALL)).isInstanceOf(ApplyResult.Unchanged.class);
    assertThat(campaigns.apply(CampaignTexts.SMALL + "# a remark\n"))
        .isInstanceOf(ApplyResult.Unchanged.class);
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void aWrongFileChangesNothing() {
    create();
    List<String> before = everything();
    assertThat(apply("perHalfHour: {one: 3, two: 2}", "perHalfHour: few"))
        .isInstanceOf(ApplyResult.Invalid.class);
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void capacityDatesSitesAndProductsAreAddedWhilePeopleHaveAppointments() {
    create();
    book(1);
    List<String> ids = rows("SELECT id, booked FROM booking.slot ORDER BY id");
    assertThat(apply("{one: 3, two: 2}", "{one: 5, two: 2}"))
        .isInstanceOfSatisfying(
            ApplyResult.Changed.class,
            changed -> {
              assertThat(changed.what())
                  .contains("supply.perHalfHour: [3, 2] → [5, 2]")
                  .anyMatch(what -> what.endsWith("with another capacity or daily share"));
              assertThat(changed.campaign().revision()).isEqualTo(2);
            });
    assertThat(rows("SELECT id, booked FROM booking.slot ORDER BY id")).isEqualTo(ids);
    assertThat(slots("product = 0 AND capacity = 5")).isEqualTo("9");
    site("c", "Mo 09:00-09:30", true);
    assertThat(apply("{one: 3, two: 2}", "{one: 5, two: 2}"))
        .isInstanceOfSatisfying(
            ApplyResult.Changed.class,
            changed -> assertThat(changed.what()).containsExactly("slots: 3 added"));
    assertThat(apply("to: 2026-03-13", "to: 2026-03-16")).isInstanceOf(ApplyResult.Changed.class);
    assertThat(slots("site = 1 AND product = 0")).isEqualTo("10");
    assertThat(campaigns.byId("small").orElseThrow().revision()).isEqualTo(4);
  }

  /// New slots come in as slowly as a test may wish.
  @Test
  void slotsAreBookedWhileNewOnesAreAdded() throws Exception {
    create();
    execute(
        """
        CREATE FUNCTION booking.wait() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN PERFORM pg_advisory_xact_lock(5); RETURN NULL; END';
        CREATE TRIGGER wait BEFORE INSERT ON booking.slot
          FOR EACH STATEMENT EXECUTE FUNCTION booking.wait()
        """);
    try (Connection other = DATABASE.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT pg_advisory_xact_lock(5); SET LOCAL lock_timeout = '500ms'");
      site("c", "Mo 09:00-09:30", true);
      CompletableFuture<ApplyResult> applied =
          CompletableFuture.supplyAsync(() -> apply("{one: 3, two: 2}", "{one: 5, two: 2}"));
      while (rows("SELECT 1 FROM pg_locks WHERE objid = 5 AND NOT granted").isEmpty()) {
        assertThat(applied).isNotDone();
        Thread.sleep(5);
      }

      assertThat(
              statement.executeUpdate(
                  "UPDATE booking.slot SET booked = booked + 1 WHERE product = 0 AND site = 1"))
          .isEqualTo(8);
      other.commit();
      other.setAutoCommit(true);
      assertThat(applied.join()).isInstanceOf(ApplyResult.Changed.class);
    } finally {
      execute("DROP FUNCTION booking.wait CASCADE");
    }
    assertThat(slots("product = 0 AND capacity = 5 AND booked = 1")).isEqualTo("8");
  }

  @Test
  void takingAwayPlacesThatAreTakenIsRefusedWithTheirNumberAndNothingChanges() {
    create();
    book(1);
    List<String> before = everything();
    assertThat(apply("{one: 3, two: 2}", "{one: 3, two: 1}"))
        .isInstanceOfSatisfying(
            ApplyResult.WouldBreak.class, broken -> assertThat(broken.appointments()).isOne());
    assertThat(apply("supply:\n  from: 2026-03-09", "supply:\n  from: 2026-03-10"))
        .isInstanceOfSatisfying(
            ApplyResult.WouldBreak.class, broken -> assertThat(broken.appointments()).isEqualTo(2));
    execute("UPDATE booking.site SET active = false WHERE id = 1");
    assertThat(campaigns.apply(CampaignTexts.SMALL))
        .isInstanceOfSatisfying(
            ApplyResult.WouldBreak.class, broken -> assertThat(broken.appointments()).isEqualTo(2));
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void placesNobodyTookMayBeTakenAwayAndComeBack() {
    create();
    book(1);
    List<String> before = rows("SELECT * FROM booking.slot ORDER BY id");
    ApplyResult result = apply("holidays: [2026-03-11]", "holidays: [2026-03-11, 2026-03-12]");
    assertThat(result)
        .isInstanceOfSatisfying(
            ApplyResult.Changed.class,
            changed ->
                assertThat(changed.what())
                    .containsExactly("supply.holidays: 1 → 2 entries", "slots: 4 closed"));
    assertThat(slots("starts_at::date = '2026-03-12'")).isEqualTo("0");
    assertThat(campaigns.apply(CampaignTexts.SMALL)).isInstanceOf(ApplyResult.Changed.class);
    assertThat(rows("SELECT * FROM booking.slot ORDER BY id")).isEqualTo(before);
  }

  @Test
  void whatAppointmentsWereMadeForStays() {
    create();
    book(0);
    List<String> before = everything();
    String renamed =
        CampaignTexts.SMALL.replace("id: one", "id: uno").replace("{one: 3", "{uno: 3");
    List<ApplyResult> results =
        List.of(
            apply("Asia/Seoul", "Asia/Tokyo"),
            apply("from: 1990-01-01", "from: 1990-01-02"),
            apply("to: 1999-12-31", "to: 1999-12-30"),
            apply("intervalDays: 7", "intervalDays: 8"),
            campaigns.apply(renamed),
            apply("[[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]", "[[5, 6, 7, 8, 9], [0, 1, 2, 3, 4]]"));
    assertThat(results)
        .allSatisfy(
            result ->
                assertThat(result)
                    .isInstanceOfSatisfying(
                        ApplyResult.WouldBreak.class,
                        broken -> assertThat(broken.appointments()).isEqualTo(2)));
    assertThat(everything()).isEqualTo(before);
    String wider = CampaignTexts.SMALL.replace("to: 1999-12-31", "to: 2000-12-31");
    assertThat(campaigns.apply(wider)).isInstanceOf(ApplyResult.Changed.class);
    assertThat(campaigns.apply(wider.replace("en: One", "en: Uno")))
        .isInstanceOf(ApplyResult.Changed.class);
  }

  @Test
  void withoutAppointmentsEverythingMayChange() {
    create();
    assertThat(apply("Asia/Seoul", "Europe/Berlin")).isInstanceOf(ApplyResult.Changed.class);
    assertThat(slots("true")).isEqualTo(String.valueOf(SLOTS));
    assertThat(slots("site = 2 AND starts_at = '2026-03-09T08:00:00Z'")).isEqualTo("2");
  }

  @Test
  void anotherNodeSeesTheCampaignWithItsNextRefresh() {
    Campaigns other = new Campaigns(DATABASE.dataSource(), clock);
    assertThat(other.refresh()).isFalse();
    create();
    assertThat(other.byId("small")).isEmpty();
    assertThat(other.refresh()).isTrue();
    assertThat(other.byId("small")).isEqualTo(campaigns.byId("small"));
    assertThat(other.refresh()).isFalse();
    apply("admitPerMinute: 60", "admitPerMinute: 61");
    assertThat(other.refresh()).isTrue();
    assertThat(other.byId("small").orElseThrow().campaign().admitPerMinute()).isEqualTo(61);
  }

  @Test
  void aStoredCampaignThatCannotBeReadDoesNotHideTheOthers() {
    create();
    execute("INSERT INTO booking.campaign (id, definition, applied_at) VALUES ('old', '?', now())");
    assertThat(campaigns.refresh()).isTrue();
    assertThat(campaigns.all()).hasSize(1);
    assertThat(campaigns.refresh()).isFalse();
  }

  @Test
  void twoNodesApplyingTheSameFileMakeOneCampaign() {
    Campaigns other = new Campaigns(DATABASE.dataSource(), clock);
    CompletableFuture<ApplyResult> one =
        CompletableFuture.supplyAsync(() -> campaigns.apply(CampaignTexts.SMALL));
    CompletableFuture<ApplyResult> two =
        CompletableFuture.supplyAsync(() -> other.apply(CampaignTexts.SMALL));
    assertThat(List.of(one.join(), two.join()))
        .extracting(result -> result.getClass().getSimpleName())
        .containsExactlyInAnyOrder("Created", "Unchanged");
    assertThat(slots("true")).isEqualTo(String.valueOf(SLOTS));
  }

  @Test
  void aFailureInTheMiddleLeavesNothing() {
    execute("UPDATE booking.site SET hours = 'whenever' WHERE id = 2");
    assertThatThrownBy(() -> campaigns.apply(CampaignTexts.SMALL))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("site 2");
    assertThatThrownBy(
            () ->
                campaigns.apply(
                    CampaignTexts.example("municipal-flu-65.yaml"),
                    (_, _) -> {
                      throw new IllegalStateException("the operator gave up");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(everything()).isEmpty();
  }
}
