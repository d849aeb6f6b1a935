package dev.naru.waitingroom.line;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The status pages of all campaigns, in memory. Touches no database, so that it stays up and says
/// what is happening when the database does not.
public final class StatusBoard {
  private final Lines lines;
  private final LineCalendar calendar;
  private final InstantSource clock;
  private final ObjectMapper json = new ObjectMapper();
  private volatile Map<String, StatusPage> pages = Map.of();

  public StatusBoard(Lines lines, LineCalendar calendar, InstantSource clock) {
    this.lines = lines;
    this.calendar = calendar;
    this.clock = clock;
  }

  /// Writes all pages anew; once a second.
  public void render() {
    Instant now = clock.instant();
    Map<String, StatusPage> next = new HashMap<>();
    for (String id : calendar.campaigns()) {
      CampaignLines campaign = calendar.of(id);
      if (campaign != null) {
        LineState state = lines.of(id, campaign.relevant(now).line());
        if (state != null) {
          next.put(id, new StatusPage(LineStatus.of(state, now), json));
        }
      }
    }
    pages = Map.copyOf(next);
  }

  /// The page of a campaign; null when there is none (yet).
  public @Nullable StatusPage of(String campaign) {
    return pages.get(campaign);
  }
}
