package dev.naru.identity.check;

import dev.naru.common.text.LocalText;
import dev.naru.identity.provider.Start;

/// Why nobody was identified, or not yet, in order of precedence.
public sealed interface Unfinished extends Completed, Identified {
  /// There is no such provider.
  record ProviderUnknown() implements Unfinished {}

  /// The request paper is not ours, or was given for another provider or another purpose.
  record RequestForged() implements Unfinished {}

  /// The request paper is past its time.
  record RequestExpired() implements Unfinished {}

  /// The check was begun on another device, or in another session.
  record OtherDevice() implements Unfinished {}

  /// There is no such campaign any more.
  record CampaignUnknown() implements Unfinished {}

  /// A field is missing or wrong.
  record Malformed(String field, LocalText expected) implements Unfinished {}

  /// The provider is down, too slow or has too much to do.
  record ProviderUnavailable() implements Unfinished {}

  /// It is not over: the page has something to do first.
  record Pending(Start next) implements Unfinished {}

  /// The provider says that it is not this person.
  record NotVerified(LocalText reason) implements Unfinished {}
}
