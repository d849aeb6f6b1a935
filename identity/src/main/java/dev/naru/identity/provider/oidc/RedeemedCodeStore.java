package dev.naru.identity.provider.oidc;

import dev.naru.identity.provider.Check;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// What the codes of checks were worth that have not had their session yet, sealed, in one table
/// for all nodes: an issuer takes a code once, and what it is for may fail after that.
final class RedeemedCodeStore {
  private final Jdbi jdbi;
  private final InstantSource clock;

  RedeemedCodeStore(DataSource database, InstantSource clock) {
    this.jdbi = Jdbi.create(database);
    this.clock = clock;
  }

  /// @return the claims; null when there are none, or no more
  @Nullable String find(Check check) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT sealed FROM identity.redeemed_code WHERE check_key = :check")
                    .bind("check", key(check))
                    .mapTo(String.class)
                    .findOne())
        .map(check::unseal)
        .orElse(null);
  }

  /// Keeps the claims as long as the check could be finished, at most.
  void keep(Check check, String claims) {
    jdbi.useTransaction(
        handle -> {
          handle
              .createUpdate("DELETE FROM identity.redeemed_code WHERE until < :now")
              .bind("now", clock.instant())
              .execute();
          handle
              .createUpdate(
                  """
                  INSERT INTO identity.redeemed_code (check_key, sealed, until)
                  VALUES (:check, :sealed, :until)
                  ON CONFLICT DO NOTHING
                  """)
              .bind("check", key(check))
              .bind("sealed", check.seal(claims))
              .bind("until", check.expires())
              .execute();
        });
  }

  /// @return false when there were none, or no more
  boolean drop(Check check) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate("DELETE FROM identity.redeemed_code WHERE check_key = :check")
                    .bind("check", key(check))
                    .execute())
        == 1;
  }

  private static byte[] key(Check check) {
    return check.bytes("redeemed");
  }
}
