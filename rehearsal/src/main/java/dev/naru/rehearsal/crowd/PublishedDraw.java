package dev.naru.rehearsal.crowd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What the server publishes of a draw, from which everybody's page computes their place.
///
/// @param seed in hex
/// @param size how many were in the lobby
/// @param beacon a public value; empty when there is none
record PublishedDraw(String seed, long size, String beacon) {
  private static final int ROUNDS = 24;
  private static final byte[] DOMAIN = "naru-draw-1".getBytes(US_ASCII);

  /// @param draw of the line's status
  /// @return null when it has not taken place
  static @Nullable PublishedDraw of(JsonNode draw) {
    return draw.isObject()
        ? new PublishedDraw(
            draw.path("seed").asText(), draw.path("size").asLong(), draw.path("beacon").asText(""))
        : null;
  }

  /// The places of all numbers, computed as docs/draw.md tells strangers to. The rounds have few
  /// inputs; computed once, they serve a million people.
  static final class Places {
    private final long size;
    private final int half;
    private final int[][] rounds;
    private final boolean exchanged;

    private Places(long size, Mac mac) {
      this.size = size;
      this.half = (int) Math.ceil(Math.sqrt((double) size));
      this.rounds = new int[ROUNDS][half];
      for (int round = 0; round < ROUNDS; round++) {
        for (int right = 0; right < half; right++) {
          long first48Bits = hash(mac, round, right).getLong() >>> 16;
          rounds[round][right] = (int) (first48Bits % half);
        }
      }
      this.exchanged = size > 1 && hash(mac, ROUNDS, 0).get() < 0;
    }

    /// @param number from 1; who came after the draw has the place of their number
    /// @return from 1
    long of(long number) {
      if (number > size) {
        return number;
      }
      long value = number - 1;
      do {
        value = walked(value);
      } while (value >= size);
      return exchanged && value < 2 ? 2 - value : value + 1;
    }

    private long walked(long value) {
      int left = (int) (value / half);
      int right = (int) (value % half);
      for (int[] round : rounds) {
        int next = (left + round[right]) % half;
        left = right;
        right = next;
      }
      return (long) left * half + right;
    }
  }

  /// @throws IllegalArgumentException when the seed is not hex
  Places places() {
    try {
      Mac mac = mac(HexFormat.of().parseHex(seed));
      mac.update(DOMAIN);
      mac.update(ByteBuffer.allocate(Long.BYTES).putLong(size).array());
      return new Places(size, mac(mac.doFinal(beacon.getBytes(UTF_8))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static Mac mac(byte[] key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac;
  }

  private static ByteBuffer hash(Mac mac, int round, int right) {
    byte[] input = ByteBuffer.allocate(5).put((byte) round).putInt(right).array();
    return ByteBuffer.wrap(mac.doFinal(input));
  }
}
