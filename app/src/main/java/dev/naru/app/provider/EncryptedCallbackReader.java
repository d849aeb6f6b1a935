package dev.naru.app.provider;

import dev.naru.identity.provider.About;
import dev.naru.identity.provider.UsedResultStore;
import dev.naru.identity.provider.callback.CallbackSettings;
import dev.naru.identity.provider.callback.EncryptedCallbackProvider;
import java.util.List;

/// An agency of the encrypted-callback family.
final class EncryptedCallbackReader implements ProviderFile.KindReader {
  @Override
  public List<String> keys() {
    return List.of("tokens", "keys", "page", "clientId", "clientSecret", "product", "authType");
  }

  @Override
  public ProviderFile.Factory read(About about, Values values) {
    CallbackSettings settings =
        new CallbackSettings(
            values.address("tokens"),
            values.address("keys"),
            values.address("page"),
            values.text("clientId"),
            values.secret("clientSecret"),
            values.text("product"),
            values.returnTo(about),
            values.textOrNull("authType"));
    return tools ->
        new EncryptedCallbackProvider(
            about,
            settings,
            tools.remote(),
            new UsedResultStore(tools.database(), tools.clock()),
            tools.clock(),
            tools.threads());
  }
}
