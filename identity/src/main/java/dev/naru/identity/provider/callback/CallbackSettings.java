package dev.naru.identity.provider.callback;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// How to talk to an agency of the encrypted-callback family.
///
/// @param tokens where client credentials become an access token
/// @param keys where an access token becomes the key material of one check
/// @param page to which the browser goes
/// @param product the number of the service that was ordered
/// @param returnTo our address for the browser's return
/// @param authType which way of checking the page offers first, such as `M` for phones; null for
///   the person's choice
public record CallbackSettings(
    URI tokens,
    URI keys,
    URI page,
    String clientId,
    String clientSecret,
    String product,
    URI returnTo,
    @Nullable String authType) {
  /// Nothing secret: this may reach a log.
  @Override
  public String toString() {
    return "CallbackSettings of " + page.getHost();
  }
}
