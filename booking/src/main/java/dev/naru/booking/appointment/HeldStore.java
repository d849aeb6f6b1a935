package dev.naru.booking.appointment;

import dev.naru.booking.appointment.HeldPlace.Kind;
import dev.naru.common.person.PersonKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The statements of one transaction on places that are held. Their slots are locked before; the
/// counters follow from the events that are recorded with each change.
final class HeldStore {
  private static final String SELECT =
      "SELECT id, campaign, slot, kind, person, until FROM booking.held ";

  /// Of the one node that gives places back; any number that nobody else uses.
  private static final long RETURNS_LOCK = 0x6e617275_72657475L;

  private final Connection connection;
  private final Timestamp now;

  HeldStore(Connection connection, Timestamp now) {
    this.connection = connection;
    this.now = now;
  }

  /// Whether this transaction is the only one that gives places back.
  boolean onlyOne() throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
      select.setLong(1, RETURNS_LOCK);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  void add(List<HeldPlace> places) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO booking.held (id, campaign, slot, kind, person, until)"
                + " VALUES (?, ?, ?, ?, ?, ?)")) {
      for (HeldPlace place : places) {
        insert.setObject(1, place.id());
        insert.setInt(2, place.campaign());
        insert.setLong(3, place.slot());
        insert.setInt(4, place.kind().code);
        insert.setBytes(5, bytes(place.person()));
        insert.setTimestamp(6, Timestamp.from(place.until()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  void remove(Collection<UUID> ids) throws SQLException {
    if (!ids.isEmpty()) {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM booking.held WHERE id = ANY (?)")) {
        delete.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
        delete.executeUpdate();
      }
    }
  }

  /// Lets places go: they are given back as soon as somebody looks.
  void letGo(Collection<UUID> ids) throws SQLException {
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
  void comeBack(UUID id, Instant until) throws SQLException {
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
  void offer(UUID id, PersonKey person, Instant until) throws SQLException {
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
  Optional<HeldPlace> of(PersonKey person, int campaign, Kind kind) throws SQLException {
    return of(person, campaign, kind, "");
  }

  /// The same, locked.
  Optional<HeldPlace> lock(PersonKey person, int campaign, Kind kind) throws SQLException {
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
  List<HeldPlace> lock(Collection<PersonKey> persons) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT + "WHERE person = ANY (?) ORDER BY person, campaign, kind FOR UPDATE")) {
      select.setArray(1, persons(persons));
      return list(select);
    }
  }

  /// Places whose time is over, without a lock.
  List<HeldPlace> due(Collection<Integer> campaigns, int most) throws SQLException {
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
  List<HeldPlace> lockDue(Collection<UUID> ids) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT + "WHERE id = ANY (?) AND until <= ? ORDER BY until, id FOR UPDATE")) {
      select.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      select.setTimestamp(2, now);
      return list(select);
    }
  }

  /// How often somebody changed and held on a day.
  record Day(int changes, int holds) {}

  /// A person's day so far.
  Day day(PersonKey person, int campaign, LocalDate day) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT changes, holds FROM booking.person_day"
                + " WHERE person = ? AND campaign = ? AND day = ?")) {
      select.setBytes(1, person.bytes());
      select.setInt(2, campaign);
      select.setObject(3, day);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? new Day(row.getInt(1), row.getInt(2)) : new Day(0, 0);
      }
    }
  }

  /// Counts changes and holds of a person's day.
  void countDay(PersonKey person, int campaign, LocalDate day, int changes, int holds)
      throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            INSERT INTO booking.person_day AS old (person, campaign, day, changes, holds)
            VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (person, campaign) DO UPDATE SET
                   changes = excluded.changes
                           + CASE WHEN old.day = excluded.day THEN old.changes ELSE 0 END,
                   holds = excluded.holds
                         + CASE WHEN old.day = excluded.day THEN old.holds ELSE 0 END,
                   day = excluded.day
            """)) {
      upsert.setBytes(1, person.bytes());
      upsert.setInt(2, campaign);
      upsert.setObject(3, day);
      upsert.setInt(4, changes);
      upsert.setInt(5, holds);
      upsert.executeUpdate();
    }
  }

  /// Those who changed so often that day.
  Set<PersonKey> changed(Collection<PersonKey> persons, int campaign, LocalDate day, int times)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT person FROM booking.person_day WHERE person = ANY (?) AND campaign = ?"
                + " AND day = ? AND changes >= ?")) {
      select.setArray(1, persons(persons));
      select.setInt(2, campaign);
      select.setObject(3, day);
      select.setInt(4, times);
      Set<PersonKey> changed = new HashSet<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          changed.add(PersonKey.of(row.getBytes(1)));
        }
      }
      return changed;
    }
  }

  private java.sql.Array persons(Collection<PersonKey> persons) throws SQLException {
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
