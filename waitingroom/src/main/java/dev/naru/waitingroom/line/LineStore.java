package dev.naru.waitingroom.line;

import dev.naru.waitingroom.control.BookingLoad;
import dev.naru.waitingroom.draw.SeedSealer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// How the lines stand.
interface LineStore {
  /// A node that has said nothing for so long is not asked any more.
  Duration FRESH = Duration.ofSeconds(5);

  /// After so long it is forgotten.
  Duration FORGOTTEN = Duration.ofHours(1);

  /// The one of a home.
  ///
  /// @param sealer with a key that is not in the database: who reads or copies it learns no seed
  static LineStore in(LineHome home, SeedSealer sealer) {
    return switch (home) {
      case LineHome.InPostgres(var database) -> new PostgresLineStore(database, sealer);
      case LineHome.InValkey(var database, var valkey) ->
          new ValkeyLineStore(new PostgresLineStore(database, sealer), valkey);
    };
  }

  /// Whether a line is kept in this home. Another one may be shown as PostgreSQL knows it; it
  /// cannot be joined, moved or entered.
  boolean keeps(LineRow row);

  /// @throws IllegalStateException when this home has lost a line that it kept
  List<LineRow> read(Collection<String> campaigns);

  /// Makes a line with a new seed; another node may have been quicker, then nothing happens.
  void create(String campaign, int line, RandomGenerator random);

  /// Names the public value of a draw that has not been made.
  ///
  /// @return whether there is such a line and it was not drawn yet
  boolean setBeacon(String campaign, int line, String beacon);

  /// Announces where the beacon of a draw will come from.
  ///
  /// @return whether there is such a line, nothing was announced before and it is not drawn yet
  boolean announceBeacon(String campaign, int line, String source);

  /// How a line changes.
  @FunctionalInterface
  interface Change {
    LineRow of(LineRow latest, ControlMemory.Counters counters);
  }

  /// Changes a line that this home keeps so that several nodes never count the same second twice.
  ///
  /// @param row as it was read before; the change gets the latest
  /// @return the row as it is now stored
  LineRow change(LineRow row, Instant now, Change change);

  /// Counts how often somebody was told at a full door to come back.
  void turnedAway(LineKey line, long times);

  /// Writes down how busy booking is on a node.
  void report(UUID node, String campaign, BookingLoad load, Instant now);
}
