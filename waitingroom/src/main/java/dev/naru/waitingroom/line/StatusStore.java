package dev.naru.waitingroom.line;

import java.util.Map;
import java.util.UUID;

/// Who of several nodes has the beat, and the status as that one wrote it.
interface StatusStore {
  /// How long the beat lasts: one that is late by half a second loses nothing. A node that is
  /// killed is followed within this time and the next look of another, which comes each second:
  /// well within three in all.
  long BEAT_MILLIS = 1_700;

  /// The one of a home.
  static StatusStore in(LineHome home) {
    return switch (home) {
      case LineHome.InPostgres(var database) -> new PostgresStatusStore(database);
      case LineHome.InValkey(_, var valkey) -> new ValkeyStatusStore(valkey);
    };
  }

  /// Takes or renews the beat.
  ///
  /// @return whether this node has it now
  boolean hold(UUID node);

  /// Gives the beat back, so that another node need not wait for its end.
  void release(UUID node);

  /// Replaces the pages of campaigns, unless somebody else has the beat by now.
  void write(UUID node, Map<String, byte[]> pages);

  /// The page of each campaign.
  Map<String, byte[]> read();
}
