package dev.naru.identity.check;

import dev.naru.common.text.LocalText;
import dev.naru.identity.provider.Start;

/// What came of finishing a check, in order of precedence.
public sealed interface Completed {
  /// There is no such provider.
  record ProviderUnknown() implements Completed {}

  /// The request paper is not ours, or was given for another provider.
  record RequestForged() implements Completed {}

  /// The request paper is past its time.
  record RequestExpired() implements Completed {}

  /// The check was begun on another device.
  record OtherDevice() implements Completed {}

  /// There is no such campaign any more.
  record CampaignUnknown() implements Completed {}

  /// A field is missing or wrong.
  record Malformed(String field, LocalText expected) implements Completed {}

  /// The provider is down, too slow or has too much to do.
  record ProviderUnavailable() implements Completed {}

  /// It is not over: the page has something to do first.
  record Pending(Start next) implements Completed {}

  /// The provider says that it is not this person.
  record NotVerified(LocalText reason) implements Completed {}

  /// Another device of the person was first.
  record SessionElsewhere(long secondsLeft) implements Completed {}

  /// The session could not be written to disk; nothing has changed.
  record NotStored() implements Completed {}

  /// The person is known and this device has the session.
  ///
  /// @param session the signed session paper
  /// @param lasts seconds until it runs out
  record Verified(String session, long lasts, String maskedName, CampaignEligibility eligibility)
      implements Completed {}
}
