package dev.naru.booking.campaign;

import dev.naru.common.yaml.Mistake;
import java.util.List;

/// What came of applying a campaign file. Only [Created] and [Changed] changed anything.
public sealed interface ApplyResult {
  /// The campaign is new.
  ///
  /// @param slots how many slots were made
  record Created(StoredCampaign campaign, long slots) implements ApplyResult {}

  /// The campaign was there and is different now.
  ///
  /// @param what each difference in a few words; at least one
  record Changed(StoredCampaign campaign, List<String> what) implements ApplyResult {
    public Changed {
      what = List.copyOf(what);
    }
  }

  /// The campaign, its slots included, was like this already.
  record Unchanged(StoredCampaign campaign) implements ApplyResult {}

  /// The file is not right.
  record Invalid(List<Mistake> mistakes) implements ApplyResult {
    public Invalid {
      mistakes = List.copyOf(mistakes);
    }
  }

  /// The change does not agree with appointments people have.
  ///
  /// @param appointments how many active appointments it concerns
  /// @param why which change, as a sentence
  record WouldBreak(long appointments, String why) implements ApplyResult {}
}
