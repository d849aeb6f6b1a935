package dev.naru.booking.appointment;

import java.io.IOException;
import java.io.Writer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/// Lists the appointments of a campaign for those who check the books from outside: ids and slots,
/// no personal data. Who holds an appointment is a number that means nothing outside of the list.
public final class ExportStore {
  private final DataSource database;

  public ExportStore(DataSource database) {
    this.database = database;
  }

  /// Writes CSV with the columns appointment, person, dose, slot, capacity, active (t or f).
  ///
  /// @param campaign its id
  /// @return how many appointments; -1 when there is no such campaign
  public long write(String campaign, Writer out) throws SQLException, IOException {
    try (Connection connection = database.getConnection()) {
      int number = number(connection, campaign);
      return number < 0
          ? -1
          : connection.unwrap(PGConnection.class).getCopyAPI().copyOut(list(number), out);
    }
  }

  /// COPY takes no parameters.
  private static String list(int campaign) {
    return """
        COPY (
          SELECT a.id AS appointment, dense_rank() OVER (ORDER BY a.person) AS person, a.dose,
                 a.slot, s.capacity, a.active
            FROM booking.appointment a JOIN booking.slot s ON s.id = a.slot
           WHERE a.campaign = %d
        ) TO STDOUT (FORMAT csv, HEADER)
        """
        .formatted(campaign);
  }

  private static int number(Connection connection, String campaign) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT number FROM booking.campaign WHERE id = ?")) {
      select.setString(1, campaign);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getInt(1) : -1;
      }
    }
  }
}
