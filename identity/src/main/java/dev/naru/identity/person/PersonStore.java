package dev.naru.identity.person;

import dev.naru.common.person.PersonKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The table of sealed persons.
public final class PersonStore {
  private static final String SAVE =
      """
      INSERT INTO identity.person AS p (person_key, sealed, updated_at, keep_until)
      SELECT person_key, sealed, ?, to_timestamp(keep_until)
      FROM unnest(?::bytea[], ?::bytea[], ?::bigint[]) AS new (person_key, sealed, keep_until)
      ORDER BY person_key
      ON CONFLICT (person_key) DO UPDATE
      SET sealed = excluded.sealed, updated_at = excluded.updated_at,
        keep_until = greatest(p.keep_until, excluded.keep_until)
      """;
  private static final String SEALED_BY_ANOTHER_KEY =
      """
      SELECT person_key, sealed FROM identity.person
      WHERE ctid >= CAST(:from AS tid) AND ctid < CAST(:to AS tid)
        AND substr(sealed, 1, length(:mark)) <> :mark
      """;
  private static final String SEAL_ANEW =
      """
      UPDATE identity.person SET sealed = :anew
      WHERE person_key = :person AND sealed = :sealed
      """;
  private static final String FORGET =
      """
      DELETE FROM identity.person
      WHERE ctid >= CAST(:from AS tid) AND ctid < CAST(:to AS tid) AND keep_until <= :now
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
      statement.setArray(
          4,
          connection.createArrayOf(
              "int8",
              people.stream().map(person -> person.keepUntil().getEpochSecond()).toArray()));
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

  /// A person's data under a key that is no longer the current one.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record OldSeal(PersonKey person, byte[] sealed) {}

  /// How long the table is, in pages; it may grow while one goes through it.
  static long pages(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT pg_relation_size('identity.person')"
                        + " / current_setting('block_size')::bigint")
                .mapTo(long.class)
                .one());
  }

  /// What other keys than the current one sealed, in some pages of the table.
  ///
  /// @param mark what the current key's data begins with
  static List<OldSeal> sealedByAnotherKey(Jdbi jdbi, byte[] mark, long page, long pages) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SEALED_BY_ANOTHER_KEY)
                .bind("from", place(page))
                .bind("to", place(page + pages))
                .bind("mark", mark)
                .map((row, _) -> new OldSeal(PersonKey.of(row.getBytes(1)), row.getBytes(2)))
                .list());
  }

  /// How many people other keys than the current one sealed.
  static long countSealedByAnotherKey(Jdbi jdbi, byte[] mark) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT count(*) FROM identity.person"
                        + " WHERE substr(sealed, 1, length(:mark)) <> :mark")
                .bind("mark", mark)
                .mapTo(long.class)
                .one());
  }

  /// Replaces a person's sealed data, unless somebody else did so meanwhile.
  static boolean sealAnew(Handle handle, OldSeal old, byte[] anew) {
    return handle
            .createUpdate(SEAL_ANEW)
            .bind("person", old.person().bytes())
            .bind("sealed", old.sealed())
            .bind("anew", anew)
            .execute()
        == 1;
  }

  /// Deletes those whose time is over, in some pages of the table.
  ///
  /// @return how many
  static int forget(Jdbi jdbi, Instant now, long page, long pages) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate(FORGET)
                .bind("from", place(page))
                .bind("to", place(page + pages))
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute());
  }

  private static String place(long page) {
    return "(" + page + ",0)";
  }
}
