package dev.naru.identity.provider.callback;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Encryption and integrity of one check, as the agencies of this family have laid down: from the
/// SHA-256 of time, number and token of the check, in Base64, the first 16 characters are the AES
/// key, the last 16 the initialisation vector, the first 32 the HMAC key; AES-128-CBC with PKCS#7
/// padding; HMAC-SHA256 over the ciphertext in Base64.
///
/// The scheme is theirs. What makes it safe enough: the material is used for one check only, and
/// nothing is decrypted before its HMAC was verified.
final class CheckCipher {
  private final SecretKeySpec key;
  private final IvParameterSpec vector;
  private final SecretKeySpec macKey;

  private CheckCipher(String material) {
    key = new SecretKeySpec(ascii(material.substring(0, 16)), "AES");
    vector = new IvParameterSpec(ascii(material.substring(material.length() - 16)));
    macKey = new SecretKeySpec(ascii(material.substring(0, 32)), "HmacSHA256");
  }

  /// @param time when the key was asked for, as it was sent
  /// @param number of the check, as it was sent
  /// @param token that came back
  static CheckCipher of(String time, String number, String token) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(utf8(time + number + token));
      return new CheckCipher(Base64.getEncoder().encodeToString(hash));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// @return Base64
  String encrypt(String text) {
    return Base64.getEncoder().encodeToString(run(Cipher.ENCRYPT_MODE, utf8(text)));
  }

  /// HMAC of what [#encrypt] gave.
  ///
  /// @return Base64
  String integrity(String encrypted) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(macKey);
      return Base64.getEncoder().encodeToString(mac.doFinal(utf8(encrypted)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /// @return null when the integrity value is not that of the ciphertext
  @Nullable String decrypt(String encrypted, String integrity, Charset charset) {
    if (!MessageDigest.isEqual(utf8(integrity(encrypted)), utf8(integrity))) {
      return null;
    }
    try {
      return new String(run(Cipher.DECRYPT_MODE, Base64.getDecoder().decode(encrypted)), charset);
    } catch (IllegalArgumentException | IllegalStateException e) {
      return null;
    }
  }

  private byte[] run(int mode, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(mode, key, vector);
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("not what this key encrypted", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
