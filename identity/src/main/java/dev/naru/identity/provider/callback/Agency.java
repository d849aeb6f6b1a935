package dev.naru.identity.provider.callback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.naru.identity.provider.ProviderTrouble;
import dev.naru.identity.provider.remote.AccessToken;
import dev.naru.identity.provider.remote.Remote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;

/// The agency's two calls from server to server: client credentials for an access token, which is
/// kept while it is good, and the access token for the key material of one check.
final class Agency {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneId.of("Asia/Seoul"));

  private static final String GATEWAY = "GW_RSLT_CD";
  private static final String GOOD = "1200";
  private static final String ISSUED = "P000";

  private final CallbackSettings settings;
  private final Remote remote;
  private final InstantSource clock;
  private final AccessToken access;

  /// Key material of one check.
  ///
  /// @param version which the browser carries to the page, and back
  /// @param site our number at the agency
  record CheckKey(String version, String site, String time, String number, String token) {
    CheckCipher cipher() {
      return CheckCipher.of(time, number, token);
    }
  }

  Agency(CallbackSettings settings, Remote remote, InstantSource clock) {
    this.settings = settings;
    this.remote = remote;
    this.clock = clock;
    this.access =
        new AccessToken(this::token, reply -> reply.isRefusal() || !isGood(reply.json()), clock);
  }

  /// @param number of the check, at most 30 characters, never used before
  CheckKey key(String number) throws IOException {
    Instant now = clock.instant();
    String time = TIME.format(now);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("dataHeader").put("CNTY_CD", "ko");
    body.putObject("dataBody").put("req_dtim", time).put("req_no", number).put("enc_mode", "1");
    String behind = ":%d:%s".formatted(now.getEpochSecond(), settings.clientId());
    JsonNode answer =
        good(
            access.use(
                token ->
                    remote.post(
                        settings.keys(),
                        Map.of(
                            "Authorization",
                            "bearer " + base64(token + behind),
                            "ProductID",
                            settings.product()),
                        body)));
    if (!answer.path("rsp_cd").asText().equals(ISSUED)) {
      throw new ProviderTrouble("gave no key for a check (" + shown(answer, "rsp_cd") + ")");
    }
    return new CheckKey(
        text(answer, "token_version_id"),
        text(answer, "site_code"),
        time,
        number,
        text(answer, "token_val"));
  }

  private JsonNode token() throws IOException {
    return good(
        remote.post(
            settings.tokens(),
            Map.of(
                "Authorization",
                "Basic " + base64(settings.clientId() + ":" + settings.clientSecret())),
            "application/x-www-form-urlencoded; charset=utf-8",
            "grant_type=client_credentials&scope=default"));
  }

  private static JsonNode good(Remote.Reply reply) throws ProviderTrouble {
    JsonNode json = reply.json();
    if (!isGood(json)) {
      throw new ProviderTrouble("refused us (" + shown(json.path("dataHeader"), GATEWAY) + ")");
    }
    return json.path("dataBody");
  }

  private static boolean isGood(JsonNode json) {
    return json.path("dataHeader").path(GATEWAY).asText().equals(GOOD);
  }

  private static String text(JsonNode json, String field) throws ProviderTrouble {
    String text = json.path(field).asText();
    if (text.isEmpty()) {
      throw new ProviderTrouble("left out " + field);
    }
    return text;
  }

  /// A result code for the log: letters and digits only.
  private static String shown(JsonNode json, String field) {
    String code = json.path(field).asText();
    return code.matches("[A-Za-z0-9]{1,10}") ? code : "no code";
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
