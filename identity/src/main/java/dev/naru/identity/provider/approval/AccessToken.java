package dev.naru.identity.provider.approval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.naru.identity.provider.ProviderTrouble;
import dev.naru.identity.provider.remote.Remote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// OAuth client credentials: a token that is kept while it is good and renewed a minute early.
final class AccessToken {
  private static final long EARLY_SECONDS = 60;
  private static final long LONGEST_SECONDS = 24 * 3600;

  private final ApprovalSettings settings;
  private final Remote remote;
  private final InstantSource clock;
  private volatile @Nullable Access access;

  private record Access(String token, Instant until) {}

  AccessToken(ApprovalSettings settings, Remote remote, InstantSource clock) {
    this.settings = settings;
    this.remote = remote;
    this.clock = clock;
  }

  /// The header that a call needs.
  Map<String, String> header() throws IOException {
    return Map.of("Authorization", "Bearer " + token(clock.instant()));
  }

  private String token(Instant now) throws IOException {
    Access kept = access;
    if (kept != null && now.isBefore(kept.until())) {
      return kept.token();
    }
    String basic = settings.clientId() + ":" + settings.clientSecret();
    String encoded = Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8));
    JsonNode answer =
        remote
            .post(
                settings.tokens(),
                Map.of("Authorization", "Basic " + encoded),
                "application/x-www-form-urlencoded",
                "grant_type=client_credentials")
            .json();
    String token = answer.path("access_token").asText();
    if (token.isEmpty()) {
      throw new ProviderTrouble("gave no access token");
    }
    long seconds = Math.clamp(answer.path("expires_in").asLong(), 0, LONGEST_SECONDS);
    access = new Access(token, now.plusSeconds(seconds - EARLY_SECONDS));
    return token;
  }
}
