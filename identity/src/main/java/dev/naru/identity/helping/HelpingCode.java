package dev.naru.identity.helping;

import java.time.Instant;

/// The one-time code that a person gives to their helper.
///
/// @param digits ten of them; known to nobody but the person
/// @param expires when it is no longer good
public record HelpingCode(String digits, Instant expires) {
  /// Nothing that would let somebody in: this may reach a log.
  @Override
  public String toString() {
    return "HelpingCode";
  }
}
