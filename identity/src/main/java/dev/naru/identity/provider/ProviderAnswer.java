package dev.naru.identity.provider;

import dev.naru.common.text.LocalText;

/// What came of a check.
public sealed interface ProviderAnswer {
  /// The provider knows the person.
  record Verified(VerifiedPerson person) implements ProviderAnswer {}

  /// It is not over: the page has something to do, or to wait for, and then asks again.
  record Pending(Start next) implements ProviderAnswer {}

  /// It is not known to be this person.
  ///
  /// @param reason for the person who reads it
  /// @param asked whether the provider says so; otherwise what was sent is not right, such as a
  ///   wrong code or an altered result, which says nothing about how the provider does
  record NotVerified(LocalText reason, boolean asked) implements ProviderAnswer {
    /// The provider says so.
    public static NotVerified byProvider(LocalText reason) {
      return new NotVerified(reason, true);
    }

    /// What was sent is not right.
    public static NotVerified byUs(LocalText reason) {
      return new NotVerified(reason, false);
    }
  }

  /// Something is missing or wrong in what was sent; the provider was not asked.
  ///
  /// @param field its name
  /// @param expected what would be right
  record Malformed(String field, LocalText expected) implements ProviderAnswer {}

  /// The provider is down, too slow or has too much to do.
  record Unavailable() implements ProviderAnswer {}
}
