package dev.naru.booking.personlist;

import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.personlist.PersonListStore.Name;
import dev.naru.booking.personlist.PersonListStore.Row;
import dev.naru.common.eligibility.Membership;
import dev.naru.common.person.PersonKey;
import dev.naru.common.person.PersonKeys;
import dev.naru.common.text.LocalText;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lists of people that agencies have imported, in memory: asking takes less than a microsecond
/// and never blocks. A list is replaced as a whole: each question is answered by the one or by the
/// other.
public final class PersonLists {
  private static final Logger LOG = LoggerFactory.getLogger(PersonLists.class);

  private final DataSource database;
  private final PersonKeys keys;
  private final PersonListStore store = new PersonListStore();

  private record Loaded(Row row, ListKey key, FingerprintSet people) {}

  private volatile Map<Name, Loaded> lists = Map.of();

  /// Starts with no list in memory: call [#refresh].
  public PersonLists(DataSource database, PersonKeys keys) {
    this.database = database;
    this.keys = keys;
  }

  /// The lists of a campaign, for questions about one person.
  public Membership of(Campaign campaign, PersonKey person) {
    return campaign.requirements().lists().isEmpty()
        ? Membership.NO_LISTS
        : new Of(campaign, person);
  }

  private final class Of implements Membership {
    private final Campaign campaign;
    private final PersonKey person;

    Of(Campaign campaign, PersonKey person) {
      this.campaign = campaign;
      this.person = person;
    }

    @Override
    public Standing of(String list) {
      return standing(campaign.id(), list, person);
    }

    @Override
    public LocalText nameOf(String list) {
      return campaign.requirements().nameOf(list);
    }
  }

  /// How a person stands to a list. Wrong with a probability of the list's size in 2^64.
  Membership.Standing standing(String campaign, String list, PersonKey person) {
    Loaded loaded = lists.get(new Name(campaign, list));
    if (loaded == null) {
      return Membership.Standing.MISSING;
    }
    return loaded.people().contains(loaded.key().fingerprint(person))
        ? Membership.Standing.ON
        : Membership.Standing.OFF;
  }

  /// Looks whether any node has imported a list; one short query as long as nobody has. Blocks.
  ///
  /// @throws IllegalStateException when the database does not answer; the lists stay as they were
  public synchronized void refresh() {
    try (Connection connection = database.getConnection()) {
      Map<Name, Row> stored = store.all(connection);
      Map<Name, Loaded> seen = lists;
      if (stored.equals(rows(seen))) {
        return;
      }
      connection.setAutoCommit(false);
      try {
        Map<Name, Loaded> now = new HashMap<>();
        for (Map.Entry<Name, Row> entry : stored.entrySet()) {
          Loaded known = seen.get(entry.getKey());
          now.put(
              entry.getKey(),
              known != null && known.row().equals(entry.getValue())
                  ? known
                  : load(connection, entry.getKey(), entry.getValue()));
        }
        lists = Map.copyOf(now);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the lists of people cannot be read", e);
    }
  }

  private static Map<Name, Row> rows(Map<Name, Loaded> lists) {
    Map<Name, Row> rows = new HashMap<>();
    lists.forEach((name, loaded) -> rows.put(name, loaded.row()));
    return rows;
  }

  private Loaded load(Connection connection, Name name, Row row) throws SQLException {
    FingerprintSet people = new FingerprintSet(store.fingerprints(connection, row));
    LOG.info("List {} of campaign {} has {} entries", name.list(), name.campaign(), people.size());
    return new Loaded(row, new ListKey(keys, name.campaign(), name.list()), people);
  }

  /// How many entries a list has in memory; null when there is no such list.
  public @Nullable Integer entries(String campaign, String list) {
    Loaded loaded = lists.get(new Name(campaign, list));
    return loaded == null ? null : loaded.people().size();
  }

  /// What the lists take of the heap.
  public long bytes() {
    return lists.values().stream().mapToLong(loaded -> loaded.people().bytes()).sum();
  }
}
