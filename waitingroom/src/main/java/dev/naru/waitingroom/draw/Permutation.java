package dev.naru.waitingroom.draw;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A keyed permutation of the numbers 0 to size - 1: a balanced Feistel network over pairs of
/// numbers below m, the smallest m with m·m >= size, with cycle walking for what lies beyond size.
/// docs/draw.md has every byte, so that anyone can compute it again.
///
/// The halves are added modulo m instead of xor-ed: m·m exceeds the size by less than 2·m, so that
/// hardly ever a second walk is needed, where a power of four would need up to four. A round
/// function has only m inputs; all are computed once (24·m HMACs: 12 ms for two million people),
/// and a place then costs 24 look-ups.
///
/// At the end a coin decides whether the first two places are exchanged: with halves of odd size
/// the rounds alone make only every second order of the people (the even permutations). Each single
/// person's chances are equal without it; with it each order is equally likely too.
public final class Permutation {
  /// NIST's FF1 takes 10 rounds for a million and more. A lobby may be three people, and with
  /// halves of two values a round mixes little; at 24 rounds all orders of 2, 3 and 4 people come
  /// equally often (PermutationTest), and a browser needs 24 HMACs for its own place.
  static final int ROUNDS = 24;

  /// 65,536 values for each half: 6 MB of tables, more people than any nation has.
  public static final long LARGEST = 1L << 32;

  private final long size;
  private final int half;
  private final int[][] rounds;
  private final boolean exchanged;

  /// @param key 32 bytes
  /// @param size 0 to [#LARGEST]
  public Permutation(byte[] key, long size) {
    this(key, size, ROUNDS);
  }

  Permutation(byte[] key, long size, int rounds) {
    if (size < 0 || size > LARGEST) {
      throw new IllegalArgumentException("a draw has 0 to " + LARGEST + " numbers, not " + size);
    }
    this.size = size;
    this.half = half(size);
    Mac mac = mac(key);
    this.rounds = new int[rounds][half];
    for (int round = 0; round < rounds; round++) {
      for (int right = 0; right < half; right++) {
        long first48Bits = hash(mac, round, right).getLong() >>> 16;
        this.rounds[round][right] = (int) (first48Bits % half);
      }
    }
    this.exchanged = size > 1 && hash(mac, rounds, 0).get() < 0;
  }

  private static int half(long size) {
    int root = (int) Math.sqrt((double) size);
    while ((long) root * root < size) {
      root++;
    }
    return root;
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static ByteBuffer hash(Mac mac, int round, int right) {
    byte[] input = ByteBuffer.allocate(5).put((byte) round).putInt(right).array();
    return ByteBuffer.wrap(mac.doFinal(input));
  }

  /// Where a number goes.
  ///
  /// @param number 0 to size - 1
  /// @return 0 to size - 1, a different one for each number
  public long apply(long number) {
    if (number < 0 || number >= size) {
      throw new IllegalArgumentException(number + " is not in a draw of " + size);
    }
    long walked = number;
    do {
      walked = once(walked);
    } while (walked >= size);
    return exchanged && walked < 2 ? 1 - walked : walked;
  }

  private long once(long value) {
    int left = (int) (value / half);
    int right = (int) (value % half);
    for (int[] round : rounds) {
      int next = left + round[right];
      left = right;
      right = next >= half ? next - half : next;
    }
    return (long) left * half + right;
  }
}
