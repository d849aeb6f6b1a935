package dev.naru.identity.helping;

/// What came of entering a person's code, in order of precedence.
public sealed interface HelpingResult {
  /// The campaign allows no helping.
  record Forbidden() implements HelpingResult {}

  /// Too many wrong codes came from this helper, or from their address.
  ///
  /// @param secondsLeft until the next one is looked at
  record TooManyTries(long secondsLeft) implements HelpingResult {}

  /// No code that is good: mistyped, used, too old, or of another campaign.
  record WrongCode() implements HelpingResult {}

  /// It is the helper's own.
  record Self() implements HelpingResult {}

  /// Only staff of the campaign's offices may help.
  record StaffOnly() implements HelpingResult {}

  /// The helper has helped as many people as anybody may.
  record TooManyPeople(int most) implements HelpingResult {}

  /// On disk, and the code is used up.
  record Begun(Helping helping) implements HelpingResult {}
}
