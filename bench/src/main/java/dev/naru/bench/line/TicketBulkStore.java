package dev.naru.bench.line;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/// Tickets by the million.
final class TicketBulkStore {
  private final DataSource database;

  TicketBulkStore(DataSource database) {
    this.database = database;
  }

  /// Fills the first line.
  void fill(long people) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO waitingroom.ticket (line, person, number) SELECT l.id,"
              + " sha256(n::text::bytea), n FROM generate_series(1, %d) n,".formatted(people)
              + " (SELECT min(id) AS id FROM waitingroom.line) l");
      statement.execute(
          "UPDATE waitingroom.line SET next_number = %d + 1".formatted(people)
              + " WHERE id = (SELECT min(id) FROM waitingroom.line)");
    }
  }

  /// @param sum of a hash of each person with their number: the same only if nobody moved
  record Numbers(long count, long distinct, long highest, String sum) {}

  Numbers numbers() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*), count(DISTINCT number), max(number),"
                    + " sum(hashtextextended(encode(person, 'hex') || number, 0)::numeric)"
                    + " FROM waitingroom.ticket")) {
      row.next();
      return new Numbers(row.getLong(1), row.getLong(2), row.getLong(3), row.getString(4));
    }
  }
}
