package dev.naru.booking.personlist;

import dev.naru.common.person.PersonKey;
import dev.naru.common.person.PersonKeys;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import javax.sql.DataSource;

/// Lists for tests that know people by their keys.
public final class ListedPeople {
  private ListedPeople() {}

  /// Puts people in place of a list.
  ///
  /// @param campaign id
  /// @param number the campaign's in the store
  public static void put(
      DataSource database,
      PersonKeys keys,
      String campaign,
      int number,
      String list,
      Collection<PersonKey> people) {
    ListKey key = new ListKey(keys, campaign, list);
    long[] fingerprints = people.stream().mapToLong(key::fingerprint).sorted().toArray();
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      new PersonListStore()
          .replace(connection, number, list, new FingerprintSet(fingerprints), Instant.EPOCH);
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
