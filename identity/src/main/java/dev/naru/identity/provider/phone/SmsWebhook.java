package dev.naru.identity.provider.phone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.naru.identity.provider.ProviderTrouble;
import dev.naru.identity.provider.remote.Remote;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/// A gateway that takes `{"to": "01012345678", "text": "…"}` by HTTP POST with a bearer token, and
/// answers with any status of success once it has taken the message.
///
/// @param secret the bearer token
public record SmsWebhook(Remote remote, URI address, String secret) implements SmsGateway {
  @Override
  public void send(String phone, String text) throws IOException {
    Remote.Reply reply =
        remote.post(
            address,
            Map.of("Authorization", "Bearer " + secret),
            JsonNodeFactory.instance.objectNode().put("to", phone).put("text", text));
    if (reply.status() < 200 || reply.status() > 299) {
      throw new ProviderTrouble("the gateway answered with status " + reply.status());
    }
  }

  /// Nothing secret: this may reach a log.
  @Override
  public String toString() {
    return "SmsWebhook at " + address.getHost();
  }
}
