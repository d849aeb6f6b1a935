package dev.naru.booking.campaign;

import dev.naru.booking.failure.AnswerLimits;
import dev.naru.booking.supply.Progress;
import dev.naru.booking.supply.SupplyOutcome;
import dev.naru.booking.supply.SupplyPlan;
import dev.naru.booking.supply.SupplyStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The campaigns of this Naru. Applying a file is one transaction; what a node serves is a copy in
/// memory, which [#refresh] keeps current.
public final class Campaigns {
  private static final Logger LOG = LoggerFactory.getLogger(Campaigns.class);

  private final DataSource database;
  private final InstantSource clock;
  private final CampaignStore store = new CampaignStore();
  private final SupplyStore supply = new SupplyStore();

  /// What this node has seen last: revisions of all campaigns, and those that could be read.
  private record Seen(Map<Integer, Integer> revisions, List<StoredCampaign> campaigns) {}

  private volatile Seen seen = new Seen(Map.of(), List.of());

  /// Starts with no campaign in memory: call [#refresh].
  public Campaigns(DataSource database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// The campaign of an id, as this node has last seen it.
  public Optional<StoredCampaign> byId(String id) {
    for (StoredCampaign stored : seen.campaigns()) {
      if (stored.campaign().id().equals(id)) {
        return Optional.of(stored);
      }
    }
    return Optional.empty();
  }

  /// The campaign of a number that the store has given: it is there.
  ///
  /// @throws IllegalStateException when it is not
  public StoredCampaign numbered(int number) {
    return seen.campaigns().stream()
        .filter(stored -> stored.number() == number)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("campaign number " + number + " is not served"));
  }

  /// All campaigns in the order in which they were first applied.
  public List<StoredCampaign> all() {
    return seen.campaigns();
  }

  /// Looks whether any node has applied a campaign; one short query as long as nobody has.
  ///
  /// @return whether anything is different now
  /// @throws IllegalStateException when the database does not answer; what was seen stays
  public boolean refresh() {
    return refresh(_ -> {});
  }

  /// The same, for whoever needs more than the campaigns before one of them is seen.
  ///
  /// @param preparation is given all campaigns before they are shown; when it throws, what was seen
  ///   stays, and the next refresh tries again
  public synchronized boolean refresh(Consumer<List<StoredCampaign>> preparation) {
    Seen found = look();
    if (found.equals(seen)) {
      return false;
    }
    preparation.accept(found.campaigns());
    seen = found;
    return true;
  }

  /// What there is now; the same as before when nobody has applied anything.
  private Seen look() {
    try (Connection connection = AnswerLimits.on(database.getConnection())) {
      if (store.revisions(connection).equals(seen.revisions())) {
        return seen;
      }
      Map<Integer, Integer> revisions = new HashMap<>();
      List<StoredCampaign> campaigns = new ArrayList<>();
      for (CampaignStore.Row row : store.all(connection).values()) {
        revisions.put(row.number(), row.revision());
        Campaign campaign = read(row);
        if (campaign != null) {
          campaigns.add(new StoredCampaign(row.number(), row.revision(), row.supply(), campaign));
        }
      }
      campaigns.sort(Comparator.comparingInt(StoredCampaign::number));
      return new Seen(revisions, List.copyOf(campaigns));
    } catch (SQLException e) {
      throw new IllegalStateException("the campaigns cannot be read", e);
    }
  }

  /// A stored definition was right when it was applied. One that a later version of the program
  /// refuses must not take the other campaigns down with it.
  private static @Nullable Campaign read(CampaignStore.Row row) {
    return switch (CampaignFile.read(row.definition())) {
      case CampaignReading.Read read -> read.campaign();
      case CampaignReading.Mistakes mistakes -> {
        LOG.error("Campaign {} is not served: {}", row.id(), mistakes.mistakes().getFirst().text());
        yield null;
      }
    };
  }

  /// Applies a campaign file without looking at the progress.
  public ApplyResult apply(String yaml) {
    return apply(yaml, Progress.NONE);
  }

  /// Makes the campaign and its slots be as a file says, all of it or nothing. Doing so again
  /// changes nothing, unless sites came, went or changed their opening hours since.
  ///
  /// @throws IllegalStateException when the database fails; nothing has changed then
  public ApplyResult apply(String yaml, Progress progress) {
    return switch (CampaignFile.read(yaml)) {
      case CampaignReading.Mistakes mistakes -> new ApplyResult.Invalid(mistakes.mistakes());
      case CampaignReading.Read read -> {
        ApplyResult result = inTransaction(read.campaign(), yaml, progress);
        if (isChange(result)) {
          show();
        }
        yield result;
      }
    };
  }

  /// The change is committed: failing to read it back is no failure to apply it.
  private void show() {
    try {
      refresh();
    } catch (IllegalStateException e) {
      LOG.warn("What was applied is shown with the next refresh", e);
    }
  }

  private ApplyResult inTransaction(Campaign campaign, String yaml, Progress progress) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      boolean committed = false;
      try {
        ApplyResult result = apply(connection, campaign, yaml, progress);
        if (isChange(result)) {
          connection.commit();
          committed = true;
        }
        return result;
      } finally {
        if (!committed) {
          connection.rollback();
        }
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("campaign " + campaign.id() + " cannot be applied", e);
    }
  }

  private static boolean isChange(ApplyResult result) {
    return switch (result) {
      case ApplyResult.Created _, ApplyResult.Changed _ -> true;
      case ApplyResult.Unchanged _, ApplyResult.Invalid _, ApplyResult.WouldBreak _ -> false;
    };
  }

  private ApplyResult apply(
      Connection connection, Campaign campaign, String yaml, Progress progress)
      throws SQLException {
    SupplyPlan plan = campaign.supplyPlan();
    String digest = supply.digest(connection, plan);
    OptionalInt number = store.insert(connection, campaign.id(), yaml, clock.instant());
    if (number.isEmpty()) {
      CampaignStore.Row row = store.lock(connection, campaign.id()).orElseThrow();
      return change(connection, row, new Wanted(campaign, yaml, plan, digest), progress);
    }
    return switch (supply.makeSlots(connection, number.getAsInt(), plan, progress)) {
      case SupplyOutcome.Made made -> {
        store.setSupply(connection, number.getAsInt(), digest);
        yield new ApplyResult.Created(
            new StoredCampaign(number.getAsInt(), 1, digest, campaign), made.added());
      }
      case SupplyOutcome.TooFew tooFew -> throw new IllegalStateException("new, yet " + tooFew);
    };
  }

  private record Wanted(Campaign campaign, String yaml, SupplyPlan plan, String digest) {}

  private ApplyResult change(
      Connection connection, CampaignStore.Row row, Wanted wanted, Progress progress)
      throws SQLException {
    Campaign old = read(row);
    if (old == null) {
      throw new IllegalStateException("the stored definition of " + row.id() + " is not right");
    }
    CampaignChange change = CampaignChange.between(old, wanted.campaign());
    if (change.what().isEmpty() && row.supply().equals(wanted.digest())) {
      return new ApplyResult.Unchanged(
          new StoredCampaign(row.number(), row.revision(), row.supply(), old));
    }
    Optional<ApplyResult> broken = broken(connection, row.number(), change);
    if (broken.isPresent()) {
      return broken.get();
    }
    List<String> what = new ArrayList<>(change.what());
    if (!row.supply().equals(wanted.digest())) {
      switch (supply.makeSlots(connection, row.number(), wanted.plan(), progress)) {
        case SupplyOutcome.Made made -> describe(made, what);
        case SupplyOutcome.TooFew tooFew -> {
          return new ApplyResult.WouldBreak(
              tooFew.appointments(),
              "slots with appointments would be gone or have fewer places than are taken");
        }
      }
      store.setSupply(connection, row.number(), wanted.digest());
    }
    store.update(connection, row.number(), wanted.yaml(), clock.instant());
    // Making slots takes a while, in which people book.
    return broken(connection, row.number(), change).orElseGet(() -> changed(row, wanted, what));
  }

  private Optional<ApplyResult> broken(Connection connection, int number, CampaignChange change)
      throws SQLException {
    long appointments = change.breaking().isEmpty() ? 0 : store.appointments(connection, number);
    if (appointments == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new ApplyResult.WouldBreak(
            appointments,
            "people have appointments, and this changes what they were made for: "
                + String.join("; ", change.breaking())));
  }

  private static ApplyResult changed(CampaignStore.Row row, Wanted wanted, List<String> what) {
    StoredCampaign stored =
        new StoredCampaign(row.number(), row.revision() + 1, wanted.digest(), wanted.campaign());
    return new ApplyResult.Changed(
        stored, what.isEmpty() ? List.of("sites, but none of the slots") : what);
  }

  private static void describe(SupplyOutcome.Made made, List<String> what) {
    if (made.added() > 0) {
      what.add("slots: %,d added".formatted(made.added()));
    }
    if (made.changed() > 0) {
      what.add("slots: %,d with another capacity or daily share".formatted(made.changed()));
    }
    if (made.closed() > 0) {
      what.add("slots: %,d closed".formatted(made.closed()));
    }
  }
}
