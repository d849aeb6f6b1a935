package dev.naru.booking.citizen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.CampaignTexts;
import dev.naru.booking.search.SlotIndex.FreeSlot;
import dev.naru.booking.search.SlotIndex.Slot;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotPageTest {
  private static final Campaign CAMPAIGN = CampaignTexts.read(CampaignTexts.SMALL);
  private static final String PRODUCT = CAMPAIGN.products().getFirst().id();

  private static FreeSlot slot(long id, String startsAt, int free) {
    return new FreeSlot(new Slot(id, 7, 0, Instant.parse(startsAt), 9), free);
  }

  private static String json(FreeSlot... slots) {
    return new String(SlotPage.json(CAMPAIGN, List.of(slots)), StandardCharsets.US_ASCII);
  }

  @Test
  void nothingIsAnEmptyList() {
    assertThat(json()).isEqualTo("{\"slots\":[]}");
  }

  @Test
  void slotsAreInTheCampaignsTimeAndFullOnesAreAmongThem() {
    assertThat(
            json(
                slot(12_345_678_901L, "2026-03-05T00:30:00Z", 3),
                slot(2, "2026-03-05T05:00:00Z", 0)))
        .isEqualTo(
            "{\"slots\":[{\"slot\":\"12345678901\",\"startsAt\":\"2026-03-05T09:30:00+09:00\","
                + "\"product\":\"%1$s\",\"free\":3},"
                + "{\"slot\":\"2\",\"startsAt\":\"2026-03-05T14:00:00+09:00\","
                + "\"product\":\"%1$s\",\"free\":0}]}",
            PRODUCT);
  }
}
