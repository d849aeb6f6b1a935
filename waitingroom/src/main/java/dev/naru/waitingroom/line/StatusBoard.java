package dev.naru.waitingroom.line;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The status pages of all campaigns, in memory, so that they stay up and say what is happening
/// when the database does not. Of several nodes one writes them, and the others show the same
/// bytes.
public final class StatusBoard {
  private final StatusStore store;
  private final UUID node;
  private final Lines lines;
  private final LineCalendar calendar;
  private final InstantSource clock;
  private final ObjectMapper json = new ObjectMapper();
  private volatile Map<String, StatusPage> pages = Map.of();
  private volatile boolean writes;

  /// @param node a name of its own for this process
  public StatusBoard(
      LineHome home, UUID node, Lines lines, LineCalendar calendar, InstantSource clock) {
    this.store = StatusStore.in(home);
    this.node = node;
    this.lines = lines;
    this.calendar = calendar;
    this.clock = clock;
  }

  /// Takes or renews the right to move the lines and to write for all nodes.
  ///
  /// @return whether this node has it now
  public boolean hold() {
    writes = false;
    writes = store.hold(node);
    return writes;
  }

  /// Whether this node moves the lines and writes for all, as far as it knows.
  public boolean writes() {
    return writes;
  }

  /// Lets another node go on at once.
  public void release() {
    writes = false;
    store.release(node);
  }

  /// Writes all pages anew, for this node; once a second.
  public void render() {
    pages = written(Map.of());
  }

  /// Writes all pages anew, for all nodes.
  public void publish() {
    render();
    Map<String, byte[]> written = new HashMap<>();
    pages.forEach((campaign, page) -> written.put(campaign, page.plain()));
    store.write(node, written);
  }

  /// Shows what the node that has the beat has written.
  public void follow() {
    pages = written(store.read());
  }

  /// @param others pages to show as they are
  private Map<String, StatusPage> written(Map<String, byte[]> others) {
    Instant now = clock.instant();
    Map<String, StatusPage> next = new HashMap<>();
    for (String id : calendar.campaigns()) {
      CampaignLines campaign = calendar.of(id);
      LineState state = campaign == null ? null : lines.of(id, campaign.relevant(now).line());
      if (state != null) {
        LineStatus status = LineStatus.of(state, now);
        byte[] other = others.get(id);
        next.put(id, other == null ? StatusPage.of(status, json) : new StatusPage(status, other));
      }
    }
    return Map.copyOf(next);
  }

  /// The page of a campaign; null when there is none (yet).
  public @Nullable StatusPage of(String campaign) {
    return pages.get(campaign);
  }
}
