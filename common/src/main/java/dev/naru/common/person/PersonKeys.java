package dev.naru.common.person;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// Turns an identity provider's connecting information (CI; for OIDC issuer and subject) into a
/// [PersonKey]. The secret must stay the same for the life of a campaign: another secret makes
/// everybody a stranger.
public final class PersonKeys {
  private final SecretKey secret;

  /// @param secret at least 32 random bytes
  public PersonKeys(byte[] secret) {
    if (secret.length < 32) {
      throw new IllegalArgumentException("the person secret needs at least 32 bytes");
    }
    this.secret = new SecretKeySpec(secret, "HmacSHA256");
  }

  /// @param connectingInformation as the provider returned it; compared byte by byte
  public PersonKey of(String connectingInformation) {
    return PersonKey.of(mac(connectingInformation));
  }

  /// Another secret of the installation, which says nothing about this one. The byte 0 in front,
  /// which no connecting information has, keeps the two uses of the secret apart.
  ///
  /// @return 32 bytes
  public byte[] derived(String purpose) {
    return mac('\0' + purpose);
  }

  private byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
