package dev.naru.identity.helping;

import dev.naru.identity.check.Unfinished;

/// What came of asking to act for a person, with their code or with an identity check that they
/// answer by telephone; in order of precedence.
public sealed interface HelpingResult {
  /// The campaign allows no helping.
  record Forbidden() implements HelpingResult {}

  /// Only staff of the campaign's offices may help callers.
  record NotStaff() implements HelpingResult {}

  /// Too many wrong codes came from this helper, or from their address.
  ///
  /// @param secondsLeft until the next one is looked at
  record TooManyTries(long secondsLeft) implements HelpingResult {}

  /// A member of staff has begun too many checks for callers.
  ///
  /// @param secondsLeft until they may begin the next one
  record TooManyCalls(long secondsLeft) implements HelpingResult {}

  /// The caller is not identified, or not yet.
  record Open(Unfinished why) implements HelpingResult {}

  /// The helping that this check of a caller has begun is over.
  record Over() implements HelpingResult {}

  /// No code that is good: mistyped, used, too old, or of another campaign.
  record WrongCode() implements HelpingResult {}

  /// It is the helper's own.
  record Self() implements HelpingResult {}

  /// Only staff of the campaign's offices may help.
  record StaffOnly() implements HelpingResult {}

  /// The helper has helped as many people as anybody may.
  record TooManyPeople(int most) implements HelpingResult {}

  /// On disk, and the code is used up. A check of a caller gives the same again.
  record Begun(Helping helping) implements HelpingResult {}
}
