package dev.naru.waitingroom.line;

import dev.naru.common.eligibility.BookingWindow;
import dev.naru.waitingroom.control.AdmissionControl;
import dev.naru.waitingroom.control.BookingLoad;
import dev.naru.waitingroom.control.BookingSignal;
import dev.naru.waitingroom.control.ControlState;
import dev.naru.waitingroom.control.Door;
import dev.naru.waitingroom.control.Orders;
import dev.naru.waitingroom.draw.SeedSealer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// All lines of all campaigns: makes them, draws at the opening, moves them on, and holds in memory
/// what everybody may know of them.
public final class Lines {
  /// Long enough for any hash or round of a public randomness beacon.
  private static final int LONGEST_BEACON = 200;

  private record Key(String campaign, int line) {}

  private static final int LONGEST_NAME = 100;

  private final LineStore store;
  private final OrderStore orders;
  private final LineCalendar calendar;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final BookingSignal booking;
  private final UUID node;
  private final Map<LineKey, LongAdder> turnedAway = new ConcurrentHashMap<>();
  private volatile Map<Key, LineState> states = Map.of();

  /// @param random where the secret seeds come from: a cryptographic generator
  /// @param sealer keeps them secret until the opening
  /// @param booking how busy the booking station of this process is
  public Lines(
      LineHome home,
      LineCalendar calendar,
      InstantSource clock,
      RandomGenerator random,
      SeedSealer sealer,
      BookingSignal booking) {
    this.store = LineStore.in(home, sealer);
    this.orders = new OrderStore(home.database());
    this.calendar = calendar;
    this.clock = clock;
    this.random = random;
    this.booking = booking;
    this.node = new UUID(random.nextLong(), random.nextLong());
  }

  /// The name of this process among the nodes.
  public UUID node() {
    return node;
  }

  /// The line of a window as of the last tick; null when there is none (yet).
  public @Nullable LineState of(String campaign, int line) {
    return states.get(new Key(campaign, line));
  }

  /// Notes that somebody was told at a full door to come back. Does not block; it counts from the
  /// next tick.
  public void turnedAway(LineKey line) {
    turnedAway.computeIfAbsent(line, _ -> new LongAdder()).increment();
  }

  /// What was promised for each line of a campaign, in order, so that nobody can choose a seed
  /// afterwards: SHA-256 of the seed, in hex.
  public List<String> commitments(String campaign) {
    CampaignLines lines = calendar.of(campaign);
    if (lines == null) {
      return List.of();
    }
    List<String> commitments = new ArrayList<>();
    for (BookingWindow window : lines.windows()) {
      LineState state = of(campaign, window.line());
      if (state != null) {
        commitments.add(state.commitment());
      }
    }
    return List.copyOf(commitments);
  }

  /// Names the public value that is mixed into a draw.
  ///
  /// @param beacon 1 to 200 characters
  /// @return false when there is no such line or its draw has been made
  public boolean setBeacon(String campaign, int line, String beacon) {
    refuseBeacon(beacon);
    return store.setBeacon(campaign, line, beacon);
  }

  /// Announces where the beacon of a draw will come from, such as a round of a public randomness
  /// service after the opening. The draw then waits for its value.
  ///
  /// @param source 1 to 200 characters
  /// @return false when there is no such line, something was announced before, or it is too late
  public boolean announceBeacon(String campaign, int line, String source) {
    refuseBeacon(source);
    return store.announceBeacon(campaign, line, source);
  }

  private static void refuseBeacon(String text) {
    if (text.isBlank() || text.length() > LONGEST_BEACON) {
      throw new IllegalArgumentException("a beacon and its source have 1 to 200 characters");
    }
  }

  /// Gives an order. It counts from the next tick, on all nodes.
  ///
  /// @param by who gives it, 1 to 100 characters, for the journal
  /// @param change from all that counted before to all that counts from now on
  /// @return what counts now; empty when there is no such line
  /// @throws IllegalArgumentException when the orders contradict each other
  public Optional<Orders> order(
      String campaign, int line, String by, UnaryOperator<Orders> change) {
    if (by.isBlank() || by.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("an order needs a name of 1 to 100 characters");
    }
    return orders.give(campaign, line, by, now(), change);
  }

  /// The latest orders of a line, the last one first.
  ///
  /// @param most how many
  public List<LineOrder> journal(String campaign, int line, int most) {
    return orders.journal(campaign, line, most);
  }

  /// Makes lines of new windows, draws those that open, moves the open ones on. What it did is
  /// durable before anybody can see it. Any number of nodes may do it at the same time.
  public void tick() {
    refresh(true);
  }

  /// Makes lines of new windows and reads how all of them stand, moving none.
  public void look() {
    refresh(false);
  }

  private synchronized void refresh(boolean move) {
    Set<String> campaigns = calendar.campaigns();
    Map<Key, LineRow> rows = read(campaigns);
    if (createMissing(campaigns, rows)) {
      rows = read(campaigns);
    }
    Map<Key, LineState> next = new HashMap<>();
    for (String id : campaigns) {
      CampaignLines campaign = calendar.of(id);
      if (campaign != null) {
        for (BookingWindow window : campaign.windows()) {
          Key key = new Key(id, window.line());
          LineRow row = rows.get(key);
          if (row != null) {
            next.put(key, state(row, campaign, window, move));
          }
        }
      }
    }
    states = Map.copyOf(next);
  }

  private Map<Key, LineRow> read(Set<String> campaigns) {
    Map<Key, LineRow> rows = new HashMap<>();
    store.read(campaigns).forEach(row -> rows.put(new Key(row.campaign(), row.line()), row));
    return rows;
  }

  private boolean createMissing(Set<String> campaigns, Map<Key, LineRow> rows) {
    boolean created = false;
    for (String id : campaigns) {
      CampaignLines campaign = calendar.of(id);
      List<BookingWindow> windows = campaign == null ? List.of() : campaign.windows();
      for (BookingWindow window : windows) {
        if (!rows.containsKey(new Key(id, window.line()))) {
          store.create(id, window.line(), random);
          created = true;
        }
      }
    }
    return created;
  }

  private LineState state(LineRow row, CampaignLines campaign, BookingWindow window, boolean move) {
    Instant now = now();
    if (now.isBefore(window.closes()) && !store.keeps(row)) {
      throw new IllegalStateException(
          "line %d of %s is kept in %s, because its first number was given there (docs/line.md)"
              .formatted(
                  row.line(),
                  row.campaign(),
                  row.key().keeper() == null ? "PostgreSQL" : "a Valkey"));
    }
    if (window.isOpen(now)) {
      report(campaign);
      reportTurnedAway(row.key());
    }
    LineRow latest = move && window.isOpen(now) ? moved(row, campaign) : row;
    return LineState.of(latest, campaign, window, of(campaign.campaign(), window.line()), now);
  }

  /// Every node says how busy its booking is, whoever moves the line.
  private void report(CampaignLines campaign) {
    BookingLoad load = booking.of(campaign.campaign());
    if (load != null) {
      store.report(node, campaign.campaign(), load, now());
    }
  }

  private void reportTurnedAway(LineKey line) {
    LongAdder counted = turnedAway.get(line);
    long times = counted == null ? 0 : counted.sumThenReset();
    if (times > 0) {
      store.turnedAway(line, times);
    }
  }

  private LineRow moved(LineRow row, CampaignLines campaign) {
    return store.change(
        row, now(), (latest, counters) -> open(latest, counters, campaign.admitPerMinute()));
  }

  /// Whoever joined before the lobby is frozen is in it.
  private LineRow open(LineRow row, ControlMemory.Counters counters, int campaignPace) {
    Instant now = now();
    Long lobbySize = row.lobbySize();
    boolean drawn = row.beaconSource() == null || row.beacon() != null;
    boolean calling = drawn && row.orders().door() == Door.OPEN;
    ControlMemory control = controlled(row, counters, campaignPace, now);
    return new LineRow(
        row.key(),
        row.campaign(),
        row.line(),
        row.seed(),
        row.beacon(),
        row.beaconSource(),
        row.joined(),
        lobbySize == null ? Long.valueOf(row.joined()) : lobbySize,
        lobbySize == null ? now : row.drawnAt(),
        calling
            ? PaceRules.tick(row.pace(), row.joined(), now, control.state().callPerMinuteNow())
            : PaceRules.hold(row.pace(), now),
        control,
        row.orders());
  }

  private static ControlMemory controlled(
      LineRow row, ControlMemory.Counters counters, int campaignPace, Instant now) {
    Orders.Limits limits = row.orders().limits(campaignPace);
    ControlMemory before = row.control();
    Instant since = row.pace().tickedAt();
    long serving = row.pace().serving();
    if (before == null || since == null) {
      return ControlMemory.of(ControlState.start(limits), counters, serving);
    }
    double seconds = Duration.between(since, now).toNanos() / 1e9;
    return ControlMemory.of(
        AdmissionControl.step(
            before.state(),
            before.since(counters, serving, seconds, now),
            limits,
            row.orders().door() == Door.OPEN),
        counters,
        serving);
  }

  /// PostgreSQL keeps microseconds; the rest would come back as a difference.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
