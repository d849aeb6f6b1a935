package dev.naru.rehearsal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What came back. Many answers are never looked into, so their JSON is understood only when
/// somebody asks. For one thread.
public final class Answer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String URN = "urn:naru:";

  /// No answer: it is unknown whether the server did what was asked.
  public static final Answer LOST = new Answer(0, new byte[0], 0);

  private final int status;
  private final byte[] bytes;
  private final long retryAfterMillis;
  private @Nullable JsonNode body;

  /// @param bytes of the body; JSON, if anything
  public Answer(int status, byte[] bytes, long retryAfterMillis) {
    this.status = status;
    this.bytes = bytes;
    this.retryAfterMillis = retryAfterMillis;
  }

  /// HTTP status; 0 when the connection was refused, reset, or too slow.
  public int status() {
    return status;
  }

  /// What the server asked to wait; 0 when nothing.
  public long retryAfterMillis() {
    return retryAfterMillis;
  }

  /// The body as it came; not to be changed.
  public byte[] bytes() {
    return bytes;
  }

  /// The JSON; missing when there was none or it was no JSON.
  public JsonNode body() {
    JsonNode known = body;
    if (known == null) {
      known = parse();
      body = known;
    }
    return known;
  }

  private JsonNode parse() {
    if (bytes.length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /// Whether the call did what it should.
  public boolean isOk() {
    return status >= 200 && status < 300;
  }

  /// Whether the same request may well succeed a little later.
  public boolean isPassing() {
    return switch (status) {
      case 0, 429, 502, 503, 504 -> true;
      default -> false;
    };
  }

  /// The end of the problem's URN such as `slot-full`; empty when there is none.
  public String code() {
    String type = body().path("type").asText("");
    return type.startsWith(URN) ? type.substring(URN.length()) : "";
  }

  /// Status and problem in one word, for counting.
  public String label() {
    if (status == 0) {
      return "lost";
    }
    String code = isOk() ? "" : code();
    return code.isEmpty() ? String.valueOf(status) : status + " " + code;
  }
}
