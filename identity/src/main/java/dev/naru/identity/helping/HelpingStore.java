package dev.naru.identity.helping;

import dev.naru.common.person.PersonKey;
import dev.naru.identity.person.PersonStore;
import dev.naru.identity.person.SealedPerson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The statements of one transaction on codes, helpings and their journal.
final class HelpingStore {
  private static final String COLUMNS =
      "id, campaign, person, helper, staff, cohort, began_at, until";

  private static final String SELECT =
      "SELECT "
          + COLUMNS
          + " FROM identity.helping WHERE ended_at IS NULL AND until > :now AND campaign = :campaign";

  private final Handle handle;
  private final Instant now;

  private HelpingStore(Handle handle, Instant now) {
    this.handle = handle;
    this.now = now;
  }

  static <T> T inTransaction(Jdbi jdbi, Instant now, Function<HelpingStore, T> work) {
    return jdbi.inTransaction(handle -> work.apply(new HelpingStore(handle, now)));
  }

  /// Keeps a code; the person's earlier one stops being good.
  ///
  /// @param key the code, hashed
  void putCode(String campaign, PersonKey person, byte[] key, int cohort, Instant expires) {
    handle
        .createUpdate("DELETE FROM identity.helping_code WHERE expires_at <= :now")
        .bind("now", now)
        .execute();
    handle
        .createUpdate(
            """
            INSERT INTO identity.helping_code (campaign, person, code_key, cohort, expires_at)
            VALUES (:campaign, :person, :key, :cohort, :expires)
            ON CONFLICT (campaign, person) DO UPDATE SET code_key = excluded.code_key,
              cohort = excluded.cohort, expires_at = excluded.expires_at
            """)
        .bind("campaign", campaign)
        .bind("person", person.bytes())
        .bind("key", key)
        .bind("cohort", cohort)
        .bind("expires", expires)
        .execute();
    record(HelpingEvent.CODE_MADE, campaign, person, null, null, null);
  }

  /// Whose code it is, and of which cohort they are.
  record OpenCode(PersonKey person, int cohort) {}

  /// Finds a code that is good, and keeps others from using it. Codes are looked for by a hash that
  /// nobody can make without the secret, so how long it takes tells nothing about them.
  Optional<OpenCode> code(String campaign, byte[] key) {
    return handle
        .createQuery(
            """
            SELECT person, cohort FROM identity.helping_code
            WHERE code_key = :key AND campaign = :campaign AND expires_at > :now FOR UPDATE
            """)
        .bind("key", key)
        .bind("campaign", campaign)
        .bind("now", now)
        .map((row, _) -> new OpenCode(PersonKey.of(row.getBytes(1)), row.getInt(2)))
        .findOne();
  }

  void removeCode(String campaign, PersonKey person) {
    handle
        .createUpdate(
            "DELETE FROM identity.helping_code WHERE campaign = :campaign AND person = :person")
        .bind("campaign", campaign)
        .bind("person", person.bytes())
        .execute();
  }

  Optional<Instant> codeExpires(String campaign, PersonKey person) {
    return handle
        .createQuery(
            """
            SELECT expires_at FROM identity.helping_code
            WHERE campaign = :campaign AND person = :person AND expires_at > :now
            """)
        .bind("campaign", campaign)
        .bind("person", person.bytes())
        .bind("now", now)
        .mapTo(Instant.class)
        .findOne();
  }

  /// Lets one transaction at a time, on all nodes, decide about somebody or something.
  ///
  /// @param what a hash
  void lock(byte[] what) {
    handle
        .createQuery("SELECT pg_advisory_xact_lock(hashtextextended(encode(:what, 'hex'), 37))")
        .bind("what", what)
        .mapToMap()
        .one();
  }

  /// How often somebody did something of late.
  ///
  /// @param oldest null when they did not
  record Count(int count, @Nullable Instant oldest) {}

  /// Wrong codes.
  Count tries(byte[] who, Instant since) {
    return handle
        .createQuery(
            "SELECT count(*), min(at) FROM identity.helping_try WHERE who = :who AND at > :since")
        .bind("who", who)
        .bind("since", since)
        .map((row, _) -> new Count(row.getInt(1), instant(row.getTimestamp(2))))
        .one();
  }

  void addTry(byte[] who) {
    handle
        .createUpdate("INSERT INTO identity.helping_try (who, at) VALUES (:who, :now)")
        .bind("who", who)
        .bind("now", now)
        .execute();
  }

  void forgetTries(Instant before) {
    handle
        .createUpdate("DELETE FROM identity.helping_try WHERE at <= :before")
        .bind("before", before)
        .execute();
  }

  /// Checks of callers that a member of staff has begun, in all campaigns.
  Count calls(PersonKey helper, Instant since) {
    return handle
        .createQuery(
            """
            SELECT count(*), min(at) FROM identity.helping_event
            WHERE helper = :helper AND at > :since AND kind = %d
            """
                .formatted(HelpingEvent.CALL.code))
        .bind("helper", helper.bytes())
        .bind("since", since)
        .map((row, _) -> new Count(row.getInt(1), instant(row.getTimestamp(2))))
        .one();
  }

  void noteCall(String campaign, PersonKey helper, String provider) {
    record(HelpingEvent.CALL, campaign, null, helper, null, provider);
  }

  /// Keeps the data of somebody who is helped without ever having had a session.
  void know(SealedPerson person) {
    try {
      PersonStore.save(handle.getConnection(), List.of(person), now);
    } catch (SQLException e) {
      // Not the cause: it may repeat what was to be written.
      throw new IllegalStateException("a person was not stored: state " + e.getSQLState());
    }
  }

  /// A helping that was begun before.
  record Earlier(Helping helping, boolean isOver) {}

  Optional<Earlier> earlier(UUID id) {
    return handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + ", ended_at IS NOT NULL OR until <= :now AS over FROM identity.helping"
                + " WHERE id = :id")
        .bind("now", now)
        .bind("id", id)
        .map((row, _) -> new Earlier(helping(row), row.getBoolean("over")))
        .findOne();
  }

  /// How many people a helper has ever helped in a campaign, not counting one.
  int othersHelped(String campaign, PersonKey helper, PersonKey except) {
    return handle
        .createQuery(
            """
            SELECT count(DISTINCT person) FROM identity.helping
            WHERE helper = :helper AND campaign = :campaign AND person <> :except
            """)
        .bind("helper", helper.bytes())
        .bind("campaign", campaign)
        .bind("except", except.bytes())
        .mapTo(Integer.class)
        .one();
  }

  /// @param provider at which a caller has agreed; null when it was with a code
  void begin(Helping helping, @Nullable String provider) {
    handle
        .createUpdate(
            """
            INSERT INTO identity.helping
              (id, campaign, person, helper, staff, cohort, began_at, until)
            VALUES (:id, :campaign, :person, :helper, :staff, :cohort, :began, :until)
            """)
        .bind("id", helping.id())
        .bind("campaign", helping.campaign())
        .bind("person", helping.person().bytes())
        .bind("helper", helping.helper().bytes())
        .bind("staff", helping.staff())
        .bind("cohort", helping.cohort())
        .bind("began", helping.began())
        .bind("until", helping.until())
        .execute();
    record(
        provider == null ? HelpingEvent.BEGUN : HelpingEvent.BEGUN_ON_CALL,
        helping.campaign(),
        helping.person(),
        helping.helper(),
        helping.id(),
        provider);
  }

  /// Ends who helps a person. One whose time is over is closed too, without a word in the journal:
  /// there is one open row at a time.
  Map<UUID, Instant> endOf(String campaign, PersonKey person, HelpingEvent why) {
    return end(
        "campaign = :campaign AND person = :person",
        why,
        Map.of("campaign", campaign, "person", person.bytes()));
  }

  /// Ends one of a helper's.
  Map<UUID, Instant> endOne(UUID id, PersonKey helper) {
    return end(
        "id = :id AND helper = :helper",
        HelpingEvent.ENDED_BY_HELPER,
        Map.of("id", id, "helper", helper.bytes()));
  }

  /// Ends all of a helper's, in all campaigns.
  Map<UUID, Instant> endAll(PersonKey helper) {
    return end("helper = :helper", HelpingEvent.LOGGED_OUT, Map.of("helper", helper.bytes()));
  }

  /// @return those that were ended, with the time that they would have had
  private Map<UUID, Instant> end(String which, HelpingEvent why, Map<String, ?> values) {
    Map<UUID, Instant> ended = new HashMap<>();
    handle
        .createQuery(
            """
            WITH ended AS (
              UPDATE identity.helping SET ended_at = :now, ended_in = pg_current_xact_id()
              WHERE ended_at IS NULL AND %s
              RETURNING id, campaign, person, helper, until
            ), told AS (
              INSERT INTO identity.helping_event (at, kind, campaign, person, helper, helping)
              SELECT :now, :kind, campaign, person, helper, id FROM ended WHERE until > :now
            )
            SELECT id, until FROM ended WHERE until > :now
            """
                .formatted(which))
        .bind("now", now)
        .bind("kind", why.code)
        .bindMap(values)
        .map((row, _) -> Map.entry(row.getObject(1, UUID.class), row.getTimestamp(2).toInstant()))
        .forEach(entry -> ended.put(entry.getKey(), entry.getValue()));
    return ended;
  }

  /// Who helps a person now.
  Optional<Helping> of(String campaign, PersonKey person) {
    return handle
        .createQuery(SELECT + " AND person = :person")
        .bind("now", now)
        .bind("campaign", campaign)
        .bind("person", person.bytes())
        .map((row, _) -> helping(row))
        .findOne();
  }

  /// Whom a helper helps now, the latest first.
  List<Helping> ofHelper(String campaign, PersonKey helper, int most) {
    return handle
        .createQuery(SELECT + " AND helper = :helper ORDER BY began_at DESC, id LIMIT :most")
        .bind("now", now)
        .bind("campaign", campaign)
        .bind("helper", helper.bytes())
        .bind("most", most)
        .map((row, _) -> helping(row))
        .list();
  }

  /// What was ended since, on any node.
  ///
  /// @param ids with the time that they would have had
  /// @param next where to go on: the oldest transaction that may not have been seen
  record Ended(Map<UUID, Instant> ids, String next) {}

  /// @param since what the last answer gave
  Ended endedSince(String since) {
    Map<UUID, Instant> ids = new HashMap<>();
    String next =
        handle
            .createQuery(
                """
                SELECT pg_snapshot_xmin(pg_current_snapshot())::text, id, until
                FROM (SELECT) AS always LEFT JOIN identity.helping
                  ON ended_in >= CAST(:since AS xid8) AND until > :now
                """)
            .bind("since", since)
            .bind("now", now)
            .map(
                (row, _) -> {
                  if (row.getObject(2, UUID.class) != null) {
                    ids.put(row.getObject(2, UUID.class), row.getTimestamp(3).toInstant());
                  }
                  return row.getString(1);
                })
            .list()
            .getFirst();
    return new Ended(ids, next);
  }

  private void record(
      HelpingEvent event,
      String campaign,
      @Nullable PersonKey person,
      @Nullable PersonKey helper,
      @Nullable UUID helping,
      @Nullable String provider) {
    handle
        .createUpdate(
            """
            INSERT INTO identity.helping_event
              (at, kind, campaign, person, helper, helping, provider)
            VALUES (:now, :kind, :campaign, :person, :helper, CAST(:helping AS uuid), :provider)
            """)
        .bind("now", now)
        .bind("kind", event.code)
        .bind("campaign", campaign)
        .bind("person", person == null ? null : person.bytes())
        .bind("helper", helper == null ? null : helper.bytes())
        .bind("helping", helping)
        .bind("provider", provider)
        .execute();
  }

  private static Helping helping(ResultSet row) throws SQLException {
    return new Helping(
        row.getObject("id", UUID.class),
        row.getString("campaign"),
        PersonKey.of(row.getBytes("person")),
        PersonKey.of(row.getBytes("helper")),
        row.getBoolean("staff"),
        row.getInt("cohort"),
        row.getTimestamp("began_at").toInstant(),
        row.getTimestamp("until").toInstant());
  }

  private static @Nullable Instant instant(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }
}
