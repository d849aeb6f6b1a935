package dev.naru.identity.person;

import dev.naru.common.person.PersonKeys;
import java.security.MessageDigest;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/// Tells whose keys the people in a database are known by.
public final class KeyMarkStore {
  private final Jdbi jdbi;

  public KeyMarkStore(DataSource database) {
    this.jdbi = Jdbi.create(database);
  }

  /// Whether the database was used with keys before.
  public boolean isSet() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT EXISTS (SELECT FROM identity.key_mark)")
                .mapTo(Boolean.class)
                .one());
  }

  /// Says that these are the keys, unless others are.
  ///
  /// @return whether these are the keys from now on
  public boolean set(PersonKeys keys) {
    byte[] mark = keys.derived("mark in the database");
    return jdbi.inTransaction(
        handle -> {
          handle
              .createUpdate(
                  "INSERT INTO identity.key_mark (mark) VALUES (:mark) ON CONFLICT DO NOTHING")
              .bind("mark", mark)
              .execute();
          byte[] known =
              handle.createQuery("SELECT mark FROM identity.key_mark").mapTo(byte[].class).one();
          return MessageDigest.isEqual(known, mark);
        });
  }
}
