package dev.naru.booking.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.appointment.Desk;
import dev.naru.booking.campaign.CampaignTexts;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.site.Regions;
import dev.naru.booking.site.SiteStore;
import dev.naru.booking.supply.Share;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
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
      assertThat(search.instead(node.campaign(), gone, Share.ALL, Following.NOTHING))
          .extracting(offer -> offer.site().id())
          .filteredOn(other -> other != own)
          .first()
          .isEqualTo(site % 5 + 1);
    }
  }

  /// The second dose comes seven or eight days after the first, and those days are full.
  @Test
  void aDayIsNotShownOnWhichTheLaterDoseCannotFollow() {
    DESK.world()
        .execute(
            """
            UPDATE booking.slot SET booked = capacity
            WHERE site = 1 AND starts_at BETWEEN '2026-03-16' AND '2026-03-17 23:00'
            """);
    Desk.Node node = DESK.node();
    Search search = search(node);
    Following both = Following.doses(node.campaign().campaign().products());
    LocalDate monday = LocalDate.of(2026, 3, 9);

    assertThat(firstDays(search, node, both)).isEqualTo(List.of(monday.plusDays(1), monday));
    assertThat(firstDays(search, node, Following.NOTHING)).isEqualTo(List.of(monday, monday));
    assertThat(search.sites(node.campaign(), query(monday, monday, both), Share.ALL).sites())
        .extracting(found -> found.site().id())
        .containsExactly(2);

    long gone = Desk.slot(node, 1, 1, "2026-03-09T09:30").id();
    assertThat(search.instead(node.campaign(), gone, Share.ALL, both))
        .filteredOn(offer -> offer.site().id() == 1)
        .extracting(offer -> day(offer.slot().slot().startsAt()))
        .isNotEmpty()
        .doesNotContain(monday);
  }

  /// The first day of sites 1 and 2.
  private static List<LocalDate> firstDays(Search search, Desk.Node node, Following following) {
    LocalDate monday = LocalDate.of(2026, 3, 9);
    return search
        .sites(node.campaign(), query(monday, LAST_FIRST_DOSE, following), Share.ALL)
        .sites()
        .stream()
        .sorted(Comparator.comparingInt(found -> found.site().id()))
        .map(found -> LocalDate.ofEpochDay(firstDay(found.days())))
        .toList();
  }

  private static int firstDay(FreeDays days) {
    return IntStream.range(0, days.length())
        .filter(at -> days.free(at) > 0)
        .map(days::day)
        .findFirst()
        .orElseThrow();
  }

  private static Search.Query query(LocalDate from, LocalDate to, Following following) {
    return new Search.Query(null, null, from, to, 1, following, 20, 0);
  }

  private static LocalDate day(Instant start) {
    return LocalDate.ofInstant(start, CampaignTexts.read(CampaignTexts.SMALL).zone());
  }

  private static Search search(Desk.Node node) {
    Sites sites = new Sites(new SiteStore(DESK.world().database().dataSource()));
    sites.refresh();
    return new Search(node.indexes(), sites, Regions.load(), DESK::now);
  }

  private static List<LocalDate> days(Search search, Desk.Node node, long gone) {
    return search.instead(node.campaign(), gone, Share.ALL, Following.NOTHING).stream()
        .map(offer -> day(offer.slot().slot().startsAt()))
        .toList();
  }
}
