package dev.naru.waitingroom.admission;

import java.time.Instant;

/// What came of asking to enter.
public sealed interface AdmissionResult {
  /// May book.
  ///
  /// @param pass the signed paper
  /// @param expires when it stops being valid
  record Admitted(String pass, Instant expires) implements AdmissionResult {}

  /// The place was not called yet.
  ///
  /// @param place of the person; 0 before the draw
  /// @param serving the last place called
  /// @param retrySeconds when to ask again
  record NotCalled(long place, long serving, int retrySeconds) implements AdmissionResult {}

  /// Another live session of the same person may book now.
  ///
  /// @param secondsLeft until its pass ends
  record PassElsewhere(long secondsLeft) implements AdmissionResult {}

  /// Not a ticket of ours, not of this person, or not of this campaign.
  record TicketInvalid() implements AdmissionResult {}

  /// The window has closed, or is not open yet.
  record WindowClosed() implements AdmissionResult {}

  /// Too many called people enter at this moment.
  ///
  /// @param retrySeconds when to ask again
  record Busy(int retrySeconds) implements AdmissionResult {}

  /// There is no such campaign.
  record CampaignUnknown() implements AdmissionResult {}

  /// The session is for another campaign.
  record OtherCampaign() implements AdmissionResult {}

  /// The store does not answer; nobody is admitted.
  record Away() implements AdmissionResult {}
}
