package dev.naru.identity.session;

import dev.naru.common.person.PersonKey;
import dev.naru.identity.person.PersonStore;
import dev.naru.identity.person.SealedPerson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.sql.DataSource;

/// The table of sessions.
final class SessionStore {
  private static final String OPEN =
      """
      INSERT INTO identity.session AS s
        (person, session, device, opened_at, lease, lease_until, expires_at)
      SELECT person, session, device, to_timestamp(?), lease, to_timestamp(lease_until),
        to_timestamp(expires_at)
      FROM unnest(?::bytea[], ?::uuid[], ?::uuid[], ?::int[], ?::bigint[], ?::bigint[])
        AS new (person, session, device, lease, lease_until, expires_at)
      ORDER BY person
      ON CONFLICT (person) DO UPDATE
      SET session = excluded.session,
        device = excluded.device,
        opened_at =
          CASE WHEN s.session = excluded.session THEN s.opened_at ELSE excluded.opened_at END,
        lease = excluded.lease,
        lease_until = excluded.lease_until,
        expires_at = excluded.expires_at
      """;
  private static final String CLOSE =
      "DELETE FROM identity.session WHERE person = ANY (?::bytea[])";
  private static final String RENEW =
      """
      UPDATE identity.session s
      SET lease_until = greatest(s.lease_until, to_timestamp(used.lease_until))
      FROM unnest(?::bytea[], ?::uuid[], ?::bigint[]) AS used (person, session, lease_until)
      WHERE s.person = used.person AND s.session = used.session
      """;
  private static final String FORGET =
      "DELETE FROM identity.session WHERE expires_at <= to_timestamp(?)";
  private static final String LOAD =
      """
      SELECT person, session, device, lease, extract(epoch FROM lease_until)::bigint,
        extract(epoch FROM expires_at)::bigint
      FROM identity.session
      WHERE expires_at > to_timestamp(?)
      """;

  /// Rows fetched at once while loading: the driver would otherwise hold millions.
  private static final int FETCH = 10_000;

  private final DataSource database;

  SessionStore(DataSource database) {
    this.database = database;
  }

  /// Writes a batch in one transaction; of several writes for one person the last one counts.
  ///
  /// @return false when the database cannot be reached: trying its parts is of no use then
  /// @throws SQLException when something in the batch is refused; nothing of it was written
  boolean write(List<SessionWrite> batch, Instant now) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        write(connection, batch, now);
        connection.commit();
        return true;
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
    } catch (SQLException e) {
      if (isOutage(e)) {
        return false;
      }
      throw e;
    }
  }

  /// 08: the connection failed; 57: the server is being stopped.
  private static boolean isOutage(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return e instanceof SQLTransientConnectionException
        || state.startsWith("08")
        || state.startsWith("57");
  }

  private static void write(Connection connection, List<SessionWrite> batch, Instant now)
      throws SQLException {
    Map<PersonKey, SessionRow> open = new LinkedHashMap<>();
    Map<PersonKey, SessionWrite.Close> close = new LinkedHashMap<>();
    Map<PersonKey, SealedPerson> people = new LinkedHashMap<>();
    for (SessionWrite write : batch) {
      switch (write) {
        case SessionWrite.Open(var person, var row, var data) -> {
          close.remove(person);
          open.put(person, row);
          if (data != null) {
            people.put(person, data);
          }
        }
        case SessionWrite.Know(var data) -> people.put(data.person(), data);
        case SessionWrite.Close gone -> {
          open.remove(gone.person());
          close.put(gone.person(), gone);
        }
        case SessionWrite.Renew _, SessionWrite.Forget _ -> {}
      }
    }
    close(connection, close.keySet());
    open(connection, open, now);
    if (!people.isEmpty()) {
      PersonStore.save(connection, people.values(), now);
    }
    for (SessionWrite write : batch) {
      switch (write) {
        case SessionWrite.Renew(var leases) -> renew(connection, leases);
        case SessionWrite.Forget(long before) -> forget(connection, before);
        case SessionWrite.Open _, SessionWrite.Know _, SessionWrite.Close _ -> {}
      }
    }
  }

  private static void open(Connection connection, Map<PersonKey, SessionRow> open, Instant now)
      throws SQLException {
    if (open.isEmpty()) {
      return;
    }
    Collection<SessionRow> rows = open.values();
    try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
      statement.setLong(1, now.getEpochSecond());
      setPeople(statement, 2, open.keySet());
      setArray(statement, 3, "uuid", rows, SessionRow::session);
      setArray(statement, 4, "uuid", rows, SessionRow::device);
      setArray(statement, 5, "int4", rows, SessionRow::lease);
      setArray(statement, 6, "int8", rows, SessionRow::leaseUntil);
      setArray(statement, 7, "int8", rows, SessionRow::expires);
      statement.executeUpdate();
    }
  }

  private static void close(Connection connection, Collection<PersonKey> people)
      throws SQLException {
    if (people.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(CLOSE)) {
      setPeople(statement, 1, people);
      statement.executeUpdate();
    }
  }

  private static void renew(Connection connection, List<SessionWrite.Lease> leases)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
      setPeople(statement, 1, leases.stream().map(SessionWrite.Lease::person).toList());
      setArray(statement, 2, "uuid", leases, SessionWrite.Lease::session);
      setArray(statement, 3, "int8", leases, SessionWrite.Lease::until);
      statement.executeUpdate();
    }
  }

  private static void forget(Connection connection, long before) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
      statement.setLong(1, before);
      statement.executeUpdate();
    }
  }

  private static void setPeople(
      PreparedStatement statement, int index, Collection<PersonKey> people) throws SQLException {
    byte[][] keys = people.stream().map(PersonKey::bytes).toArray(byte[][]::new);
    statement.setArray(index, statement.getConnection().createArrayOf("bytea", keys));
  }

  private static <T> void setArray(
      PreparedStatement statement,
      int index,
      String type,
      Collection<T> rows,
      Function<T, Object> column)
      throws SQLException {
    Object[] values = rows.stream().map(column).toArray();
    statement.setArray(index, statement.getConnection().createArrayOf(type, values));
  }

  /// Reads every session whose paper is still valid.
  void load(long now, BiConsumer<PersonKey, SessionRow> session) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(LOAD)) {
        statement.setFetchSize(FETCH);
        statement.setLong(1, now);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            session.accept(PersonKey.of(rows.getBytes(1)), row(rows));
          }
        }
      }
      connection.rollback();
    }
  }

  private static SessionRow row(ResultSet rows) throws SQLException {
    return new SessionRow(
        rows.getObject(2, UUID.class),
        rows.getObject(3, UUID.class),
        rows.getInt(4),
        rows.getLong(5),
        rows.getLong(6));
  }
}
