package dev.naru.identity.provider;

import java.time.InstantSource;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/// The table of used results: keyed hashes of checks, deleted when nobody could finish them any
/// more.
public final class UsedResultStore implements UsedResults {
  private final Jdbi jdbi;
  private final InstantSource clock;

  public UsedResultStore(DataSource database, InstantSource clock) {
    this.jdbi = Jdbi.create(database);
    this.clock = clock;
  }

  @Override
  public boolean isUsed(Check check) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT EXISTS (SELECT FROM identity.used_result WHERE result_key = :key)")
                .bind("key", key(check))
                .mapTo(Boolean.class)
                .one());
  }

  @Override
  public boolean use(Check check) {
    return jdbi.inTransaction(
        handle -> {
          handle
              .createUpdate("DELETE FROM identity.used_result WHERE until < :now")
              .bind("now", clock.instant())
              .execute();
          return handle
                  .createUpdate(
                      """
                      INSERT INTO identity.used_result (result_key, until) VALUES (:key, :until)
                      ON CONFLICT DO NOTHING
                      """)
                  .bind("key", key(check))
                  .bind("until", check.expires())
                  .execute()
              == 1;
        });
  }

  private static byte[] key(Check check) {
    return check.bytes("used");
  }
}
