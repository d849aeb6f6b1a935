package dev.naru.waitingroom.line;

import dev.naru.common.eligibility.BookingWindow;
import dev.naru.waitingroom.control.CallRange;
import dev.naru.waitingroom.control.ControlState;
import dev.naru.waitingroom.control.Door;
import dev.naru.waitingroom.control.Orders;
import dev.naru.waitingroom.draw.Draw;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// What everybody may know of a line, as of the last tick.
///
/// @param key by which the stores know it
/// @param campaign id
/// @param zone in which its times are shown
/// @param window whose line it is
/// @param perMinute how many are called in a minute; 0 when nobody is
/// @param entering how many may enter in a minute; less than are called, because not all come
/// @param entered how many of the called have entered
/// @param standing how many of the called stand at a full door, about
/// @param comes which part of the called comes, a third to 1
/// @param range between which paces people were called of late
/// @param orders what operators ordered
/// @param passTime how long somebody may book once they have entered
/// @param commitment SHA-256 of the seed, in hex
/// @param beaconSource where the beacon of the draw will come from; null when none was announced
/// @param frozen how many were in the lobby at the opening; null before
/// @param draw null until it is made: at the opening, or when an announced beacon is there
/// @param drawnAt when the lobby was frozen; null until the opening
/// @param joined the last number given
/// @param serving the last place called
/// @param asOf when this was read from the database
public record LineState(
    LineKey key,
    String campaign,
    ZoneId zone,
    BookingWindow window,
    int perMinute,
    int entering,
    long entered,
    long standing,
    double comes,
    CallRange range,
    Orders orders,
    Duration passTime,
    String commitment,
    @Nullable String beaconSource,
    @Nullable Long frozen,
    @Nullable Draw draw,
    @Nullable Instant drawnAt,
    long joined,
    long serving,
    Instant asOf) {

  static LineState of(
      LineRow row,
      CampaignLines campaign,
      BookingWindow window,
      @Nullable LineState before,
      Instant asOf) {
    Orders orders = row.orders();
    ControlState control =
        row.control() == null
            ? ControlState.start(orders.limits(campaign.admitPerMinute()))
            : row.control().state();
    return new LineState(
        row.key(),
        row.campaign(),
        campaign.zone(),
        window,
        orders.door() == Door.OPEN ? control.callPerMinute() : 0,
        (int) Math.max(1, Math.round(control.pace())),
        row.control() == null ? 0 : row.control().entered(),
        Math.round(control.standing()),
        control.comes(),
        control.range(),
        orders,
        campaign.passTime(),
        row.seed().commitment(),
        row.beaconSource(),
        row.lobbySize(),
        draw(row, before),
        row.drawnAt(),
        row.joined(),
        row.pace().serving(),
        asOf);
  }

  /// A draw never changes once it is made, and making its tables again each second would cost.
  private static @Nullable Draw draw(LineRow row, @Nullable LineState before) {
    Long size = row.lobbySize();
    if (size == null || !row.isDrawn()) {
      return null;
    }
    return before != null && before.draw() != null
        ? before.draw()
        : new Draw(row.seed(), size, row.beacon());
  }

  /// Where the line stands.
  public Phase phase(Instant now) {
    Phase phase = Phase.of(window, now, draw != null);
    return phase != Phase.OVER && isClosed() ? Phase.CLOSED : phase;
  }

  /// Whether an operator has closed the line.
  public boolean isClosed() {
    return orders.door() == Door.CLOSED;
  }

  /// In how many seconds so many people are called at the present pace; a day when nobody is.
  public long secondsFor(long people) {
    return perMinute == 0 ? Duration.ofDays(1).toSeconds() : people * 60 / perMinute;
  }

  /// The place of a number; null for somebody in the lobby before the draw.
  public @Nullable Long placeOf(long number) {
    return draw == null ? null : Long.valueOf(draw.placeOf(number));
  }

  /// Whether a number takes or took part in the draw.
  public boolean isLobby(long number) {
    return frozen == null || number <= frozen;
  }

  /// How many people the lobby holds or held.
  public long lobbySize() {
    return frozen == null ? joined : frozen;
  }
}
