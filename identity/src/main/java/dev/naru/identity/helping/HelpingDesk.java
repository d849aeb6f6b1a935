package dev.naru.identity.helping;

import dev.naru.common.person.PersonKey;
import org.jspecify.annotations.Nullable;

/// Knows which campaigns allow helping. Answers from memory: it is asked on the event loop.
public interface HelpingDesk {
  /// @return null when there is no such campaign, or it allows no helping
  @Nullable HelpingTerms terms(String campaign);

  /// Whether somebody is staff of an office that helps in a campaign.
  boolean isStaff(String campaign, PersonKey person);

  /// Whether any campaign allows helping.
  boolean isAllowedAnywhere();
}
