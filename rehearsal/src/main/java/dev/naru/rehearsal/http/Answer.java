package dev.naru.rehearsal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/// What came back.
///
/// @param status HTTP status; 0 when the connection was refused, reset, or too slow
/// @param body parsed JSON; missing when there was none or it was no JSON
/// @param retryAfterMillis what the server asked for; 0 when nothing
public record Answer(int status, JsonNode body, long retryAfterMillis) {
  private static final String URN = "urn:naru:";

  /// No answer: it is unknown whether the server did what was asked.
  public static final Answer LOST = new Answer(0, MissingNode.getInstance(), 0);

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
    String type = body.path("type").asText("");
    return type.startsWith(URN) ? type.substring(URN.length()) : "";
  }

  /// Status and problem in one word, for counting.
  public String label() {
    if (status == 0) {
      return "lost";
    }
    String code = code();
    return code.isEmpty() ? String.valueOf(status) : status + " " + code;
  }
}
