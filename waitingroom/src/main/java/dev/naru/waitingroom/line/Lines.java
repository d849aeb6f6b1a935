package dev.naru.waitingroom.line;

import dev.naru.common.eligibility.BookingWindow;
import dev.naru.waitingroom.draw.Seed;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// All lines of all campaigns: makes them, draws at the opening, moves them on, and holds in memory
/// what everybody may know of them.
public final class Lines {
  /// Long enough for any hash or round of a public randomness beacon.
  private static final int LONGEST_BEACON = 200;

  private record Key(String campaign, int line) {}

  private final LineStore store;
  private final LineCalendar calendar;
  private final InstantSource clock;
  private final RandomGenerator random;
  private volatile Map<Key, LineState> states = Map.of();

  /// @param random where the secret seeds come from: a cryptographic generator
  public Lines(
      DataSource database, LineCalendar calendar, InstantSource clock, RandomGenerator random) {
    this.store = new LineStore(database);
    this.calendar = calendar;
    this.clock = clock;
    this.random = random;
  }

  /// The line of a window as of the last tick; null when there is none (yet).
  public @Nullable LineState of(String campaign, int line) {
    return states.get(new Key(campaign, line));
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
    if (beacon.isBlank() || beacon.length() > LONGEST_BEACON) {
      throw new IllegalArgumentException("a beacon has 1 to 200 characters");
    }
    return store.setBeacon(campaign, line, beacon);
  }

  /// Makes lines of new windows, draws those that open, moves the open ones on. What it did is
  /// durable before anybody can see it. Any number of nodes may do it at the same time.
  public synchronized void tick() {
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
            next.put(key, moved(row, campaign, window));
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
          store.create(id, window.line(), Seed.random(random));
          created = true;
        }
      }
    }
    return created;
  }

  private LineState moved(LineRow row, CampaignLines campaign, BookingWindow window) {
    Instant now = now();
    LineRow moved =
        window.isOpen(now)
            ? store.change(row.id(), locked -> open(locked, campaign.admitPerMinute()))
            : row;
    return LineState.of(moved, campaign, window, of(campaign.campaign(), window.line()), now);
  }

  /// The time is taken after the row is locked: whoever joined before is in the lobby.
  private LineRow open(LineRow row, int perMinute) {
    Instant now = now();
    Long lobbySize = row.lobbySize();
    return new LineRow(
        row.id(),
        row.campaign(),
        row.line(),
        row.seed(),
        row.beacon(),
        row.joined(),
        lobbySize == null ? Long.valueOf(row.joined()) : lobbySize,
        lobbySize == null ? now : row.drawnAt(),
        PaceRules.tick(row.pace(), row.joined(), now, perMinute));
  }

  /// PostgreSQL keeps microseconds; the rest would come back as a difference.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
