package dev.naru.identity.check;

/// What came of finishing a check.
public sealed interface Completed
    permits Unfinished, Completed.SessionElsewhere, Completed.NotStored, Completed.Verified {
  /// Another device of the person was first.
  record SessionElsewhere(long secondsLeft) implements Completed {}

  /// The session, or that its check has had it, could not be written to disk; nobody has a paper.
  record NotStored() implements Completed {}

  /// The person is known and this device has the session.
  ///
  /// @param session the signed session paper
  /// @param lasts seconds until it runs out
  record Verified(String session, long lasts, String maskedName, CampaignEligibility eligibility)
      implements Completed {}
}
