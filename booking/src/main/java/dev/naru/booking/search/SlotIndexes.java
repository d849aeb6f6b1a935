package dev.naru.booking.search;

import dev.naru.booking.campaign.StoredCampaign;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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

  private void catchUp(Collection<FollowedIndex> indexes) throws SQLException {
    if (indexes.isEmpty()) {
      return;
    }
    long floor = indexes.stream().mapToLong(FollowedIndex::floor).min().orElse(0);
    SlotIndexStore.Outbox outbox = store.outbox(floor, countedByAll(indexes));
    for (FollowedIndex index : indexes) {
      outbox.changes().forEach(index::count);
      index.raiseFloor(outbox.oldest());
    }
  }

  private static Set<Long> countedByAll(Collection<FollowedIndex> indexes) {
    Set<Long> counted = null;
    for (FollowedIndex index : indexes) {
      if (counted == null) {
        counted = new HashSet<>(index.counted());
      } else {
        counted.retainAll(index.counted());
      }
    }
    return counted == null ? Set.of() : counted;
  }
}
