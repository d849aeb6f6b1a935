package dev.naru.identity.helping;

/// Whether somebody may act for a person who gave them a code.
final class HelpingRules {
  private HelpingRules() {}

  enum Verdict {
    MAY,
    /// Nobody is their own helper.
    SELF,
    /// The campaign leaves helping to staff.
    STAFF_ONLY,
    /// They have helped as many others as anybody may who is not staff.
    TOO_MANY
  }

  /// @param others how many other people the helper has helped in the campaign so far, whether or
  ///   not that is over
  static Verdict judge(HelpingTerms terms, boolean isSelf, boolean isStaff, int others) {
    if (isSelf) {
      return Verdict.SELF;
    }
    if (isStaff) {
      return Verdict.MAY;
    }
    if (terms.family() == 0) {
      return Verdict.STAFF_ONLY;
    }
    return others < terms.family() ? Verdict.MAY : Verdict.TOO_MANY;
  }
}
