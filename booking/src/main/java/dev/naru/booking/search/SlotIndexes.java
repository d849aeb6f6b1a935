package dev.naru.booking.search;

import dev.naru.booking.campaign.StoredCampaign;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The slot index of each campaign, filled when it is first asked for or when the campaign's slots
/// changed; a new pace or name leaves it alone.
///
/// This node's own transactions are counted as they commit, so its counts are exact. Those of other
/// nodes, and those of ours whose end we did not hear of, come from the outbox ([#follow]).
public final class SlotIndexes implements Commits {
  private final SlotIndexStore store;
  private final Map<Integer, Filled> filled = new ConcurrentHashMap<>();

  private record Filled(String supply, ZoneId zone, FollowedIndex followed) {
    SlotIndex index() {
      return followed.index();
    }
  }

  public SlotIndexes(SlotIndexStore store) {
    this.store = store;
  }

  /// The index of a campaign. Blocks only when [#fill] was not called before.
  public SlotIndex of(StoredCampaign campaign) {
    Filled present = filled.get(campaign.number());
    return present != null ? present.index() : fill(campaign);
  }

  /// Fills the index anew if the campaign's slots have changed. Blocks for seconds with millions of
  /// slots; of several callers one reads them. What is booked meanwhile is counted before the new
  /// index is shown.
  public synchronized SlotIndex fill(StoredCampaign campaign) {
    Filled present = filled.get(campaign.number());
    if (present != null
        && present.supply().equals(campaign.supply())
        && present.zone().equals(campaign.campaign().zone())) {
      return present.index();
    }
    try {
      FollowedIndex followed = store.load(campaign.number(), campaign.campaign().zone());
      catchUp(List.of(followed));
      Filled now = new Filled(campaign.supply(), campaign.campaign().zone(), followed);
      filled.put(campaign.number(), now);
      return now.index();
    } catch (SQLException e) {
      throw new IllegalStateException("the slots of a campaign cannot be read", e);
    }
  }

  @Override
  public void committed(long transaction, Map<Long, Integer> changes) {
    filled.values().forEach(index -> index.followed().count(transaction, changes));
  }

  /// Counts what other nodes have committed since. Call it often; blocks for a query.
  public void follow() {
    try {
      catchUp(filled.values().stream().map(Filled::followed).toList());
    } catch (SQLException e) {
      throw new IllegalStateException("the outbox cannot be read", e);
    }
  }

  /// One look for all that have seen the same, which after the first time is all of them.
  private void catchUp(Collection<FollowedIndex> indexes) throws SQLException {
    Map<DatabaseSnapshot, List<FollowedIndex>> bySeen =
        indexes.stream().collect(Collectors.groupingBy(FollowedIndex::seen));
    for (Map.Entry<DatabaseSnapshot, List<FollowedIndex>> same : bySeen.entrySet()) {
      SlotIndexStore.Outbox outbox = store.outbox(same.getKey());
      same.getValue().forEach(index -> index.count(same.getKey(), outbox));
    }
  }
}
