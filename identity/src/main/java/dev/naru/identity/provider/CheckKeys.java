package dev.naru.identity.provider;

import dev.naru.common.person.Sealer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// The secrets of an installation that checks are bound with, the same on every node.
public final class CheckKeys {
  private final SecretKey secret;
  private final Sealer sealer;

  /// @param secret at least 32 random bytes
  /// @param sealer for notes that browsers carry
  public CheckKeys(byte[] secret, Sealer sealer) {
    if (secret.length < 32) {
      throw new IllegalArgumentException("the secret of checks needs at least 32 bytes");
    }
    this.secret = new SecretKeySpec(secret, "HmacSHA256");
    this.sealer = sealer;
  }

  Sealer sealer() {
    return sealer;
  }

  /// HMAC-SHA256 of texts, each with its length, so that two lists never look the same.
  ///
  /// @return 32 bytes
  public byte[] mac(String... texts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      for (String text : texts) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        mac.update(bytes);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
