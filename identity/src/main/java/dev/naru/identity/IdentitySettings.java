package dev.naru.identity;

import dev.naru.identity.light.Guarding;

/// What an operator may set about identity checks.
///
/// @param guarding how a provider's trouble is kept from everybody else
/// @param secureCookies whether cookies are always marked Secure; otherwise only when the request
///   came over TLS, as X-Forwarded-Proto says
public record IdentitySettings(Guarding guarding, boolean secureCookies) {
  /// The usual guarding; Secure as the request came.
  public static final IdentitySettings USUAL = new IdentitySettings(Guarding.USUAL, false);
}
