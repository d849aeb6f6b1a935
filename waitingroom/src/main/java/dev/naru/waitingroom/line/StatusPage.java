package dev.naru.waitingroom.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// The status of a line, ready to send: written once a second, sent to everybody. The arrays are
/// shared and must not be changed.
public final class StatusPage {
  private final LineStatus status;
  private final byte[] plain;
  private final byte[] gzip;
  private final String etag;

  /// A page as it is written now.
  static StatusPage of(LineStatus status, ObjectMapper json) {
    try {
      return new StatusPage(status, json.writeValueAsBytes(status));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A page as another node wrote it.
  ///
  /// @param status as this node sees it
  StatusPage(LineStatus status, byte[] plain) {
    try {
      this.status = status;
      this.plain = plain;
      this.gzip = gzip(plain);
      CRC32C sum = new CRC32C();
      sum.update(plain);
      this.etag = "W/\"" + Long.toHexString(sum.getValue()) + "\"";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  /// What it says.
  public LineStatus status() {
    return status;
  }

  /// The JSON.
  public byte[] plain() {
    return plain;
  }

  /// The JSON, compressed.
  public byte[] gzip() {
    return gzip;
  }

  /// Weak, because it stands for both forms.
  public String etag() {
    return etag;
  }

  /// Whether the caller has this very page.
  ///
  /// @param ifNoneMatch the header
  public boolean isKnown(@Nullable String ifNoneMatch) {
    return ifNoneMatch != null && (ifNoneMatch.contains(etag) || ifNoneMatch.strip().equals("*"));
  }

  /// Whether the caller reads gzip.
  ///
  /// @param acceptEncoding the header
  public static boolean takesGzip(@Nullable String acceptEncoding) {
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
