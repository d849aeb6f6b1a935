package dev.naru.waitingroom.ticket;

import dev.naru.common.eligibility.Decision;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// What came of joining a line.
public sealed interface JoinResult {
  /// The person has a number; the same one however often they ask.
  ///
  /// @param ticket the signed paper, until the window closes
  /// @param line the window's number
  /// @param number from 1
  /// @param lobby whether the number takes part in the draw
  /// @param place null until the draw
  record Joined(String ticket, int line, long number, boolean lobby, @Nullable Long place)
      implements JoinResult {}

  /// The person may not join now.
  ///
  /// @param zone in which their windows are shown
  record NotEligible(Decision.Refused decision, ZoneId zone) implements JoinResult {}

  /// An operator has closed the line.
  record Closed() implements JoinResult {}

  /// There is no such campaign.
  record CampaignUnknown() implements JoinResult {}

  /// The session is for another campaign.
  record OtherCampaign() implements JoinResult {}

  /// More people want to join at this moment than can be written down.
  record Busy() implements JoinResult {}

  /// The store does not answer. The person may have a number already, or not; it will show when
  /// they ask again.
  record Away() implements JoinResult {}
}
