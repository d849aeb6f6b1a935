package dev.naru.rehearsal.crowd;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Papers that nobody signed, made from one that somebody did.
final class Forgery {
  /// An HMAC-SHA256 in base64url without padding.
  private static final int SIGNATURE = 43;

  private Forgery() {}

  /// With a changed byte of what is said, a changed signature, an empty one, and cut short.
  static List<String> of(@Nullable String paper) {
    if (paper == null || paper.length() < 2) {
      return List.of();
    }
    int signature = Math.max(1, paper.length() - SIGNATURE);
    return List.of(
        changed(paper, signature / 2),
        changed(paper, (signature + paper.length()) / 2),
        paper.substring(0, signature),
        paper.substring(0, paper.length() - 1));
  }

  private static String changed(String paper, int at) {
    char other = paper.charAt(at) == 'A' ? 'B' : 'A';
    return paper.substring(0, at) + other + paper.substring(at + 1);
  }
}
