package dev.naru.waitingroom.line;

import dev.naru.common.eligibility.Decision;
import dev.naru.common.paper.Paper;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the line knows of campaigns. Answered from memory: it is asked on the event loop.
public interface LineCalendar {
  /// The ids of all campaigns there are.
  Set<String> campaigns();

  /// The windows and pace of a campaign.
  ///
  /// @param campaign as a caller spelled it
  /// @return null when there is no such campaign
  @Nullable CampaignLines of(String campaign);

  /// Whether somebody may join the line now, and which.
  ///
  /// @param session a verified, live session
  Decision decide(Paper session);

  /// The same for somebody who does not ask to join.
  Decision look(Paper session);
}
