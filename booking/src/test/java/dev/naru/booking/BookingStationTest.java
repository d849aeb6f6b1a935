package dev.naru.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.booking.appointment.World;
import dev.naru.booking.campaign.CampaignTexts;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.common.paper.PaperKeys;
import dev.naru.common.paper.Papers;
import dev.naru.common.person.PersonKeys;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Campaigns that another process applies while the database has its bad moments.
class BookingStationTest {
  private final World world = new World();
  private final InstantSource clock = InstantSource.fixed(World.NOW);
  private final BookingStation station =
      BookingStation.open(
          world.database().dataSource(),
          new Papers(new PaperKeys(Map.of(1, new byte[32]), 1), clock),
          new PersonKeys(new byte[32]),
          clock,
          new SecureRandom(),
          1);

  BookingStationTest() {
    world.execute(
        """
        INSERT INTO booking.site (source, source_key, name, kind, address, region, hours)
        VALUES ('test', 'a', 'Site', 'clinic', 'Street 1', '11110', 'Mo-Su 09:00-10:00')
        """);
    apply(CampaignTexts.SMALL);
  }

  @AfterEach
  void close() {
    station.close();
    world.close();
  }

  private void apply(String yaml) {
    new Campaigns(world.database().dataSource(), clock).apply(yaml);
  }

  private void theSlotsAreAway() {
    world.execute("ALTER TABLE booking.slot RENAME TO slot_away");
  }

  private void theSlotsAreBack() {
    world.execute("ALTER TABLE booking.slot_away RENAME TO slot");
  }

  private int slots() {
    return station.indexes().of(station.campaigns().byId("small").orElseThrow()).size();
  }

  @Test
  void aCampaignIsShownOnlyWithItsSlotsAndLookedForUntilTheyAreRead() {
    theSlotsAreAway();
    assertThatThrownBy(station::lookForCampaigns).isInstanceOf(IllegalStateException.class);
    assertThat(station.campaigns().byId("small")).isEmpty();

    theSlotsAreBack();
    station.lookForCampaigns();
    theSlotsAreAway();
    assertThat(slots()).as("from memory").isPositive();
    assertThat(station.sites().byId(1)).isPresent();
  }

  @Test
  void aChangedCampaignIsServedWithItsOldSlotsUntilTheNewOnesAreRead() {
    station.lookForCampaigns();
    int before = slots();
    apply(CampaignTexts.SMALL.replace("to: 2026-03-13", "to: 2026-03-16"));
    theSlotsAreAway();
    assertThatThrownBy(station::lookForCampaigns).isInstanceOf(IllegalStateException.class);
    assertThat(slots()).isEqualTo(before);

    theSlotsAreBack();
    station.lookForCampaigns();
    assertThat(slots()).isGreaterThan(before);
  }
}
