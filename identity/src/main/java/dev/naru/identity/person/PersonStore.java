package dev.naru.identity.person;

import dev.naru.common.person.PersonKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// The table of sealed persons.
public final class PersonStore {
  private static final String SAVE =
      """
      INSERT INTO identity.person AS p (person_key, sealed, updated_at)
      SELECT person_key, sealed, ?
      FROM unnest(?::bytea[], ?::bytea[]) AS new (person_key, sealed)
      ORDER BY person_key
      ON CONFLICT (person_key) DO UPDATE
      SET sealed = excluded.sealed, updated_at = excluded.updated_at
      """;

  private PersonStore() {}

  /// Writes persons within the caller's transaction.
  ///
  /// @param people each person once
  public static void save(Connection connection, Collection<SealedPerson> people, Instant now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SAVE)) {
      statement.setObject(1, now.atOffset(ZoneOffset.UTC));
      statement.setArray(
          2,
          connection.createArrayOf(
              "bytea",
              people.stream().map(person -> person.person().bytes()).toArray(byte[][]::new)));
      statement.setArray(
          3,
          connection.createArrayOf(
              "bytea", people.stream().map(SealedPerson::sealed).toArray(byte[][]::new)));
      statement.executeUpdate();
    }
  }

  static Optional<byte[]> find(Jdbi jdbi, PersonKey person) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT sealed FROM identity.person WHERE person_key = :person")
                .bind("person", person.bytes())
                .mapTo(byte[].class)
                .findOne());
  }
}
