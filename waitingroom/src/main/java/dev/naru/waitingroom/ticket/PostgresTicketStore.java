package dev.naru.waitingroom.ticket;

import dev.naru.common.person.PersonKey;
import dev.naru.waitingroom.line.LineKey;
import dev.naru.waitingroom.line.StoreAwayException;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// In the table `ticket`. A batch of joins is one transaction of two statements: the first locks
/// the lines, the second, which therefore sees everything that was committed before, gives numbers.
final class PostgresTicketStore implements TicketStore {
  /// Rows per round trip of an export.
  private static final int FETCH = 10_000;

  private static final String LOCK =
      """
      SELECT id, next_number, lobby_size FROM waitingroom.line
      WHERE id = ANY(?) AND keeper IS NULL ORDER BY id FOR UPDATE
      """;

  private static final String FREEZE =
      "UPDATE waitingroom.line SET lobby_size = ?, drawn_at = ? WHERE id = ?";

  /// The look-up of each person is a subquery of its own so that the index is used whatever the
  /// planner believes of a table that was empty a minute ago.
  private static final String JOIN =
      """
      WITH asked AS MATERIALIZED (
        SELECT a.ord, a.line, a.person,
               (SELECT t.number FROM waitingroom.ticket t
                WHERE t.line = a.line AND t.person = a.person) AS number
        FROM unnest(?::int[], ?::bytea[]) WITH ORDINALITY AS a (line, person, ord)
      ), fresh AS (
        SELECT line, person, min(ord) AS ord FROM asked WHERE number IS NULL
        GROUP BY line, person
      ), given AS MATERIALIZED (
        SELECT f.line, f.person,
               l.next_number - 1 + row_number() OVER (PARTITION BY f.line ORDER BY f.ord) AS number
        FROM fresh f JOIN waitingroom.line l ON l.id = f.line
      ), written AS (
        INSERT INTO waitingroom.ticket (line, person, number)
        SELECT line, person, number FROM given ORDER BY line, person
      ), raised AS (
        UPDATE waitingroom.line l SET next_number = g.last + 1
        FROM (SELECT line, max(number) AS last FROM given GROUP BY line) g
        WHERE l.id = g.line
      )
      SELECT a.ord, coalesce(a.number, g.number)
      FROM asked a LEFT JOIN given g ON g.line = a.line AND g.person = a.person
      """;

  private final DataSource database;
  private final InstantSource clock;

  PostgresTicketStore(DataSource database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// A line as it was locked.
  private record Locked(long next, @Nullable Long lobbySize) {}

  @Override
  public List<Given> join(List<Request> batch) throws StoreAwayException {
    try {
      return joined(batch);
    } catch (SQLException e) {
      throw new StoreAwayException(e);
    }
  }

  private List<Given> joined(List<Request> batch) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Map<Integer, Locked> lines = lock(connection, batch);
        Map<Integer, Long> lobbies = freezeDue(connection, batch, lines);
        List<Given> given = numbers(connection, batch, lobbies);
        connection.commit();
        return given;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private static Map<Integer, Locked> lock(Connection connection, List<Request> batch)
      throws SQLException {
    Integer[] ids =
        batch.stream().map(request -> request.line().id()).distinct().toArray(Integer[]::new);
    Map<Integer, Locked> lines = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setArray(1, connection.createArrayOf("int4", ids));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          lines.put(row.getInt(1), new Locked(row.getLong(2), row.getObject(3, Long.class)));
        }
      }
    }
    return lines;
  }

  /// @return the size of each frozen lobby by line
  private Map<Integer, Long> freezeDue(
      Connection connection, List<Request> batch, Map<Integer, Locked> lines) throws SQLException {
    Instant now = clock.instant();
    Map<Integer, Instant> openings = new TreeMap<>();
    batch.forEach(request -> openings.put(request.line().id(), request.opens()));
    Map<Integer, Long> lobbies = new HashMap<>();
    for (Map.Entry<Integer, Instant> opening : openings.entrySet()) {
      int id = opening.getKey();
      Locked line = lines.get(id);
      if (line == null) {
        throw new SQLException("line " + id + " is kept in a Valkey");
      }
      if (line.lobbySize() != null) {
        lobbies.put(id, line.lobbySize());
      } else if (!now.isBefore(opening.getValue())) {
        long size = line.next() - 1;
        try (PreparedStatement statement = connection.prepareStatement(FREEZE)) {
          statement.setLong(1, size);
          statement.setObject(2, OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
          statement.setInt(3, id);
          statement.executeUpdate();
        }
        lobbies.put(id, size);
      }
    }
    return lobbies;
  }

  private static List<Given> numbers(
      Connection connection, List<Request> batch, Map<Integer, Long> lobbies) throws SQLException {
    Array lines =
        connection.createArrayOf(
            "int4", batch.stream().map(request -> request.line().id()).toArray(Integer[]::new));
    Array persons =
        connection.createArrayOf(
            "bytea",
            batch.stream().map(request -> request.person().bytes()).toArray(byte[][]::new));
    Given[] given = new Given[batch.size()];
    try (PreparedStatement statement = connection.prepareStatement(JOIN)) {
      statement.setArray(1, lines);
      statement.setArray(2, persons);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          int index = row.getInt(1) - 1;
          long number = row.getLong(2);
          Long lobby = lobbies.get(batch.get(index).line().id());
          given[index] = new Given(number, lobby == null || number <= lobby);
        }
      }
    }
    return List.of(given);
  }

  @Override
  public OptionalLong numberOf(LineKey line, PersonKey person) throws StoreAwayException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT number FROM waitingroom.ticket WHERE line = ? AND person = ?")) {
      statement.setInt(1, line.id());
      statement.setBytes(2, person.bytes());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    } catch (SQLException e) {
      throw new StoreAwayException(e);
    }
  }

  /// Streamed.
  @Override
  public void eachNumber(LineKey line, Numbers numbers) throws StoreAwayException, IOException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT number FROM waitingroom.ticket WHERE line = ? ORDER BY number")) {
        statement.setFetchSize(FETCH);
        statement.setInt(1, line.id());
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            numbers.accept(row.getLong(1));
          }
        }
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new StoreAwayException(e);
    }
  }
}
