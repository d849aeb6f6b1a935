package dev.naru.booking.search;

import dev.naru.booking.campaign.StoredCampaign;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The slot index of each campaign, filled when it is first asked for or when the campaign's slots
/// changed. A new pace or name leaves it alone: what is booked while an index is filled is missing
/// in it until it is filled again.
public final class SlotIndexes {
  private final SlotIndexStore store;
  private final Map<Integer, Filled> filled = new ConcurrentHashMap<>();

  private record Filled(String supply, ZoneId zone, SlotIndex index) {}

  public SlotIndexes(SlotIndexStore store) {
    this.store = store;
  }

  /// The index of a campaign. Blocks only when [#fill] was not called before.
  public SlotIndex of(StoredCampaign campaign) {
    Filled present = filled.get(campaign.number());
    return present != null ? present.index() : fill(campaign);
  }

  /// Fills the index anew if the campaign's slots have changed. Blocks for seconds with millions of
  /// slots.
  public SlotIndex fill(StoredCampaign campaign) {
    Filled present = filled.get(campaign.number());
    if (present != null
        && present.supply().equals(campaign.supply())
        && present.zone().equals(campaign.campaign().zone())) {
      return present.index();
    }
    try {
      SlotIndex index = store.load(campaign.number(), campaign.campaign().zone());
      filled.put(
          campaign.number(), new Filled(campaign.supply(), campaign.campaign().zone(), index));
      return index;
    } catch (SQLException e) {
      throw new IllegalStateException("the slots of a campaign cannot be read", e);
    }
  }
}
