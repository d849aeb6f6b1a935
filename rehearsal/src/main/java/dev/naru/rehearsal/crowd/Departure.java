package dev.naru.rehearsal.crowd;

/// Why somebody leaves.
sealed interface Departure {
  /// With an appointment, or having given it back.
  record Served() implements Departure {}

  /// May not book now.
  record Ineligible() implements Departure {}

  /// The server said no, and will go on saying so.
  record Refused(String reason) implements Departure {}

  /// Nothing was free wherever they looked.
  record NoSlot() implements Departure {}

  /// Left the line of their own will.
  record Abandoned() implements Departure {}

  /// The server did not answer for longer than they are patient.
  record GaveUp() implements Departure {}

  /// An answer that should not exist.
  record Failed(String answer) implements Departure {}
}
