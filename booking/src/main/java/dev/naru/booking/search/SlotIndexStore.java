package dev.naru.booking.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
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
  SlotIndex load(int campaign, ZoneId zone) throws SQLException {
    SlotIndex.Builder rows = new SlotIndex.Builder(zone);
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
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
    return rows.build();
  }
}
