package dev.naru.identity;

import java.time.Duration;

/// What an operator may set about identity checks.
///
/// @param checkLimit for one check at a provider; whoever waits longer has reloaded the page
/// @param secureCookies whether cookies are always marked Secure; otherwise only when the request
///   came over TLS, as X-Forwarded-Proto says
public record IdentitySettings(Duration checkLimit, boolean secureCookies) {
  /// Ten seconds; Secure as the request came.
  public static final IdentitySettings USUAL = new IdentitySettings(Duration.ofSeconds(10), false);
}
