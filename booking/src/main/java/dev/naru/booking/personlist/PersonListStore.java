package dev.naru.booking.personlist;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/// The tables `booking.person_list` and `booking.person_list_part`. Every import makes a new row
/// with a new id, so whoever knows an id knows its contents.
final class PersonListStore {
  /// Half a megabyte to a row.
  private static final int PER_PART = 65_536;

  /// Which list, in which campaign.
  record Name(String campaign, String list) {}

  /// @param id another for each import
  /// @param entries how many fingerprints
  record Row(int id, int entries, Instant importedAt) {}

  /// What is done to the lists of a campaign within a transaction.
  interface Change {
    /// @return whether anything is different
    boolean on(Connection connection, int campaign) throws SQLException;
  }

  /// The lists that there are.
  Map<Name, Row> all(Connection connection) throws SQLException {
    String sql =
        "SELECT l.id, c.id, l.name, l.entries, l.imported_at FROM booking.person_list l"
            + " JOIN booking.campaign c ON c.number = l.campaign";
    Map<Name, Row> all = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        all.put(
            new Name(rows.getString(2), rows.getString(3)),
            new Row(rows.getInt(1), rows.getInt(4), rows.getTimestamp(5).toInstant()));
      }
    }
    return all;
  }

  /// The fingerprints of a list, ascending. Within a transaction, so that they are read bit by bit.
  ///
  /// @throws SQLException also when another import has replaced them meanwhile
  long[] fingerprints(Connection connection, Row row) throws SQLException {
    long[] fingerprints = new long[row.entries()];
    int filled = 0;
    String sql = "SELECT fingerprints FROM booking.person_list_part WHERE list = ? ORDER BY part";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(4);
      statement.setInt(1, row.id());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          byte[] part = rows.getBytes(1);
          int count = part.length / Long.BYTES;
          ByteBuffer.wrap(part).asLongBuffer().get(fingerprints, filled, count);
          filled += count;
        }
      }
    }
    if (filled != fingerprints.length) {
      throw new SQLException("list " + row.id() + " has " + filled + " of " + row.entries());
    }
    return fingerprints;
  }

  /// Puts a list in place of the one of the same name. Others see the old one until the commit.
  ///
  /// @param campaign its number
  void replace(Connection connection, int campaign, String list, FingerprintSet people, Instant now)
      throws SQLException {
    // Of two imports at once the one that commits last counts, and none fails.
    try (Statement lock = connection.createStatement()) {
      lock.execute("LOCK TABLE booking.person_list IN EXCLUSIVE MODE");
    }
    delete(connection, campaign, list);
    int id = insert(connection, campaign, list, people.size(), now);
    String sql = "INSERT INTO booking.person_list_part (list, part, fingerprints) VALUES (?, ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int from = 0; from < people.size(); from += PER_PART) {
        int count = Math.min(PER_PART, people.size() - from);
        ByteBuffer part = ByteBuffer.allocate(count * Long.BYTES);
        people.write(part.asLongBuffer(), from, count);
        statement.setInt(1, id);
        statement.setInt(2, from / PER_PART);
        statement.setBytes(3, part.array());
        statement.executeUpdate();
      }
    }
  }

  private static int insert(
      Connection connection, int campaign, String list, int entries, Instant now)
      throws SQLException {
    String sql =
        "INSERT INTO booking.person_list (campaign, name, entries, imported_at)"
            + " VALUES (?, ?, ?, ?) RETURNING id";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, campaign);
      statement.setString(2, list);
      statement.setInt(3, entries);
      statement.setObject(4, now.atOffset(ZoneOffset.UTC));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /// @return whether there was such a list
  boolean delete(Connection connection, int campaign, String list) throws SQLException {
    String sql = "DELETE FROM booking.person_list WHERE campaign = ? AND name = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, campaign);
      statement.setString(2, list);
      return statement.executeUpdate() > 0;
    }
  }

  /// The number of a campaign.
  OptionalInt campaign(Connection connection, String id) throws SQLException {
    String sql = "SELECT number FROM booking.campaign WHERE id = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
      }
    }
  }
}
