package dev.naru.identity.provider.approval;

import java.net.URI;

/// How to talk to an app that lets people approve on the phone.
///
/// @param tokens where client credentials become an access token
/// @param requests where a check is requested
/// @param results where its result is asked for
/// @param keys the key set that results are signed with
/// @param issuer of the results, as in their claim `iss`
/// @param algorithm of the signatures; an asymmetric one
public record ApprovalSettings(
    URI tokens,
    URI requests,
    URI results,
    URI keys,
    String issuer,
    String algorithm,
    String clientId,
    String clientSecret) {
  /// Nothing secret: this may reach a log.
  @Override
  public String toString() {
    return "ApprovalSettings of " + issuer;
  }
}
