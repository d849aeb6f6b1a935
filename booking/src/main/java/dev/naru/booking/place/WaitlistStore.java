package dev.naru.booking.place;

import dev.naru.common.person.PersonKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The statements of one transaction on the waitlist.
public final class WaitlistStore {
  /// How many are looked at together: nearly always the first may have it, but where a list keeps
  /// out most, each would be a question of its own.
  private static final int SOME = 20;

  private final Connection connection;
  private final Timestamp now;

  public WaitlistStore(Connection connection, Timestamp now) {
    this.connection = connection;
    this.now = now;
  }

  /// Puts somebody on the list, or changes their wishes: the better of two places is theirs.
  public void put(PersonKey person, int campaign, WaitlistEntry entry) throws SQLException {
    try (PreparedStatement upsert =
            connection.prepareStatement(
                """
                INSERT INTO booking.waitlist AS old
                  (person, campaign, line, place, cohort, sites, from_day, to_day, product, joined)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (person, campaign) DO UPDATE SET
                       (line, place) = (SELECT line, place
                          FROM (VALUES (old.line, old.place), (excluded.line, excluded.place))
                            AS wanted (line, place)
                         ORDER BY line, place LIMIT 1),
                       cohort = excluded.cohort, sites = excluded.sites,
                       from_day = excluded.from_day, to_day = excluded.to_day,
                       product = excluded.product
                """);
        PreparedStatement delete =
            connection.prepareStatement(
                "DELETE FROM booking.waitlist_site WHERE person = ? AND campaign = ?");
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO booking.waitlist_site (campaign, site, line, place, person)
                SELECT campaign, unnest(sites), line, place, person
                  FROM booking.waitlist WHERE person = ? AND campaign = ?
                """)) {
      upsert.setBytes(1, person.bytes());
      upsert.setInt(2, campaign);
      upsert.setInt(3, entry.line());
      upsert.setLong(4, entry.place());
      upsert.setInt(5, entry.cohort());
      upsert.setArray(6, connection.createArrayOf("int4", entry.sites().toArray()));
      upsert.setObject(7, entry.from());
      upsert.setObject(8, entry.to());
      upsert.setObject(9, entry.product());
      upsert.setTimestamp(10, now);
      upsert.executeUpdate();
      for (PreparedStatement statement : List.of(delete, insert)) {
        statement.setBytes(1, person.bytes());
        statement.setInt(2, campaign);
        statement.executeUpdate();
      }
    }
  }

  public Optional<WaitlistEntry> of(PersonKey person, int campaign) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT line, place, cohort, sites, from_day, to_day, product FROM booking.waitlist"
                + " WHERE person = ? AND campaign = ?")) {
      select.setBytes(1, person.bytes());
      select.setInt(2, campaign);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(entry(row)) : Optional.empty();
      }
    }
  }

  private static WaitlistEntry entry(ResultSet row) throws SQLException {
    int product = row.getInt("product");
    @Nullable Integer only = row.wasNull() ? null : product;
    return new WaitlistEntry(
        row.getInt("line"),
        row.getLong("place"),
        row.getInt("cohort"),
        Arrays.asList((Integer[]) row.getArray("sites").getArray()),
        row.getObject("from_day", LocalDate.class),
        row.getObject("to_day", LocalDate.class),
        only);
  }

  /// A first dose that somebody could have.
  ///
  /// @param product its index
  /// @param cohorts who may book now; empty: everybody
  public record Dose(int campaign, int site, int product, LocalDate day, Set<Integer> cohorts) {}

  /// A place in the order of a site's line.
  private record Waiting(int line, long place, PersonKey person) {}

  /// The first in line who wants such a dose, may have it, has none and was offered none.
  ///
  /// @param mayHave is asked in the order of the line; who may not is passed over
  public Optional<PersonKey> next(Dose dose, Predicate<PersonKey> mayHave) throws SQLException {
    Waiting last = new Waiting(-1, 0, new PersonKey(0, 0, 0, 0));
    List<Waiting> some;
    do {
      some = after(last, dose);
      for (Waiting waiting : some) {
        if (mayHave.test(waiting.person())) {
          return Optional.of(waiting.person());
        }
        last = waiting;
      }
    } while (some.size() == SOME);
    return Optional.empty();
  }

  private List<Waiting> after(Waiting last, Dose dose) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT s.line, s.place, s.person
              FROM booking.waitlist_site s JOIN booking.waitlist w USING (person, campaign)
             WHERE s.campaign = ? AND s.site = ? AND ? BETWEEN w.from_day AND w.to_day
               AND coalesce(w.product, ?) = ? AND (? OR w.cohort = ANY (?))
               AND (s.line, s.place, s.person) > (?, ?, ?)
               AND NOT EXISTS (SELECT 1 FROM booking.held h
                                WHERE h.person = w.person AND h.campaign = w.campaign
                                  AND h.kind = 3)
               AND NOT EXISTS (SELECT 1 FROM booking.appointment a
                                WHERE a.person = w.person AND a.campaign = w.campaign AND a.active)
             ORDER BY s.line, s.place, s.person LIMIT ?
            """)) {
      select.setInt(1, dose.campaign());
      select.setInt(2, dose.site());
      select.setObject(3, dose.day());
      select.setInt(4, dose.product());
      select.setInt(5, dose.product());
      select.setBoolean(6, dose.cohorts().isEmpty());
      select.setArray(7, connection.createArrayOf("int4", dose.cohorts().toArray()));
      select.setInt(8, last.line());
      select.setLong(9, last.place());
      select.setBytes(10, last.person().bytes());
      select.setInt(11, SOME);
      List<Waiting> some = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          some.add(new Waiting(row.getInt(1), row.getLong(2), PersonKey.of(row.getBytes(3))));
        }
      }
      return some;
    }
  }

  /// Takes people off the list.
  public void remove(Collection<PersonKey> persons, int campaign) throws SQLException {
    if (persons.isEmpty()) {
      return;
    }
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM booking.waitlist WHERE person = ANY (?) AND campaign = ?")) {
      delete.setArray(1, HeldStore.persons(connection, persons));
      delete.setInt(2, campaign);
      delete.executeUpdate();
    }
  }
}
