package dev.naru.waitingroom.draw;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Keeps seeds secret in the database: AES-256-GCM with a key that is not in it. The key is not one
/// of those that rotate: a seed that could not be opened at the opening would be a line that never
/// starts.
public final class SeedSealer {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;

  /// @param key 32 bytes
  public SeedSealer(byte[] key) {
    if (key.length != 32) {
      throw new IllegalArgumentException("AES-256 has keys of 32 bytes, not " + key.length);
    }
    this.key = new SecretKeySpec(key, "AES");
  }

  /// @param place where it is kept: bound to the sealed bytes, so that rows cannot be swapped
  /// @param random a cryptographic generator
  public byte[] seal(Seed seed, String place, RandomGenerator random) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(seed.bytes());
      return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  /// @throws IllegalStateException when the bytes were altered, or belong to another place or key
  public Seed open(byte[] sealed, String place) {
    try {
      byte[] nonce = Arrays.copyOf(sealed, NONCE);
      return Seed.of(
          cipher(Cipher.DECRYPT_MODE, nonce, place).doFinal(sealed, NONCE, sealed.length - NONCE));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the " + place + " cannot be opened with this key", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.getBytes(UTF_8));
    return cipher;
  }
}
