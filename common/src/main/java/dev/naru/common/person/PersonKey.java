package dev.naru.common.person;

import java.nio.ByteBuffer;
import java.util.Comparator;

/// The one name by which every station knows a person: HMAC-SHA256 of the identity provider's
/// connecting information. 32 bytes, held as four longs because millions of them wait in memory; it
/// cannot be turned back into a person without the secret. Ordered like its bytes, unsigned.
public record PersonKey(long a, long b, long c, long d) implements Comparable<PersonKey> {
  /// Length in bytes.
  public static final int LENGTH = 32;

  private static final Comparator<PersonKey> UNSIGNED =
      Comparator.comparing(PersonKey::a, Long::compareUnsigned)
          .thenComparing(PersonKey::b, Long::compareUnsigned)
          .thenComparing(PersonKey::c, Long::compareUnsigned)
          .thenComparing(PersonKey::d, Long::compareUnsigned);

  /// @param bytes exactly 32
  public static PersonKey of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a person key has 32 bytes, not " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new PersonKey(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /// A new array of 32 bytes.
  public byte[] bytes() {
    return ByteBuffer.allocate(LENGTH).putLong(a).putLong(b).putLong(c).putLong(d).array();
  }

  @Override
  public int compareTo(PersonKey other) {
    return UNSIGNED.compare(this, other);
  }

  /// The first four bytes in hex: enough to follow one person through a log, not enough to be one.
  @Override
  public String toString() {
    return "%08x…".formatted(a >>> 32);
  }
}
