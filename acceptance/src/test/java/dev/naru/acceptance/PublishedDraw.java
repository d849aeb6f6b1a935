package dev.naru.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The draw as docs/draw.md describes it to strangers, written from that page alone.
final class PublishedDraw {
  private static final int ROUNDS = 24;

  private final byte[] key;
  private final int size;
  private final int root;

  /// @param seed in hex, as the status of the line reveals it
  PublishedDraw(String seed, int size) {
    this.size = size;
    this.root = (int) Math.ceil(Math.sqrt(size));
    this.key =
        hmac(
            HexFormat.of().parseHex(seed),
            ByteBuffer.allocate(19).put("naru-draw-1".getBytes(US_ASCII)).putLong(size).array());
  }

  /// Whoever came later has the place of their number.
  int placeOf(int number) {
    if (number > size) {
      return number;
    }
    int value = number - 1;
    do {
      int left = value / root;
      int right = value % root;
      for (int round = 0; round < ROUNDS; round++) {
        int next = (left + scrambled(round, right)) % root;
        left = right;
        right = next;
      }
      value = left * root + right;
    } while (value >= size);
    boolean coin = round(ROUNDS, 0)[0] < 0;
    return coin && size > 1 && value < 2 ? 2 - value : value + 1;
  }

  private int scrambled(int round, int value) {
    ByteBuffer eight = ByteBuffer.allocate(8).put(2, round(round, value), 0, 6);
    return (int) (eight.getLong(0) % root);
  }

  private byte[] round(int round, int value) {
    return hmac(key, ByteBuffer.allocate(5).put((byte) round).putInt(value).array());
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
