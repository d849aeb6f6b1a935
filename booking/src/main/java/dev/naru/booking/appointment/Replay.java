package dev.naru.booking.appointment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Invariant 4: the same id with the same slot and person gives the same answer, for ever; with
/// another slot or person it is refused.
final class Replay {
  private Replay() {}

  /// @param byId what exists under the ids of the request's doses
  /// @return null when the id is new
  static @Nullable BookingResult of(BookingRequest request, Map<UUID, Appointment> byId) {
    Appointment first = byId.get(request.id());
    if (first == null) {
      // Its later doses' ids can only exist if somebody used one of them as an id of their own.
      return byId.isEmpty() || !usesOneOf(request, byId) ? null : new BookingResult.IdReused();
    }
    if (first.dose() != 1
        || !first.person().equals(request.person())
        || first.campaign() != request.campaign()
        || first.askedSlot() != request.askedSlot()) {
      return new BookingResult.IdReused();
    }
    List<Appointment> doses = new ArrayList<>();
    doses.add(first);
    Appointment later;
    for (int dose = 2; (later = byId.get(request.idOf(dose))) != null; dose++) {
      doses.add(later);
    }
    return new BookingResult.Same(doses);
  }

  private static boolean usesOneOf(BookingRequest request, Map<UUID, Appointment> byId) {
    for (int dose = 2; dose <= request.slots().size(); dose++) {
      if (byId.containsKey(request.idOf(dose))) {
        return true;
      }
    }
    return false;
  }
}
