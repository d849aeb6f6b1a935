package dev.naru.waitingroom.draw;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// What a draw is made from: 32 bytes, chosen and committed to before anybody joins, secret until
/// the opening. Its text form does not show it.
public final class Seed {
  /// In bytes.
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private Seed(byte[] bytes) {
    this.bytes = bytes;
  }

  /// @param bytes exactly 32
  public static Seed of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a seed has 32 bytes, not " + bytes.length);
    }
    return new Seed(bytes.clone());
  }

  /// @param hex 64 hexadecimal digits, as published
  public static Seed ofHex(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /// A new one.
  ///
  /// @param random a cryptographic generator
  public static Seed random(RandomGenerator random) {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    return new Seed(bytes);
  }

  /// A copy.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// What is published after the draw.
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  /// What is published before anybody joins: its SHA-256, in hex.
  public String commitment() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "seed of " + commitment();
  }
}
