package dev.naru.database.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A Lua script that the server runs as one step, with nobody in between.
///
/// @param sha1 by which the server knows it
public record Script(String text, String sha1) {
  /// @param text whole seconds and counts as numbers; bytes as strings
  public static Script of(String text) {
    try {
      byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
      return new Script(text, HexFormat.of().formatHex(sha1));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
