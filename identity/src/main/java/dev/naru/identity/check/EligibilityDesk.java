package dev.naru.identity.check;

import dev.naru.common.eligibility.Applicant;
import org.jspecify.annotations.Nullable;

/// Knows the campaigns and who may take part in them. Answers from memory: it is asked on the event
/// loop.
public interface EligibilityDesk {
  /// Whether there is such a campaign.
  boolean knows(String campaign);

  /// Whether somebody who was just verified may take part now.
  ///
  /// @return null when there is no such campaign
  @Nullable CampaignEligibility of(String campaign, Applicant applicant);
}
