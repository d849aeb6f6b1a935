package dev.naru.identity.provider.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.naru.identity.provider.ProviderTrouble;
import dev.naru.identity.provider.remote.Remote;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The calls from server to server: a code for tokens, a token for claims.
final class CodeExchange {
  private final OidcSettings settings;
  private final Remote remote;

  /// What a code is worth.
  ///
  /// @param idToken not verified yet
  record Tokens(JWT idToken, String access) {}

  CodeExchange(OidcSettings settings, Remote remote) {
    this.settings = settings;
    this.remote = remote;
  }

  /// @param verifier whose hash the issuer was shown at the start
  /// @return null when the code is not good (any more)
  @Nullable Tokens redeem(OIDCProviderMetadata metadata, String code, String verifier)
      throws IOException {
    AuthorizationCodeGrant grant =
        new AuthorizationCodeGrant(
            new AuthorizationCode(code), settings.returnTo(), new CodeVerifier(verifier));
    URI endpoint = metadata.getTokenEndpointURI();
    ClientAuthentication secret = authentication();
    TokenRequest.Builder builder =
        secret == null
            ? new TokenRequest.Builder(endpoint, new ClientID(settings.clientId()), grant)
            : new TokenRequest.Builder(endpoint, secret, grant);
    HTTPRequest request = builder.build().toHTTPRequest();
    String authorization = request.getAuthorization();
    Remote.Reply reply =
        remote.post(
            endpoint,
            authorization == null ? Map.of() : Map.of("Authorization", authorization),
            "application/x-www-form-urlencoded",
            request.getBody());
    if (reply.status() == 400 && reply.object().path("error").asText().equals("invalid_grant")) {
      return null;
    }
    return tokens(reply.json());
  }

  private static Tokens tokens(JsonNode json) throws ProviderTrouble {
    try {
      return new Tokens(
          JWTParser.parse(json.path("id_token").asText()), json.path("access_token").asText());
    } catch (ParseException e) {
      throw new ProviderTrouble("gave no id token", e);
    }
  }

  private @Nullable ClientAuthentication authentication() {
    String secret = settings.clientSecret();
    if (secret == null) {
      return null;
    }
    ClientID client = new ClientID(settings.clientId());
    return settings.secretInForm()
        ? new ClientSecretPost(client, new Secret(secret))
        : new ClientSecretBasic(client, new Secret(secret));
  }

  /// @param subject that the token is about: the claims must be about the same
  JsonNode userInfo(OIDCProviderMetadata metadata, Tokens tokens, String subject)
      throws IOException {
    URI endpoint = metadata.getUserInfoEndpointURI();
    if (endpoint == null) {
      throw new ProviderTrouble("has no address for user info");
    }
    JsonNode claims =
        remote.get(endpoint, Map.of("Authorization", "Bearer " + tokens.access())).json();
    if (!claims.path("sub").asText().equals(subject)) {
      throw new ProviderTrouble("gave user info of somebody else");
    }
    return claims;
  }
}
