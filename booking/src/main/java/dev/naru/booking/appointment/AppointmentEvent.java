package dev.naru.booking.appointment;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the outbox tells.
///
/// @param fromSlot freed, if any
/// @param toSlot taken, if any
public record AppointmentEvent(
    Kind kind, UUID appointment, @Nullable Long fromSlot, @Nullable Long toSlot) {

  /// By how much events change the counters of slots.
  static Map<Long, Integer> changes(List<AppointmentEvent> events) {
    Map<Long, Integer> changes = new TreeMap<>();
    for (AppointmentEvent event : events) {
      if (event.fromSlot() != null) {
        changes.merge(event.fromSlot(), -1, Integer::sum);
      }
      if (event.toSlot() != null) {
        changes.merge(event.toSlot(), 1, Integer::sum);
      }
    }
    changes.values().removeIf(by -> by == 0);
    return changes;
  }

  /// Kinds of events, with the codes of the table.
  public enum Kind {
    BOOKED(1),
    MOVED(2),
    CANCELLED(3),

    /// A place is held that nobody has an appointment for; `appointment` is the id of the row.
    HELD(4),

    /// It is no longer held.
    RELEASED(5),

    /// It is offered to somebody on the waitlist; no counter changes.
    OFFERED(6);

    final int code;

    Kind(int code) {
      this.code = code;
    }
  }
}
