package dev.naru.acceptance;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// What the database holds, looked at behind the server's back.
record Books(NaruProcess naru) {
  /// Each finds rows that must not exist, and says what they are.
  private static final List<String> FAULTS =
      List.of(
          """
          SELECT 'slot ' || id || ' holds ' || booked || ' of ' || capacity
          FROM booking.slot WHERE booked > capacity OR booked < 0
          """,
          """
          SELECT 'slot ' || s.id || ' counts ' || s.booked || ' and has ' || count(taken.slot)
          FROM booking.slot s
          LEFT JOIN (SELECT slot FROM booking.appointment WHERE active
                     UNION ALL SELECT slot FROM booking.held) AS taken ON taken.slot = s.id
          GROUP BY s.id HAVING s.booked <> count(taken.slot)
          """,
          """
          SELECT 'somebody has ' || count(*) || ' appointments for dose ' || dose
          FROM booking.appointment WHERE active
          GROUP BY campaign, person, dose HAVING count(*) > 1
          """,
          """
          SELECT 'line ' || line || ' has ' || count(*) || ' numbers up to ' || max(number)
          FROM waitingroom.ticket GROUP BY line
          HAVING count(*) <> max(number) OR min(number) <> 1 OR count(DISTINCT number) <> count(*)
          """);

  static Books of(NaruProcess naru) {
    return new Books(naru);
  }

  /// What contradicts the invariants; empty is right.
  List<String> faults() throws SQLException {
    List<String> faults = new ArrayList<>();
    for (String query : FAULTS) {
      faults.addAll(texts(query));
    }
    return faults;
  }

  long booked(String slot) throws SQLException {
    return number("SELECT booked FROM booking.slot WHERE id = " + Long.parseLong(slot));
  }

  /// The first column of the only row.
  long number(String query) throws SQLException {
    return Long.parseLong(texts(query).getFirst());
  }

  /// The first column of all rows.
  List<String> texts(String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = naru.database();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        texts.add(row.getString(1));
      }
    }
    return texts;
  }
}
