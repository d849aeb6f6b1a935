package dev.naru.rehearsal.crowd;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Where one person stands. Lives on the event loop; traits are made anew when needed, so that this
/// is all that a waiting person costs.
final class Person {
  /// Where in the journey.
  enum Stage {
    VERIFYING,
    LOBBY,
    WAITING,
    BOOKING,
    DONE,
    GONE
  }

  static final long UNKNOWN = -1;

  final int index;
  final RandomGenerator random;
  Stage stage = Stage.VERIFYING;
  @Nullable String session;
  @Nullable String ticket;
  @Nullable String pass;
  int line = -1;
  long number;
  long place = UNKNOWN;

  /// The slot asked for and not yet decided about: to be asked for again, with the same id, before
  /// any other.
  @Nullable String wanted;

  /// Slots that were refused; each had an appointment id of its own.
  int attempts;

  /// The provider that verified them; empty before.
  String provider = "";

  /// What they try on the way; null for honest people.
  @Nullable Trick trick;

  int searches;
  int verifications;
  int admissions;

  Person(int index, RandomGenerator random) {
    this.index = index;
    this.random = random;
  }
}
