package dev.naru.common.paper;

import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;

/// The signing keys. New papers are signed with the current key; papers of the other keys stay
/// valid until they expire, so keys rotate without a break.
public final class PaperKeys {
  private final Map<Integer, SecretKeySpec> keys;
  private final int current;

  /// @param secrets by key id (0 to 255), each at least 32 bytes
  /// @param current the key id to sign with
  public PaperKeys(Map<Integer, byte[]> secrets, int current) {
    if (!secrets.containsKey(current)) {
      throw new IllegalArgumentException("there is no key with the current id " + current);
    }
    this.keys =
        secrets.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, e -> key(e.getKey(), e.getValue())));
    this.current = current;
  }

  private static SecretKeySpec key(int id, byte[] secret) {
    if (id < 0 || id > 255 || secret.length < 32) {
      throw new IllegalArgumentException("key " + id + ": ids are 0 to 255, secrets 32 bytes up");
    }
    return new SecretKeySpec(secret, "HmacSHA256");
  }

  int current() {
    return current;
  }

  Map<Integer, SecretKeySpec> all() {
    return keys;
  }
}
