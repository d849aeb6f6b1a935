package dev.naru.waitingroom.admission;

import dev.naru.common.person.PersonKey;
import dev.naru.waitingroom.line.StoreAwayException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/// In the table `admission`. A batch is one transaction: the door of each line is locked, the
/// records are read, the rules decide, what changed is written.
final class PostgresAdmissionStore implements AdmissionStore {
  /// Entering has a lock of its own, because the line's row is busy with those who join. Its class
  /// is "naru" in ASCII; nothing else of ours takes advisory locks of two numbers.
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(x'6e617275'::int, line)"
          + " FROM (SELECT DISTINCT unnest(?::int[]) AS line ORDER BY line) AS lines";

  private static final String READ =
      """
      SELECT a.line, a.person, a.session, a.expires
      FROM unnest(?::int[], ?::bytea[]) AS asked (line, person)
      JOIN waitingroom.admission a ON a.line = asked.line AND a.person = asked.person
      """;

  private static final String WRITE =
      """
      INSERT INTO waitingroom.admission (line, person, number, session, expires, entered_at)
      SELECT * FROM unnest(
        ?::int[], ?::bytea[], ?::bigint[], ?::uuid[], ?::timestamptz[], ?::timestamptz[])
      ON CONFLICT (line, person)
      DO UPDATE SET session = excluded.session, expires = excluded.expires
      """;

  private static final String COUNT =
      """
      INSERT INTO waitingroom.door (line, entered)
      SELECT * FROM unnest(?::int[], ?::bigint[])
      ON CONFLICT (line) DO UPDATE SET entered = door.entered + excluded.entered
      """;

  private final DataSource database;

  PostgresAdmissionStore(DataSource database) {
    this.database = database;
  }

  private record Key(int line, PersonKey person) {}

  @Override
  public List<AdmissionRules.Entry> enter(List<Request> batch, SessionLife sessions)
      throws StoreAwayException {
    try {
      return entered(batch, sessions);
    } catch (SQLException e) {
      throw new StoreAwayException(e);
    }
  }

  private List<AdmissionRules.Entry> entered(List<Request> batch, SessionLife sessions)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        lock(connection, batch);
        Map<Key, AdmissionRules.Held> held = read(connection, batch);
        Set<Key> known = Set.copyOf(held.keySet());
        Map<Key, Request> changed = new LinkedHashMap<>();
        List<AdmissionRules.Entry> entries = new ArrayList<>(batch.size());
        for (Request request : batch) {
          entries.add(enter(request, sessions, held, changed));
        }
        write(connection, changed.values());
        count(connection, changed.keySet(), known);
        connection.commit();
        return entries;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private static AdmissionRules.Entry enter(
      Request request,
      SessionLife sessions,
      Map<Key, AdmissionRules.Held> held,
      Map<Key, Request> changed) {
    Key key = new Key(request.line().id(), request.person());
    AdmissionRules.Entry entry =
        AdmissionRules.enter(
            held.get(key),
            request.session(),
            request.now(),
            request.end(),
            session -> sessions.isLive(request.campaign(), request.person(), session));
    if (entry instanceof AdmissionRules.Entry.New(Instant expires)) {
      held.put(key, new AdmissionRules.Held(request.session(), expires));
      changed.put(key, request);
    }
    return entry;
  }

  private static void lock(Connection connection, List<Request> batch) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setArray(1, connection.createArrayOf("int4", lines(batch)));
      statement.execute();
    }
  }

  private static Map<Key, AdmissionRules.Held> read(Connection connection, List<Request> batch)
      throws SQLException {
    Map<Key, AdmissionRules.Held> held = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setArray(1, connection.createArrayOf("int4", lines(batch)));
      statement.setArray(2, connection.createArrayOf("bytea", persons(batch)));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          held.put(
              new Key(row.getInt(1), PersonKey.of(row.getBytes(2))),
              new AdmissionRules.Held(
                  row.getObject(3, UUID.class),
                  row.getObject(4, OffsetDateTime.class).toInstant()));
        }
      }
    }
    return held;
  }

  private static void write(Connection connection, Collection<Request> changed)
      throws SQLException {
    if (changed.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      statement.setArray(1, connection.createArrayOf("int4", lines(changed)));
      statement.setArray(2, connection.createArrayOf("bytea", persons(changed)));
      statement.setArray(
          3, connection.createArrayOf("int8", changed.stream().map(Request::number).toArray()));
      statement.setArray(
          4, connection.createArrayOf("uuid", changed.stream().map(Request::session).toArray()));
      statement.setArray(5, times(connection, changed.stream().map(Request::end).toList()));
      statement.setArray(6, times(connection, changed.stream().map(Request::now).toList()));
      statement.executeUpdate();
    }
  }

  /// Counts those who entered for the first time, in the order of the lines, which are locked.
  private static void count(Connection connection, Set<Key> entered, Set<Key> known)
      throws SQLException {
    Map<Integer, Long> first = new TreeMap<>();
    entered.stream()
        .filter(key -> !known.contains(key))
        .forEach(key -> first.merge(key.line(), 1L, Long::sum));
    if (first.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
      statement.setArray(1, connection.createArrayOf("int4", first.keySet().toArray()));
      statement.setArray(2, connection.createArrayOf("int8", first.values().toArray()));
      statement.executeUpdate();
    }
  }

  private static Array times(Connection connection, List<Instant> times) throws SQLException {
    return connection.createArrayOf(
        "timestamptz",
        times.stream().map(time -> time.atOffset(ZoneOffset.UTC).toString()).toArray());
  }

  private static Integer[] lines(Collection<Request> requests) {
    return requests.stream().map(request -> request.line().id()).toArray(Integer[]::new);
  }

  private static byte[][] persons(Collection<Request> requests) {
    return requests.stream().map(request -> request.person().bytes()).toArray(byte[][]::new);
  }
}
