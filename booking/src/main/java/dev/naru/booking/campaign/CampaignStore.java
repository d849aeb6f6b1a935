package dev.naru.booking.campaign;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The table `booking.campaign`.
final class CampaignStore {
  /// A row.
  ///
  /// @param supply digest of what the slots were made from
  record Row(int number, String id, int revision, String definition, String supply) {}

  private static final String INSERT =
      """
      INSERT INTO booking.campaign (id, definition, applied_at) VALUES (?, ?, ?)
      ON CONFLICT (id) DO NOTHING RETURNING number
      """;

  /// Adds a campaign with revision 1; empty when there is one of this id. Waits for a transaction
  /// that is adding the same.
  OptionalInt insert(Connection connection, String id, String definition, Instant now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setString(1, id);
      statement.setString(2, definition);
      statement.setObject(3, now.atOffset(ZoneOffset.UTC));
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
      }
    }
  }

  /// The row of a campaign, locked until the transaction ends.
  Optional<Row> lock(Connection connection, String id) throws SQLException {
    String sql =
        "SELECT number, id, revision, definition, supply FROM booking.campaign WHERE id = ?"
            + " FOR UPDATE";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(row(rows)) : Optional.empty();
      }
    }
  }

  private static Row row(ResultSet rows) throws SQLException {
    return new Row(
        rows.getInt(1), rows.getString(2), rows.getInt(3), rows.getString(4), rows.getString(5));
  }

  /// Stores a new version of a campaign under the next revision.
  void update(Connection connection, int number, String definition, Instant now)
      throws SQLException {
    String sql =
        "UPDATE booking.campaign SET definition = ?, applied_at = ?, revision = revision + 1"
            + " WHERE number = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, definition);
      statement.setObject(2, now.atOffset(ZoneOffset.UTC));
      statement.setInt(3, number);
      statement.executeUpdate();
    }
  }

  /// Notes what the slots have been made from.
  void setSupply(Connection connection, int number, String digest) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE booking.campaign SET supply = ? WHERE number = ?")) {
      statement.setString(1, digest);
      statement.setInt(2, number);
      statement.executeUpdate();
    }
  }

  /// The revision of each campaign by number.
  Map<Integer, Integer> revisions(Connection connection) throws SQLException {
    Map<Integer, Integer> revisions = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT number, revision FROM booking.campaign")) {
      while (rows.next()) {
        revisions.put(rows.getInt(1), rows.getInt(2));
      }
    }
    return revisions;
  }

  /// All campaigns by number.
  Map<Integer, Row> all(Connection connection) throws SQLException {
    Map<Integer, Row> all = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT number, id, revision, definition, supply FROM booking.campaign")) {
      while (rows.next()) {
        Row row = row(rows);
        all.put(row.number(), row);
      }
    }
    return all;
  }

  /// How many active appointments a campaign has.
  long appointments(Connection connection, int number) throws SQLException {
    String sql = "SELECT count(*) FROM booking.appointment WHERE campaign = ? AND active";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, number);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
