package dev.naru.identity.helping;

import java.time.Duration;

/// How long codes last, how many wrong ones are taken, and how many callers.
///
/// @param codeTime how long a code is good for
/// @param window in which wrong codes are counted
/// @param perHelper wrong codes of one helper in the window
/// @param perAddress wrong codes from one address in the window, over all helpers
/// @param calls identity checks for callers that a member of staff may begin in the window
public record HelpingLimits(
    Duration codeTime, Duration window, int perHelper, int perAddress, int calls) {
  /// Enough to read ten digits over the telephone. A code is one of 10^10: while 10,000 are good at
  /// a moment, the ten guesses of an hour find one with a probability of 10^-5. Many helpers share
  /// the address of an office. A call takes two minutes, and some callers need a second try.
  public static final HelpingLimits USUAL =
      new HelpingLimits(Duration.ofMinutes(10), Duration.ofHours(1), 10, 60, 60);
}
