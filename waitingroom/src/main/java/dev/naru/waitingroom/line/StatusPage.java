package dev.naru.waitingroom.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.naru.common.web.Gzip;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;
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
    this.status = status;
    this.plain = plain;
    this.gzip = Gzip.pack(plain);
    CRC32C sum = new CRC32C();
    sum.update(plain);
    this.etag = "W/\"" + Long.toHexString(sum.getValue()) + "\"";
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
}
