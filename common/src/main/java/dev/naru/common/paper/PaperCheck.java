package dev.naru.common.paper;

/// What came of verifying a token.
public sealed interface PaperCheck {
  /// Signed by us, of the kind asked for, and still valid.
  record Valid(Paper paper) implements PaperCheck {}

  /// Signed by us and of the kind asked for, but past its time.
  record Expired(Paper paper) implements PaperCheck {}

  /// Anything else: not ours, altered, truncated, padded, of another kind, an unknown key.
  record Forged() implements PaperCheck {}
}
