package dev.naru.app;

import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.eligibility.Entitlement;
import dev.naru.common.eligibility.Membership;
import dev.naru.common.paper.Papers;
import dev.naru.waitingroom.WaitingRoom;
import dev.naru.waitingroom.control.Orders;
import dev.naru.waitingroom.line.LineOrder;
import dev.naru.waitingroom.line.LineState;
import dev.naru.waitingroom.line.StoreAwayException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What an operator does at the lines from the command line, beside a running Naru or without one.
public final class LineDesk implements AutoCloseable {
  private static final int JOURNAL = 10;

  private final WaitingRoom room;

  private LineDesk(WaitingRoom room) {
    this.room = room;
  }

  /// Opens the lines of an installation, as one more node that nobody calls.
  ///
  /// @param keys of the installation
  public static LineDesk open(Store store, KeyFile keys) {
    InstantSource clock = InstantSource.system();
    Campaigns campaigns = new Campaigns(store.database().dataSource(), clock);
    campaigns.refresh();
    Secrets secrets = keys.of(store.database().dataSource());
    return new LineDesk(
        WaitingRoom.beside(
            store.lines(),
            new Papers(secrets.papers(), clock),
            clock,
            new SecureRandom(),
            // Nobody joins here.
            new CampaignDesk(campaigns, new Entitlement((_, _) -> Membership.NO_LISTS, clock)),
            secrets.seeds()));
  }

  /// Writes all tickets of a drawn line as CSV, without persons.
  ///
  /// @return how many; 0 when there is no such line, or it is not drawn yet
  /// @throws IOException when `out` does not take it
  public long export(String campaign, int line, Appendable out) throws IOException {
    try {
      return room.tickets().export(campaign, line, out);
    } catch (StoreAwayException e) {
      throw new IllegalStateException("the tickets cannot be read", e);
    }
  }

  /// Names the public value that will be mixed into a draw.
  ///
  /// @return false when there is no such line, or it is drawn already
  public boolean setBeacon(String campaign, int line, String beacon) {
    return room.lines().setBeacon(campaign, line, beacon);
  }

  /// Announces where the beacon of a draw will come from; the draw then waits for its value.
  ///
  /// @return false when there is no such line, something was announced before, or it is too late
  public boolean announceBeacon(String campaign, int line, String source) {
    return room.lines().announceBeacon(campaign, line, source);
  }

  /// Gives an order that counts on all nodes from their next tick.
  ///
  /// @param by who gives it
  /// @return what counts now; empty when there is no such line
  /// @throws IllegalArgumentException when the orders contradict each other
  public Optional<Orders> order(
      String campaign, int line, String by, UnaryOperator<Orders> change) {
    return room.lines().order(campaign, line, by, change);
  }

  /// How a line stands; empty when there is no such line.
  public Optional<LineState> state(String campaign, int line) {
    return Optional.ofNullable(room.lines().of(campaign, line));
  }

  /// The last ten orders, the latest first.
  public List<LineOrder> journal(String campaign, int line) {
    return room.lines().journal(campaign, line, JOURNAL);
  }

  @Override
  public void close() {
    room.close();
  }
}
