package dev.naru.common.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// Compresses answers that are whole in memory.
///
/// The web server can do it too, but for a page of found sites it took several times as long
/// (docs/performance.md).
public final class Gzip {
  /// Magic number, deflate, no flags, no time, no hint, unknown system (RFC 1952).
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255};

  /// Half the time of the usual 6, and a page of found sites grows by a tenth.
  private static final int LEVEL = 3;

  private static final int TRAILER = 8;
  private static final int CHUNK = 4_096;

  private static final ThreadLocal<Gzip> OF_THREAD = ThreadLocal.withInitial(Gzip::new);

  private final Deflater deflater = new Deflater(LEVEL, true);
  private final byte[] chunk = new byte[CHUNK];

  private Gzip() {}

  /// The bytes as a gzip file. A compressor holds a quarter of a megabyte outside of the heap: a
  /// thread that lives long keeps one, a virtual one gives it back.
  public static byte[] pack(byte[] plain) {
    if (!Thread.currentThread().isVirtual()) {
      return OF_THREAD.get().packed(plain);
    }
    Gzip once = new Gzip();
    try {
      return once.packed(plain);
    } finally {
      once.deflater.end();
    }
  }

  private byte[] packed(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(CHUNK);
    out.writeBytes(HEADER);
    deflater.reset();
    deflater.setInput(plain);
    deflater.finish();
    while (!deflater.finished()) {
      out.write(chunk, 0, deflater.deflate(chunk));
    }
    CRC32 sum = new CRC32();
    sum.update(plain);
    out.writeBytes(
        ByteBuffer.allocate(TRAILER)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) sum.getValue())
            .putInt(plain.length)
            .array());
    return out.toByteArray();
  }

  /// Whether the caller reads gzip.
  ///
  /// @param acceptEncoding the header
  public static boolean isTaken(@Nullable String acceptEncoding) {
    if (acceptEncoding == null) {
      return false;
    }
    for (String coding : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = coding.strip().split("\\s*;\\s*", -1);
      if (parts[0].equals("gzip") && (parts.length == 1 || !parts[1].matches("q=0(\\.0*)?"))) {
        return true;
      }
    }
    return false;
  }
}
