package dev.naru.booking.appointment;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// Reads counters beside the rows that they count.
public final class CounterStore {
  /// A wrong rule makes thousands of wrong counters; a few say which.
  private static final int MOST = 20;

  private final DataSource database;

  public CounterStore(DataSource database) {
    this.database = database;
  }

  /// A slot whose counter is wrong.
  ///
  /// @param booked what the counter says; -1 when there is no such slot
  /// @param taken how many rows there are
  record Difference(long slot, int booked, int capacity, int taken) {}

  /// Slots that count what is not there, miss what is, or hold more than they may; at most 20. One
  /// statement sees one moment, however many book meanwhile. It reads all rows once, in order and
  /// on one processor, and locks nothing.
  List<Difference> differences() throws SQLException {
    List<Difference> differences = new ArrayList<>();
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement select =
          connection.prepareStatement(
              """
                  SELECT coalesce(slot.id, rows.slot), coalesce(slot.booked, -1),
                         coalesce(slot.capacity, 0), coalesce(rows.taken, 0)
                    FROM booking.slot
                    FULL JOIN (SELECT slot, count(*) AS taken
                                 FROM (SELECT slot FROM booking.appointment WHERE active
                                       UNION ALL SELECT slot FROM booking.held) AS each
                                GROUP BY slot
                              ) AS rows ON rows.slot = slot.id
                   WHERE coalesce(slot.booked, -1) <> coalesce(rows.taken, 0)
                      OR slot.booked > slot.capacity
                   LIMIT ?
                  """)) {
        select.setInt(1, MOST);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            differences.add(
                new Difference(row.getLong(1), row.getInt(2), row.getInt(3), row.getInt(4)));
          }
        }
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
    return differences;
  }
}
