package dev.naru.identity.provider.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.naru.identity.provider.ProviderTrouble;
import dev.naru.identity.provider.remote.Remote;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What an issuer says of itself, kept for an hour: its addresses and its keys. A key that is not
/// known is looked for at once, at most every five seconds, so that a rotation breaks nothing and a
/// flood of invented key ids does not become a flood of calls.
final class Issuer {
  private static final Duration KEEP = Duration.ofHours(1);
  private static final long KEYS_KEPT_MILLIS = Duration.ofMinutes(15).toMillis();
  private static final long KEYS_WAIT_MILLIS = Duration.ofSeconds(5).toMillis();
  private static final long KEYS_NOT_BEFORE_MILLIS = Duration.ofSeconds(5).toMillis();

  /// The issuer at a time.
  ///
  /// @param validator of its id tokens
  record Known(OIDCProviderMetadata metadata, IDTokenValidator validator, Instant until) {}

  private final OidcSettings settings;
  private final Remote remote;
  private final InstantSource clock;
  private volatile @Nullable Known known;

  Issuer(OidcSettings settings, Remote remote, InstantSource clock) {
    this.settings = settings;
    this.remote = remote;
    this.clock = clock;
  }

  /// Asks when what is known is too old; goes on with the old when the issuer does not answer.
  Known get() throws IOException {
    Known now = known;
    if (now != null && clock.instant().isBefore(now.until())) {
      return now;
    }
    try {
      Known fresh = discover(now);
      known = fresh;
      return fresh;
    } catch (IOException e) {
      if (now == null) {
        throw e;
      }
      return now;
    }
  }

  private Known discover(@Nullable Known before) throws IOException {
    String base = settings.issuer().toString().replaceFirst("/$", "");
    Remote.Reply reply =
        remote.get(URI.create(base + "/.well-known/openid-configuration"), Map.of());
    try {
      OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(reply.json().toString());
      if (!metadata.getIssuer().getValue().equals(settings.issuer().toString())) {
        throw new ProviderTrouble("its metadata are those of another issuer");
      }
      for (URI address :
          new URI[] {metadata.getAuthorizationEndpointURI(), metadata.getTokenEndpointURI()}) {
        if (address == null || !Remote.isSafe(address)) {
          throw new ProviderTrouble("its metadata lack an https address for the check");
        }
      }
      boolean sameKeys =
          before != null && metadata.getJWKSetURI().equals(before.metadata().getJWKSetURI());
      return new Known(
          metadata,
          before != null && sameKeys ? before.validator() : validator(metadata),
          clock.instant().plus(KEEP));
    } catch (ParseException e) {
      throw new ProviderTrouble("its metadata cannot be read", e);
    }
  }

  private IDTokenValidator validator(OIDCProviderMetadata metadata) throws MalformedURLException {
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.<SecurityContext>create(metadata.getJWKSetURI().toURL(), this::keySet)
            .cache(KEYS_KEPT_MILLIS, KEYS_WAIT_MILLIS)
            .rateLimited(KEYS_NOT_BEFORE_MILLIS)
            .build();
    return new IDTokenValidator(
        metadata.getIssuer(),
        new ClientID(settings.clientId()),
        new JWSVerificationKeySelector<>(
            settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet()),
            keys),
        null);
  }

  private Resource keySet(URL address) throws IOException {
    try {
      Remote.Reply reply = remote.get(address.toURI(), Map.of());
      return new Resource(reply.json().toString(), reply.type());
    } catch (URISyntaxException e) {
      throw new ProviderTrouble("the address of its keys cannot be read", e);
    }
  }
}
