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
  public boolean isFirst(Check check) {
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
                  .bind("key", check.bytes("used"))
                  .bind("until", check.expires())
                  .execute()
              == 1;
        });
  }
}
