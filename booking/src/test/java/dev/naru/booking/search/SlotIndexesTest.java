package dev.naru.booking.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.campaign.ApplyResult;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.site.Regions;
import dev.naru.booking.site.SiteStore;
import dev.naru.booking.site.SyntheticNation;
import dev.naru.database.Database;
import dev.naru.database.TestPostgres;
import java.sql.Connection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SlotIndexesTest {
  private static String yaml(int perMinute, int perHalfHour) {
    return """
    campaign: small
    name: {ko: 작은 예약, en: Small}
    eligible:
      born: {from: 1950-01-01, to: 2008-12-31}
    products:
      - id: one
        name: {ko: 백신, en: Vaccine}
        doses: 1
    openPhase: {from: 2026-03-01T09:00, to: 2026-03-08T18:00}
    lobby: {opensBefore: 30m}
    line: {admitPerMinute: %d}
    supply: {from: 2026-03-09, to: 2026-03-13, perHalfHour: %d}
    """
        .formatted(perMinute, perHalfHour);
  }

  @Test
  void theIndexIsFilledAnewWhenSlotsChangedAndLeftAloneOtherwise() {
    try (Database database = TestPostgres.with("booking")) {
      new SiteStore(database.dataSource()).save(new SyntheticNation(Regions.load()).generate(1, 3));
      Campaigns campaigns =
          new Campaigns(
              database.dataSource(), InstantSource.fixed(Instant.parse("2026-02-01T00:00:00Z")));
      SlotIndexes indexes = new SlotIndexes(new SlotIndexStore(database.dataSource()));

      SlotIndex first = indexes.fill(applied(campaigns, yaml(100, 2)));
      assertThat(first.size()).isPositive();
      assertThat(indexes.fill(applied(campaigns, yaml(200, 2)))).isSameAs(first);

      SlotIndex larger = indexes.fill(applied(campaigns, yaml(200, 3)));
      assertThat(larger).isNotSameAs(first);
      assertThat(indexes.of(campaigns.byId("small").orElseThrow())).isSameAs(larger);
    }
  }

  /// All of them come while none can read.
  @Test
  void ofSeveralWhoNeedAnIndexOneFillsItForAll() throws Exception {
    try (Database database = TestPostgres.with("booking");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Connection connection = database.dataSource().getConnection()) {
      new SiteStore(database.dataSource()).save(new SyntheticNation(Regions.load()).generate(1, 3));
      StoredCampaign campaign =
          applied(
              new Campaigns(
                  database.dataSource(),
                  InstantSource.fixed(Instant.parse("2026-02-01T00:00:00Z"))),
              yaml(100, 2));
      SlotIndexes indexes = new SlotIndexes(new SlotIndexStore(database.dataSource()));
      connection.setAutoCommit(false);
      connection.createStatement().execute("LOCK TABLE booking.slot");
      List<Future<SlotIndex>> asked = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        asked.add(threads.submit(() -> indexes.of(campaign)));
      }
      Thread.sleep(300);
      connection.rollback();

      Set<SlotIndex> got = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Future<SlotIndex> each : asked) {
        got.add(each.get());
      }
      assertThat(got).hasSize(1);
    }
  }

  private static StoredCampaign applied(Campaigns campaigns, String yaml) {
    ApplyResult result = campaigns.apply(yaml);
    assertThat(result).isInstanceOfAny(ApplyResult.Created.class, ApplyResult.Changed.class);
    return campaigns.byId("small").orElseThrow();
  }
}
