package dev.naru.booking.place;

import dev.naru.common.person.PersonKey;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A place in a slot that counts as taken though nobody has an appointment for it.
///
/// @param person for whom; null when it is on its way back to everybody
public record HeldPlace(
    UUID id, int campaign, long slot, Kind kind, @Nullable PersonKey person, Instant until) {

  /// For whom.
  ///
  /// @throws IllegalStateException when it is on its way back
  public PersonKey owner() {
    if (person == null) {
      throw new IllegalStateException("a place on its way back has no owner");
    }
    return person;
  }

  /// Why a place is held, with the codes of the table.
  public enum Kind {
    /// Freed, and kept back for a random while.
    RETURNING(1),
    /// Somebody is filling in the form.
    HOLD(2),
    /// Offered to somebody on the waitlist.
    OFFER(3);

    final int code;

    Kind(int code) {
      this.code = code;
    }

    static Kind of(int code) {
      return values()[code - 1];
    }
  }
}
