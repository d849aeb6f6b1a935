package dev.naru.identity.check;

import dev.naru.identity.provider.Start;
import java.util.UUID;

/// What came of beginning a check.
public sealed interface Begun {
  /// The page can go on.
  ///
  /// @param request the signed request paper to come back with
  /// @param device the one that has to come back
  record Started(Start start, String request, UUID device) implements Begun {}

  /// There is no such provider.
  record ProviderUnknown() implements Begun {}

  /// There is no such campaign.
  record CampaignUnknown() implements Begun {}

  /// The provider cannot be reached.
  record ProviderUnavailable() implements Begun {}
}
