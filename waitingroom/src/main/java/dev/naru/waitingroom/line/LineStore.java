package dev.naru.waitingroom.line;

import dev.naru.waitingroom.draw.Seed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The rows of the lines.
final class LineStore {
  private static final String COLUMNS =
      "id, campaign, line, seed, beacon, next_number, lobby_size, drawn_at, serving,"
          + " credit, ticked_at";

  private final Jdbi jdbi;

  LineStore(DataSource database) {
    this.jdbi = Jdbi.create(database);
  }

  List<LineRow> read(Collection<String> campaigns) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT " + COLUMNS + " FROM waitingroom.line WHERE campaign = ANY(:campaigns)")
                .bindArray("campaigns", String.class, campaigns.toArray())
                .map((row, _) -> row(row))
                .list());
  }

  /// Makes a line; another node may have been quicker, then nothing happens.
  void create(String campaign, int line, Seed seed) {
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
                .bind("seed", seed.bytes())
                .execute());
  }

  /// Names the public value of a draw that has not been made.
  ///
  /// @return whether there is such a line and it was not drawn yet
  boolean setBeacon(String campaign, int line, String beacon) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE waitingroom.line SET beacon = :beacon
                        WHERE campaign = :campaign AND line = :line AND lobby_size IS NULL
                        """)
                    .bind("beacon", beacon)
                    .bind("campaign", campaign)
                    .bind("line", line)
                    .execute())
        == 1;
  }

  /// Changes a line while nobody else can: the row is locked from reading to writing, so that
  /// several nodes never count the same second twice.
  ///
  /// @return the row as it is now stored
  LineRow change(int id, UnaryOperator<LineRow> change) {
    return jdbi.inTransaction(
        handle -> {
          LineRow before =
              handle
                  .createQuery(
                      "SELECT " + COLUMNS + " FROM waitingroom.line WHERE id = :id FOR UPDATE")
                  .bind("id", id)
                  .map((row, _) -> row(row))
                  .one();
          LineRow after = change.apply(before);
          write(handle, after);
          return after;
        });
  }

  private static void write(Handle handle, LineRow row) {
    handle
        .createUpdate(
            """
            UPDATE waitingroom.line
            SET lobby_size = :lobbySize, drawn_at = :drawnAt, serving = :serving,
                credit = :credit, ticked_at = :tickedAt
            WHERE id = :id
            """)
        .bind("id", row.id())
        .bind("lobbySize", row.lobbySize())
        .bind("drawnAt", utc(row.drawnAt()))
        .bind("serving", row.pace().serving())
        .bind("credit", row.pace().credit())
        .bind("tickedAt", utc(row.pace().tickedAt()))
        .execute();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }

  private static LineRow row(ResultSet row) throws SQLException {
    return new LineRow(
        row.getInt("id"),
        row.getString("campaign"),
        row.getInt("line"),
        Seed.of(row.getBytes("seed")),
        row.getString("beacon"),
        row.getLong("next_number") - 1,
        row.getObject("lobby_size", Long.class),
        instant(row, "drawn_at"),
        new Pace(row.getLong("serving"), row.getLong("credit"), instant(row, "ticked_at")));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
