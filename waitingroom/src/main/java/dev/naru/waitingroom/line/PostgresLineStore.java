package dev.naru.waitingroom.line;

import dev.naru.waitingroom.control.BookingLoad;
import dev.naru.waitingroom.draw.Seed;
import dev.naru.waitingroom.draw.SeedSealer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// In the table `line`, whose row is locked from reading to writing.
final class PostgresLineStore implements LineStore {
  private static final String SELECT =
      """
      SELECT l.id, l.keeper, l.campaign, l.line, l.seed, l.beacon, l.beacon_source, l.next_number, l.lobby_size, l.drawn_at,
             l.serving, l.credit, l.ticked_at, l.control,
             o.floor, o.ceiling, o.door, o.notice_ko, o.notice_en
      FROM waitingroom.line l
      LEFT JOIN LATERAL (
        SELECT * FROM waitingroom.line_order WHERE line = l.id ORDER BY id DESC LIMIT 1
      ) o ON true
      """;

  private final Jdbi jdbi;
  private final SeedSealer sealer;

  /// @param sealer with a key that is not in the database: who reads or copies it learns no seed
  PostgresLineStore(DataSource database, SeedSealer sealer) {
    this.jdbi = Jdbi.create(database);
    this.sealer = sealer;
  }

  @Override
  public List<LineRow> read(Collection<String> campaigns) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SELECT + "WHERE l.campaign = ANY(:campaigns)")
                .bindArray("campaigns", String.class, campaigns.toArray())
                .map((row, _) -> row(row))
                .list());
  }

  @Override
  public void create(String campaign, int line, RandomGenerator random) {
    byte[] sealed = sealer.seal(Seed.random(random), place(campaign, line), random);
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO waitingroom.line (campaign, line, seed)
                    VALUES (:campaign, :line, :seed)
                    ON CONFLICT (campaign, line) DO NOTHING
                    """)
                .bind("campaign", campaign)
                .bind("line", line)
                .bind("seed", sealed)
                .execute());
  }

  /// Leaves what moves of a line to a Valkey, if it is still as it was read.
  ///
  /// @return whether it is left to this very one
  boolean handOver(LineRow row, LineKey key) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE waitingroom.line SET keeper = :keeper
                        WHERE id = :id AND keeper IS NULL AND next_number = 1
                          AND lobby_size IS NULL AND beacon IS NOT DISTINCT FROM :beacon
                          AND beacon_source IS NOT DISTINCT FROM :source
                        """)
                    .bind("keeper", key.keeper())
                    .bind("id", key.id())
                    .bind("beacon", row.beacon())
                    .bind("source", row.beaconSource())
                    .execute())
        == 1;
  }

  @Override
  public boolean keeps(LineRow row) {
    return row.key().keeper() == null;
  }

  @Override
  public boolean setBeacon(String campaign, int line, String beacon) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE waitingroom.line SET beacon = :beacon
                        WHERE campaign = :campaign AND line = :line AND keeper IS NULL
                          AND (lobby_size IS NULL OR beacon_source IS NOT NULL AND beacon IS NULL)
                        """)
                    .bind("beacon", beacon)
                    .bind("campaign", campaign)
                    .bind("line", line)
                    .execute())
        == 1;
  }

  @Override
  public boolean announceBeacon(String campaign, int line, String source) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE waitingroom.line SET beacon_source = :source
                        WHERE campaign = :campaign AND line = :line AND keeper IS NULL
                          AND lobby_size IS NULL AND beacon_source IS NULL AND beacon IS NULL
                        """)
                    .bind("source", source)
                    .bind("campaign", campaign)
                    .bind("line", line)
                    .execute())
        == 1;
  }

  @Override
  public LineRow change(LineRow row, Instant now, Change change) {
    return jdbi.inTransaction(
        handle -> {
          LineRow before =
              handle
                  .createQuery(SELECT + "WHERE l.id = :id AND l.keeper IS NULL FOR UPDATE OF l")
                  .bind("id", row.key().id())
                  .map((found, _) -> row(found))
                  .one();
          LineRow after = change.of(before, counters(handle, before, now));
          write(handle, after);
          return after;
        });
  }

  private static ControlMemory.Counters counters(Handle handle, LineRow line, Instant now) {
    Map<String, ControlMemory.Said> nodes = said(handle, line.campaign(), now);
    return handle
        .createQuery("SELECT entered, turned_away FROM waitingroom.door WHERE line = :line")
        .bind("line", line.key().id())
        .map(
            (row, _) ->
                new ControlMemory.Counters(
                    row.getLong("entered"), row.getLong("turned_away"), nodes))
        .findOne()
        .orElse(new ControlMemory.Counters(0, 0, nodes));
  }

  private static Map<String, ControlMemory.Said> said(Handle handle, String campaign, Instant now) {
    Map<String, ControlMemory.Said> nodes = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT node, at, answered, served, refused, latency_millis
            FROM waitingroom.booking_load WHERE campaign = :campaign AND at > :known
            """)
        .bind("campaign", campaign)
        .bind("known", utc(now.minus(FORGOTTEN)))
        .map(
            (row, _) ->
                nodes.put(
                    row.getString("node"),
                    new ControlMemory.Said(
                        row.getObject("at", OffsetDateTime.class).toInstant().toEpochMilli(),
                        row.getLong("answered"),
                        row.getLong("served"),
                        row.getLong("refused"),
                        row.getDouble("latency_millis"))))
        .list();
    return nodes;
  }

  @Override
  public void report(UUID node, String campaign, BookingLoad load, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO waitingroom.booking_load
                      (node, campaign, at, answered, served, refused, latency_millis)
                    VALUES (:node, :campaign, :now, :answered, :served, :refused, :latency)
                    ON CONFLICT (node, campaign) DO UPDATE
                    SET at = excluded.at, answered = excluded.answered, served = excluded.served,
                        refused = excluded.refused, latency_millis = excluded.latency_millis
                    """)
                .bind("node", node)
                .bind("campaign", campaign)
                .bind("now", utc(now))
                .bind("answered", load.answered())
                .bind("served", load.served())
                .bind("refused", load.refused())
                .bind("latency", load.latencyMillis())
                .execute());
  }

  @Override
  public void turnedAway(LineKey line, long times) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO waitingroom.door (line, entered, turned_away)
                    VALUES (:line, 0, :times)
                    ON CONFLICT (line) DO UPDATE
                    SET turned_away = door.turned_away + excluded.turned_away
                    """)
                .bind("line", line.id())
                .bind("times", times)
                .execute());
  }

  private static void write(Handle handle, LineRow row) {
    handle
        .createUpdate(
            """
            UPDATE waitingroom.line
            SET lobby_size = :lobbySize, drawn_at = :drawnAt, serving = :serving,
                credit = :credit, ticked_at = :tickedAt, control = :control::jsonb
            WHERE id = :id
            """)
        .bind("id", row.key().id())
        .bind("lobbySize", row.lobbySize())
        .bind("drawnAt", utc(row.drawnAt()))
        .bind("serving", row.pace().serving())
        .bind("credit", row.pace().credit())
        .bind("tickedAt", utc(row.pace().tickedAt()))
        .bind("control", row.control() == null ? null : row.control().json())
        .execute();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }

  /// Bound to its line: a seed that was seen elsewhere cannot be put in its place.
  private static String place(String campaign, int line) {
    return "seed of " + campaign + "/" + line;
  }

  private Seed seed(ResultSet row) throws SQLException {
    byte[] stored = row.getBytes("seed");
    return stored.length == Seed.LENGTH
        ? Seed.of(stored)
        : sealer.open(stored, place(row.getString("campaign"), row.getInt("line")));
  }

  private LineRow row(ResultSet row) throws SQLException {
    return new LineRow(
        new LineKey(row.getInt("id"), row.getObject("keeper", UUID.class)),
        row.getString("campaign"),
        row.getInt("line"),
        seed(row),
        row.getString("beacon"),
        row.getString("beacon_source"),
        row.getLong("next_number") - 1,
        row.getObject("lobby_size", Long.class),
        instant(row, "drawn_at"),
        new Pace(row.getLong("serving"), row.getLong("credit"), instant(row, "ticked_at")),
        ControlMemory.ofJson(row.getString("control")),
        OrderStore.orders(row));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
