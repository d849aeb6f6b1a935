package dev.naru.app.provider;

import dev.naru.identity.provider.About;
import dev.naru.identity.provider.approval.ApprovalProvider;
import dev.naru.identity.provider.approval.ApprovalSettings;
import dev.naru.identity.provider.oidc.OidcSettings;
import java.util.List;

/// An app in which people approve.
final class ApprovalReader implements ProviderFile.KindReader {
  @Override
  public List<String> keys() {
    return List.of(
        "tokens", "requests", "results", "keys", "issuer", "algorithm", "clientId", "clientSecret");
  }

  @Override
  public ProviderFile.Factory read(About about, Values values) {
    ApprovalSettings settings =
        new ApprovalSettings(
            values.address("tokens"),
            values.address("requests"),
            values.address("results"),
            values.address("keys"),
            values.text("issuer"),
            values.word("algorithm", OidcSettings.ASYMMETRIC.stream().sorted().toList(), "RS256"),
            values.text("clientId"),
            values.secret("clientSecret"));
    return tools ->
        new ApprovalProvider(about, settings, tools.remote(), tools.clock(), tools.threads());
  }
}
