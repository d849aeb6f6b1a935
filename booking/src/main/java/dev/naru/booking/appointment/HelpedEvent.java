package dev.naru.booking.appointment;

import dev.naru.booking.appointment.AppointmentEvent.Kind;
import dev.naru.common.paper.Paper;
import dev.naru.common.person.PersonKey;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a helper did for a person: written with both keys, in the transaction that does it.
///
/// @param appointment id of the appointment; of the row for a place that is held or let go
public record HelpedEvent(Kind kind, UUID appointment, PersonKey person, PersonKey helper) {

  /// The same done to several.
  ///
  /// @param session of whoever does it
  /// @return none when they do it for themselves
  public static List<HelpedEvent> of(Paper session, Kind kind, List<UUID> appointments) {
    return of(session.helper(), session.person(), kind, appointments.stream());
  }

  /// What of a change concerns the person; places on their way back to everybody do not.
  static List<HelpedEvent> of(Paper session, List<AppointmentEvent> events) {
    return Stream.of(Kind.MOVED, Kind.CANCELLED)
        .flatMap(
            kind ->
                of(
                    session,
                    kind,
                    events.stream()
                        .filter(event -> event.kind() == kind)
                        .map(AppointmentEvent::appointment)
                        .toList())
                    .stream())
        .toList();
  }

  /// Doses that were booked.
  static List<HelpedEvent> booked(BookingRequest request, List<Appointment> doses) {
    return of(request.helper(), request.person(), Kind.BOOKED, doses.stream().map(Appointment::id));
  }

  private static List<HelpedEvent> of(
      @Nullable PersonKey helper, PersonKey person, Kind kind, Stream<UUID> appointments) {
    return helper == null
        ? List.of()
        : appointments.map(id -> new HelpedEvent(kind, id, person, helper)).toList();
  }
}
