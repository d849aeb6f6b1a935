package dev.naru.app.provider;

import dev.naru.identity.provider.About;
import dev.naru.identity.provider.phone.PhoneCodeProvider;
import dev.naru.identity.provider.phone.PhoneLimits;
import dev.naru.identity.provider.phone.SmsWebhook;
import java.net.URI;
import java.util.List;

/// A code by text message.
final class PhoneCodeReader implements ProviderFile.KindReader {
  @Override
  public List<String> keys() {
    return List.of("gateway", "gatewayToken", "perNumberAndHour");
  }

  @Override
  public ProviderFile.Factory read(About about, Values values) {
    URI gateway = values.address("gateway");
    String token = values.secret("gatewayToken");
    PhoneLimits usual = PhoneLimits.USUAL;
    PhoneLimits limits =
        new PhoneLimits(
            usual.life(),
            usual.tries(),
            values.whole("perNumberAndHour", 1, 20, usual.perNumber()),
            usual.pause());
    values.needsOwnPeople("a code proves a number, not a person");
    return tools ->
        new PhoneCodeProvider(
            about,
            new SmsWebhook(tools.remote(), gateway, token),
            limits,
            tools.database(),
            tools.random(),
            tools.clock(),
            tools.threads());
  }
}
