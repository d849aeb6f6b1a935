package dev.naru.booking.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/// Reads the slots that a [SlotIndex] is filled from.
public final class SlotIndexStore {
  /// Rows per round trip: 10,000 rows of 40 bytes keep a cursor's memory below a megabyte.
  private static final int FETCH = 10_000;

  private final DataSource database;

  public SlotIndexStore(DataSource database) {
    this.database = database;
  }

  /// All slots of a campaign.
  ///
  /// @param campaign its number
  FollowedIndex load(int campaign, ZoneId zone) throws SQLException {
    SlotRows rows = new SlotRows(zone);
    DatabaseSnapshot snapshot;
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        // The snapshot that is named and the one that is read have to be the same.
        statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        snapshot = snapshot(statement);
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
      try (PreparedStatement select =
          connection.prepareStatement(
              """
              SELECT id, site, product, extract(epoch FROM starts_at)::bigint,
                     capacity, share_offset, booked
                FROM booking.slot WHERE campaign = ?
               ORDER BY site, product, starts_at
              """)) {
        select.setFetchSize(FETCH);
        select.setInt(1, campaign);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            rows.add(
                row.getLong(1),
                row.getInt(2),
                row.getInt(3),
                row.getLong(4),
                row.getInt(5),
                row.getInt(6),
                row.getInt(7));
          }
        }
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
    return new FollowedIndex(new SlotIndex(rows), snapshot);
  }

  private static DatabaseSnapshot snapshot(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT pg_current_snapshot()::text")) {
      row.next();
      return DatabaseSnapshot.parse(row.getString(1));
    }
  }

  /// What was committed to the outbox.
  ///
  /// @param oldest nothing can be added below this transaction any more
  /// @param changes of the slots' counters, by transaction
  record Outbox(long oldest, Map<Long, Map<Long, Integer>> changes) {}

  /// Reads the outbox.
  ///
  /// @param from the first transaction to read
  /// @param except transactions to leave out, because they are known
  Outbox outbox(long from, Collection<Long> except) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
                       known.transaction, slot, known.by
                  FROM (VALUES (1)) AS always
                  LEFT JOIN (
                    SELECT transaction::text::bigint, slot, sum(by)
                      FROM (SELECT transaction, from_slot AS slot, -1 AS by
                              FROM booking.appointment_event WHERE transaction >= ?::text::xid8
                             UNION ALL
                            SELECT transaction, to_slot, 1
                              FROM booking.appointment_event WHERE transaction >= ?::text::xid8
                           ) AS change
                     WHERE slot IS NOT NULL AND transaction <> ALL (?::text[]::xid8[])
                     GROUP BY transaction, slot
                  ) AS known (transaction, slot, by) ON true
                """)) {
      select.setString(1, String.valueOf(from));
      select.setString(2, String.valueOf(from));
      select.setArray(
          3, connection.createArrayOf("text", except.stream().map(String::valueOf).toArray()));
      long oldest = from;
      Map<Long, Map<Long, Integer>> changes = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          oldest = row.getLong(1);
          long transaction = row.getLong(2);
          if (!row.wasNull()) {
            changes
                .computeIfAbsent(transaction, _ -> new HashMap<>())
                .put(row.getLong(3), row.getInt(4));
          }
        }
      }
      return new Outbox(oldest, changes);
    }
  }
}
