package dev.naru.waitingroom.line;

import dev.naru.waitingroom.control.Orders;
import dev.naru.waitingroom.draw.Seed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A line as stored. Holds the seed, which is secret until the draw: stays in this package.
///
/// @param joined the last number given
/// @param lobbySize null until the opening
/// @param control null before the first step
/// @param orders what operators ordered last
record LineRow(
    LineKey key,
    String campaign,
    int line,
    Seed seed,
    @Nullable String beacon,
    @Nullable String beaconSource,
    long joined,
    @Nullable Long lobbySize,
    @Nullable Instant drawnAt,
    Pace pace,
    @Nullable ControlMemory control,
    Orders orders) {

  /// Whether nobody has a number yet: until then it can be decided anew where the line is kept.
  boolean isFresh() {
    return key.keeper() == null && joined == 0 && lobbySize == null;
  }

  /// The same, with the lobby as it was frozen.
  LineRow frozen(long size, Instant at) {
    return new LineRow(
        key,
        campaign,
        line,
        seed,
        beacon,
        beaconSource,
        Math.max(joined, size),
        size,
        at,
        pace,
        control,
        orders);
  }

  /// Whether the draw can be made: the lobby is frozen, and a beacon that was announced is there.
  boolean isDrawn() {
    return lobbySize != null && (beaconSource == null || beacon != null);
  }
}
