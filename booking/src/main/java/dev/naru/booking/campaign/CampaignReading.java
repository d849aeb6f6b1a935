package dev.naru.booking.campaign;

import dev.naru.common.yaml.Mistake;
import java.util.List;

/// What came of reading a campaign file.
public sealed interface CampaignReading {
  /// The file is right.
  record Read(Campaign campaign) implements CampaignReading {}

  /// The file is not right.
  ///
  /// @param mistakes all of them (of very many the first), in the order of the file; at least one
  record Mistakes(List<Mistake> mistakes) implements CampaignReading {
    public Mistakes {
      mistakes = List.copyOf(mistakes);
      if (mistakes.isEmpty()) {
        throw new IllegalArgumentException("no mistake");
      }
    }
  }
}
