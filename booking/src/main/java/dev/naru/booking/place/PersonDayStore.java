package dev.naru.booking.place;

import dev.naru.common.person.PersonKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// The statements of one transaction on what people changed and held on a day, where a campaign
/// limits it.
public final class PersonDayStore {
  private final Connection connection;

  public PersonDayStore(Connection connection) {
    this.connection = connection;
  }

  /// How often somebody changed and held on a day.
  public record Day(int changes, int holds) {}

  /// A person's day so far.
  public Day of(PersonKey person, int campaign, LocalDate day) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT changes, holds FROM booking.person_day"
                + " WHERE person = ? AND campaign = ? AND day = ?")) {
      select.setBytes(1, person.bytes());
      select.setInt(2, campaign);
      select.setObject(3, day);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? new Day(row.getInt(1), row.getInt(2)) : new Day(0, 0);
      }
    }
  }

  /// Counts changes and holds of a person's day.
  public void count(PersonKey person, int campaign, LocalDate day, int changes, int holds)
      throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            INSERT INTO booking.person_day AS old (person, campaign, day, changes, holds)
            VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (person, campaign) DO UPDATE SET
                   changes = excluded.changes
                           + CASE WHEN old.day = excluded.day THEN old.changes ELSE 0 END,
                   holds = excluded.holds
                         + CASE WHEN old.day = excluded.day THEN old.holds ELSE 0 END,
                   day = excluded.day
            """)) {
      upsert.setBytes(1, person.bytes());
      upsert.setInt(2, campaign);
      upsert.setObject(3, day);
      upsert.setInt(4, changes);
      upsert.setInt(5, holds);
      upsert.executeUpdate();
    }
  }

  /// Those who changed so often that day.
  public Set<PersonKey> changed(
      Collection<PersonKey> persons, int campaign, LocalDate day, int times) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT person FROM booking.person_day WHERE person = ANY (?) AND campaign = ?"
                + " AND day = ? AND changes >= ?")) {
      select.setArray(1, HeldStore.persons(connection, persons));
      select.setInt(2, campaign);
      select.setObject(3, day);
      select.setInt(4, times);
      Set<PersonKey> changed = new HashSet<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          changed.add(PersonKey.of(row.getBytes(1)));
        }
      }
      return changed;
    }
  }
}
