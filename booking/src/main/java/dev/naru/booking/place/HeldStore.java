package dev.naru.booking.place;

import dev.naru.booking.place.HeldPlace.Kind;
import dev.naru.common.person.PersonKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The statements of one transaction on places that are held. Their slots are locked before; the
/// counters follow from the events that are recorded with each change.
public final class HeldStore {
  private static final String INSERT =
      "INSERT INTO booking.held (id, campaign, slot, kind, person, until)"
          + " VALUES (?, ?, ?, ?, ?, ?)";

  private static final String SELECT =
      "SELECT id, campaign, slot, kind, person, until FROM booking.held ";

  /// Of the one node that gives places back; any number that nobody else uses.
  private static final long RETURNS_LOCK = 0x6e617275_72657475L;

  private final Connection connection;
  private final Timestamp now;

  public HeldStore(Connection connection, Timestamp now) {
    this.connection = connection;
    this.now = now;
  }

  /// Whether this transaction is the only one that gives places back.
  public boolean onlyOne() throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
      select.setLong(1, RETURNS_LOCK);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  public void add(List<HeldPlace> places) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (HeldPlace place : places) {
        set(insert, place);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /// Adds a place of a person, unless they have one of the kind. Waits for a rival who is adding
  /// one.
  ///
  /// @return whether it was added
  public boolean addOnly(HeldPlace place) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            INSERT + " ON CONFLICT (person, campaign, kind) WHERE person IS NOT NULL DO NOTHING")) {
      set(insert, place);
      return insert.executeUpdate() > 0;
    }
  }

  private static void set(PreparedStatement insert, HeldPlace place) throws SQLException {
    insert.setObject(1, place.id());
    insert.setInt(2, place.campaign());
    insert.setLong(3, place.slot());
    insert.setInt(4, place.kind().code);
    insert.setBytes(5, bytes(place.person()));
    insert.setTimestamp(6, Timestamp.from(place.until()));
  }

  public void remove(Collection<UUID> ids) throws SQLException {
    if (!ids.isEmpty()) {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM booking.held WHERE id = ANY (?)")) {
        delete.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
        delete.executeUpdate();
      }
    }
  }

  /// Lets places go: they are given back as soon as somebody looks.
  public void letGo(Collection<UUID> ids) throws SQLException {
    if (!ids.isEmpty()) {
      try (PreparedStatement update =
          connection.prepareStatement("UPDATE booking.held SET until = ? WHERE id = ANY (?)")) {
        update.setTimestamp(1, now);
        update.setArray(2, connection.createArrayOf("uuid", ids.toArray()));
        update.executeUpdate();
      }
    }
  }

  /// Sends a place on its way back to everybody.
  public void comeBack(UUID id, Instant until) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE booking.held SET kind = ?, person = NULL, until = ? WHERE id = ?")) {
      update.setInt(1, Kind.RETURNING.code);
      update.setTimestamp(2, Timestamp.from(until));
      update.setObject(3, id);
      update.executeUpdate();
    }
  }

  /// Makes an offer of a place.
  public void offer(UUID id, PersonKey person, Instant until) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE booking.held SET kind = ?, person = ?, until = ? WHERE id = ?")) {
      update.setInt(1, Kind.OFFER.code);
      update.setBytes(2, person.bytes());
      update.setTimestamp(3, Timestamp.from(until));
      update.setObject(4, id);
      update.executeUpdate();
    }
  }

  /// What a person has of a kind, also if its time is over.
  public Optional<HeldPlace> of(PersonKey person, int campaign, Kind kind) throws SQLException {
    return of(person, campaign, kind, "");
  }

  /// The same, locked.
  public Optional<HeldPlace> lock(PersonKey person, int campaign, Kind kind) throws SQLException {
    return of(person, campaign, kind, " FOR UPDATE");
  }

  private Optional<HeldPlace> of(PersonKey person, int campaign, Kind kind, String lock)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT + "WHERE person = ? AND campaign = ? AND kind = ?" + lock)) {
      select.setBytes(1, person.bytes());
      select.setInt(2, campaign);
      select.setInt(3, kind.code);
      return list(select).stream().findFirst();
    }
  }

  /// What people have, locked in the order of persons.
  public List<HeldPlace> lock(Collection<PersonKey> persons) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT + "WHERE person = ANY (?) ORDER BY person, campaign, kind FOR UPDATE")) {
      select.setArray(1, persons(connection, persons));
      return list(select);
    }
  }

  /// Places whose time is over, without a lock.
  public List<HeldPlace> due(Collection<Integer> campaigns, int most) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT + "WHERE campaign = ANY (?) AND until <= ? ORDER BY until LIMIT ?")) {
      select.setArray(1, connection.createArrayOf("int4", campaigns.toArray()));
      select.setTimestamp(2, now);
      select.setInt(3, most);
      return list(select);
    }
  }

  /// Those of them that are still there and over, locked; the oldest first.
  public List<HeldPlace> lockDue(Collection<UUID> ids) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT + "WHERE id = ANY (?) AND until <= ? ORDER BY until, id FOR UPDATE")) {
      select.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      select.setTimestamp(2, now);
      return list(select);
    }
  }

  /// Persons as a parameter of a statement.
  static java.sql.Array persons(Connection connection, Collection<PersonKey> persons)
      throws SQLException {
    return connection
        .unwrap(org.postgresql.PGConnection.class)
        .createArrayOf("bytea", persons.stream().map(PersonKey::bytes).toArray(byte[][]::new));
  }

  private static byte @Nullable [] bytes(@Nullable PersonKey person) {
    return person == null ? null : person.bytes();
  }

  private static List<HeldPlace> list(PreparedStatement select) throws SQLException {
    List<HeldPlace> places = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        byte[] person = row.getBytes("person");
        places.add(
            new HeldPlace(
                row.getObject("id", UUID.class),
                row.getInt("campaign"),
                row.getLong("slot"),
                Kind.of(row.getInt("kind")),
                person == null ? null : PersonKey.of(person),
                row.getTimestamp("until").toInstant()));
      }
    }
    return places;
  }
}
