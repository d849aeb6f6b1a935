package dev.naru.booking.search;

import dev.naru.booking.failure.AnswerLimits;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/// Reads the slots that a [SlotIndex] is filled from.
public final class SlotIndexStore {
  /// Of COPY in binary: its signature, flags, and the length of an extension that there is not.
  private static final int HEADER = 11 + 4 + 4;

  private static final short COLUMNS = 7;

  /// PostgreSQL counts microseconds from 2000-01-01.
  private static final long POSTGRES_EPOCH = 946_684_800L;

  private static final long MICROS = 1_000_000L;

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
      try {
        read(connection, campaign, rows);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
    return new FollowedIndex(new SlotIndex(rows), snapshot);
  }

  /// In binary: for seven million rows texts of numbers took a third longer.
  private static void read(Connection connection, int campaign, SlotRows rows) throws SQLException {
    CopyOut copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut(
                """
                COPY (
                  SELECT id, site, product, starts_at, capacity, share_offset, booked
                    FROM booking.slot WHERE campaign = %d
                   ORDER BY site, product, starts_at
                ) TO STDOUT (FORMAT binary)
                """
                    .formatted(campaign));
    try {
      // The header comes with the first row, and the end as a row of -1 columns.
      ByteBuffer row = ByteBuffer.wrap(copy.readFromCopy()).position(HEADER);
      while (row.getShort() == COLUMNS) {
        rows.add(
            number(row),
            (int) number(row),
            (int) number(row),
            POSTGRES_EPOCH + number(row) / MICROS,
            (int) number(row),
            (int) number(row),
            (int) number(row));
        row = ByteBuffer.wrap(copy.readFromCopy());
      }
      copy.readFromCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static long number(ByteBuffer row) {
    return switch (row.getInt()) {
      case Short.BYTES -> row.getShort();
      case Integer.BYTES -> row.getInt();
      default -> row.getLong();
    };
  }

  private static DatabaseSnapshot snapshot(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT pg_current_snapshot()::text")) {
      row.next();
      return DatabaseSnapshot.parse(row.getString(1));
    }
  }

  /// What was committed to the outbox.
  ///
  /// @param seen when it was read
  /// @param changes of the slots' counters, by transaction
  record Outbox(DatabaseSnapshot seen, Map<Long, Map<Long, Integer>> changes) {}

  /// Reads what has been committed to the outbox since. A transaction that stays open for hours
  /// costs nothing but its own number.
  Outbox outbox(DatabaseSnapshot since) throws SQLException {
    try (Connection connection = AnswerLimits.on(database.getConnection());
        PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT pg_current_snapshot()::text, known.transaction, slot, known.by
                  FROM (VALUES (1)) AS always
                  LEFT JOIN (
                    SELECT transaction::text::bigint, slot, sum(by)
                      FROM (SELECT transaction, from_slot AS slot, -1 AS by
                              FROM booking.appointment_event
                             WHERE transaction >= ?::text::xid8
                                OR transaction = ANY (?::text[]::xid8[])
                             UNION ALL
                            SELECT transaction, to_slot, 1
                              FROM booking.appointment_event
                             WHERE transaction >= ?::text::xid8
                                OR transaction = ANY (?::text[]::xid8[])
                           ) AS change
                     WHERE slot IS NOT NULL
                     GROUP BY transaction, slot
                  ) AS known (transaction, slot, by) ON true
                """)) {
      Array running =
          connection.createArrayOf("text", since.running().stream().map(String::valueOf).toArray());
      select.setString(1, String.valueOf(since.next()));
      select.setArray(2, running);
      select.setString(3, String.valueOf(since.next()));
      select.setArray(4, running);
      DatabaseSnapshot seen = since;
      Map<Long, Map<Long, Integer>> changes = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          seen = row.isFirst() ? DatabaseSnapshot.parse(row.getString(1)) : seen;
          long transaction = row.getLong(2);
          if (!row.wasNull()) {
            changes
                .computeIfAbsent(transaction, _ -> new HashMap<>())
                .put(row.getLong(3), row.getInt(4));
          }
        }
      }
      return new Outbox(seen, changes);
    }
  }
}
