package dev.naru.identity.provider.phone;

import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Codes that were sent, as keyed hashes, in one table for all nodes. A check has at most one.
final class PhoneCodeStore {
  private final Jdbi jdbi;

  PhoneCodeStore(DataSource database) {
    this.jdbi = Jdbi.create(database);
  }

  /// Whether a message may be sent.
  enum Noted {
    YES,
    TOO_SOON,
    TOO_MANY
  }

  /// Notes that a code is about to be sent. It is good when it was [#sent]; the check's earlier
  /// code is so no longer. Messages to one number are decided one after the other, on all nodes.
  ///
  /// @param check whose code it is, hashed
  /// @param number to which it goes, hashed
  /// @param code hashed
  Noted note(byte[] check, byte[] number, byte[] code, Instant now, PhoneLimits limits) {
    return jdbi.inTransaction(
        handle -> {
          lock(handle, number);
          forget(handle, now);
          Noted noted = allowed(handle, check, number, now, limits);
          if (noted == Noted.YES) {
            write(handle, check, number, code, now, limits.life());
          }
          return noted;
        });
  }

  private static void lock(Handle handle, byte[] number) {
    handle
        .createQuery("SELECT pg_advisory_xact_lock(hashtextextended(encode(:number, 'hex'), 27))")
        .bind("number", number)
        .mapToMap()
        .one();
  }

  private static void forget(Handle handle, Instant now) {
    handle
        .createUpdate("DELETE FROM identity.phone_message WHERE sent_at < :old")
        .bind("old", now.minus(PhoneLimits.WINDOW))
        .execute();
    handle
        .createUpdate("DELETE FROM identity.phone_code WHERE expires_at < :now")
        .bind("now", now)
        .execute();
  }

  private static Noted allowed(
      Handle handle, byte[] check, byte[] number, Instant now, PhoneLimits limits) {
    boolean soon =
        handle
            .createQuery(
                """
                SELECT EXISTS (
                  SELECT FROM identity.phone_code WHERE check_key = :check AND sent_at > :since)
                """)
            .bind("check", check)
            .bind("since", now.minus(limits.pause()))
            .mapTo(Boolean.class)
            .one();
    if (soon) {
      return Noted.TOO_SOON;
    }
    int messages =
        handle
            .createQuery("SELECT count(*) FROM identity.phone_message WHERE number_key = :number")
            .bind("number", number)
            .mapTo(Integer.class)
            .one();
    return messages < limits.perNumber() ? Noted.YES : Noted.TOO_MANY;
  }

  private static void write(
      Handle handle, byte[] check, byte[] number, byte[] code, Instant now, Duration life) {
    handle
        .createUpdate(
            "INSERT INTO identity.phone_message (number_key, sent_at) VALUES (:number, :now)")
        .bind("number", number)
        .bind("now", now)
        .execute();
    handle
        .createUpdate(
            """
            INSERT INTO identity.phone_code (check_key, code_key, tries_left, sent_at, expires_at)
            VALUES (:check, :code, 0, :now, :expires)
            ON CONFLICT (check_key) DO UPDATE SET code_key = excluded.code_key,
              tries_left = excluded.tries_left, sent_at = excluded.sent_at,
              expires_at = excluded.expires_at
            """)
        .bind("check", check)
        .bind("code", code)
        .bind("now", now)
        .bind("expires", now.plus(life))
        .execute();
  }

  /// The message is on its way: its code is good from now on.
  ///
  /// @param tries wrong codes that it survives
  void sent(byte[] check, byte[] code, int tries) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE identity.phone_code SET tries_left = :tries
                    WHERE check_key = :check AND code_key = :code
                    """)
                .bind("check", check)
                .bind("code", code)
                .bind("tries", tries)
                .execute());
  }

  /// There was no message: it does not count, and nobody has to wait for the next.
  ///
  /// @param noted when it was noted
  void notSent(byte[] check, byte[] number, byte[] code, Instant noted) {
    jdbi.useTransaction(
        handle -> {
          lock(handle, number);
          handle
              .createUpdate(
                  """
                  DELETE FROM identity.phone_message WHERE ctid = (
                    SELECT ctid FROM identity.phone_message
                    WHERE number_key = :number AND sent_at = :noted LIMIT 1)
                  """)
              .bind("number", number)
              .bind("noted", noted)
              .execute();
          handle
              .createUpdate(
                  "DELETE FROM identity.phone_code WHERE check_key = :check AND code_key = :code")
              .bind("check", check)
              .bind("code", code)
              .execute();
        });
  }

  /// What came of a try.
  enum Tried {
    RIGHT,
    WRONG,
    /// No code is good any more: it was used, too old, or tried too often.
    OVER
  }

  /// Compares and counts in one statement, so that wrong codes at the same instant count too; a
  /// right one stays good until it is used. The hashes are keyed, so the comparison tells nothing
  /// about the code.
  Tried compare(byte[] check, byte[] code, Instant now) {
    return jdbi.inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        UPDATE identity.phone_code
                        SET tries_left = tries_left - CASE code_key WHEN :code THEN 0 ELSE 1 END
                        WHERE check_key = :check AND tries_left > 0 AND expires_at > :now
                        RETURNING code_key = :code
                        """)
                    .bind("check", check)
                    .bind("code", code)
                    .bind("now", now)
                    .mapTo(Boolean.class)
                    .findOne())
        .map(right -> right ? Tried.RIGHT : Tried.WRONG)
        .orElse(Tried.OVER);
  }

  /// The check needs its code no longer.
  ///
  /// @return false when it had none
  boolean use(byte[] check) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate("DELETE FROM identity.phone_code WHERE check_key = :check")
                    .bind("check", check)
                    .execute())
        == 1;
  }
}
