package dev.naru.booking.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.appointment.Desk;
import dev.naru.booking.campaign.CampaignTexts;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.site.Regions;
import dev.naru.booking.site.SiteStore;
import dev.naru.booking.supply.Share;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SearchTest {
  private static final Desk DESK = new Desk();
  private static final LocalDate LAST_FIRST_DOSE = LocalDate.of(2026, 3, 13);

  @BeforeEach
  void renew() {
    DESK.renew();
  }

  @AfterAll
  static void end() {
    DESK.close();
  }

  /// Slots go on for later doses alone.
  @Test
  void insteadOfAFirstDoseNoSlotIsOfferedThatTakesNone() {
    DESK.world()
        .execute("UPDATE booking.slot SET booked = capacity WHERE starts_at < '2026-03-13'");
    Desk.Node node = DESK.node();
    Search search = search(node);

    long gone = Desk.slot(node, 1, 1, "2026-03-13T09:30").id();
    assertThat(days(search, node, gone)).isNotEmpty().containsOnly(LAST_FIRST_DOSE);
    long later = Desk.slot(node, 1, 1, "2026-03-16T09:00").id();
    assertThat(days(search, node, later)).anyMatch(day -> day.isAfter(LAST_FIRST_DOSE));
  }

  @Test
  void whoIsRefusedAtDifferentSitesIsSentToDifferentOnes() {
    for (int site = 3; site <= 5; site++) {
      DESK.world()
          .execute(
              """
              INSERT INTO booking.site (source, source_key, name, kind, address, region, hours)
              VALUES ('test', '%d', 'Site', 'clinic', 'Street 1', '11110', 'Mo-Su 09:00-09:30')
              """
                  .formatted(site));
    }
    new Campaigns(DESK.world().database().dataSource(), DESK::now).apply(CampaignTexts.SMALL);
    Desk.Node node = DESK.node();
    Search search = search(node);
    for (int site = 1; site <= 5; site++) {
      int own = site;
      long gone = Desk.slot(node, site, 0, "2026-03-09T09:00").id();
      assertThat(search.instead(node.campaign(), gone, Share.ALL))
          .extracting(offer -> offer.site().id())
          .filteredOn(other -> other != own)
          .first()
          .isEqualTo(site % 5 + 1);
    }
  }

  private static Search search(Desk.Node node) {
    Sites sites = new Sites(new SiteStore(DESK.world().database().dataSource()));
    sites.refresh();
    return new Search(node.indexes(), sites, Regions.load(), DESK::now);
  }

  private static List<LocalDate> days(Search search, Desk.Node node, long gone) {
    ZoneId zone = CampaignTexts.read(CampaignTexts.SMALL).zone();
    return search.instead(node.campaign(), gone, Share.ALL).stream()
        .map(offer -> LocalDate.ofInstant(offer.slot().slot().startsAt(), zone))
        .toList();
  }
}
