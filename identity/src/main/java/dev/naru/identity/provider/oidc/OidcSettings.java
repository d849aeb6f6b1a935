package dev.naru.identity.provider.oidc;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How to talk to an OpenID Connect issuer.
///
/// @param issuer as in its tokens; its metadata are at `/.well-known/openid-configuration` below it
/// @param clientId ours, as registered with the issuer
/// @param clientSecret null for a public client
/// @param secretInForm whether the secret is sent in the form (`client_secret_post`) and not in the
///   header
/// @param scopes asked for; `openid` is one of them
/// @param algorithms of signatures that are accepted; asymmetric ones only
/// @param returnTo our address for the browser's return
/// @param formPost whether the issuer is asked to return with a form instead of an address
/// @param claims where to find the person
/// @param userInfo whether the issuer is asked for claims that the token does not have
public record OidcSettings(
    URI issuer,
    String clientId,
    @Nullable String clientSecret,
    boolean secretInForm,
    Set<String> scopes,
    Set<String> algorithms,
    URI returnTo,
    boolean formPost,
    ClaimNames claims,
    boolean userInfo) {
  /// Signatures that a verifier's own public keys cannot make.
  public static final Set<String> ASYMMETRIC =
      Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

  public OidcSettings {
    scopes = Set.copyOf(scopes);
    algorithms = Set.copyOf(algorithms);
    if (algorithms.isEmpty() || !ASYMMETRIC.containsAll(algorithms)) {
      throw new IllegalArgumentException("algorithms must be asymmetric ones: " + algorithms);
    }
    if (!scopes.contains("openid")) {
      throw new IllegalArgumentException("scopes must hold openid");
    }
  }

  /// Nothing secret: this may reach a log.
  @Override
  public String toString() {
    return "OidcSettings of " + issuer;
  }
}
