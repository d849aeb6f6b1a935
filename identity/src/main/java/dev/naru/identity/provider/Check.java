package dev.naru.identity.provider;

import dev.naru.common.person.PersonKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A check that was begun, as its provider sees it: random texts and sealed notes that belong to
/// this check at this provider alone. All of them are worked out from the request paper and a
/// secret, so nothing is kept between the calls and any node can go on with the check.
///
/// @param request the request paper's token, which never leaves the person's browser and Naru
/// @param provider the provider's id
/// @param purpose what it is for
/// @param expires when the check can no longer be finished
/// @param keys of the installation
public record Check(
    String request, String provider, Purpose purpose, Instant expires, CheckKeys keys) {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /// A text of 43 letters, digits, `-` and `_` that nobody else can know: the same each time it is
  /// asked for the same purpose, another one in each check.
  public String secret(String purpose) {
    return BASE64.encodeToString(bytes(purpose));
  }

  /// Compares in constant time.
  public boolean isSecret(String purpose, String given) {
    return MessageDigest.isEqual(
        secret(purpose).getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  /// The 32 bytes behind [#secret].
  public byte[] bytes(String purpose) {
    return keys.mac(purpose, provider, request);
  }

  /// A note to oneself that the person's browser carries but cannot read, change or use in another
  /// check.
  public String seal(String text) {
    return BASE64.encodeToString(keys.sealer().seal(text, sealedFor()));
  }

  /// @return null when it was not sealed in this check
  public @Nullable String unseal(String sealed) {
    try {
      return keys.sealer().unseal(Base64.getUrlDecoder().decode(sealed), sealedFor());
    } catch (IllegalArgumentException | IllegalStateException e) {
      return null;
    }
  }

  private PersonKey sealedFor() {
    return PersonKey.of(bytes("seal"));
  }

  /// Nothing secret: this may reach a log.
  @Override
  public String toString() {
    return "Check at " + provider;
  }
}
