package dev.naru.waitingroom.draw;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The draw of one line: which place each number of its lobby got. Published values decide it
/// alone; docs/draw.md tells how to compute it again.
public final class Draw {
  private static final byte[] DOMAIN = "naru-draw-1".getBytes(US_ASCII);

  private final Seed seed;
  private final long size;
  private final @Nullable String beacon;
  private final Permutation permutation;

  /// @param seed public from now on
  /// @param size how many were in the lobby when it was frozen
  /// @param beacon a public value nobody here could choose, or null
  public Draw(Seed seed, long size, @Nullable String beacon) {
    this.seed = seed;
    this.size = size;
    this.beacon = beacon;
    this.permutation = new Permutation(key(seed, size, beacon), size);
  }

  /// HMAC-SHA256 of the seed over "naru-draw-1", the size (8 bytes, big-endian) and the beacon.
  static byte[] key(Seed seed, long size, @Nullable String beacon) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(seed.bytes(), "HmacSHA256"));
      mac.update(DOMAIN);
      mac.update(ByteBuffer.allocate(Long.BYTES).putLong(size).array());
      if (beacon != null) {
        mac.update(beacon.getBytes(UTF_8));
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /// The place of a number: drawn for the lobby's, the number itself for later arrivals.
  ///
  /// @param number from 1
  /// @return from 1
  public long placeOf(long number) {
    return isLobby(number) ? permutation.apply(number - 1) + 1 : number;
  }

  /// Whether a number was in the lobby.
  public boolean isLobby(long number) {
    return number <= size;
  }

  /// The seed, which the draw revealed.
  public Seed seed() {
    return seed;
  }

  /// How many were in the lobby.
  public long size() {
    return size;
  }

  /// The public value mixed in, if there was one.
  public @Nullable String beacon() {
    return beacon;
  }
}
