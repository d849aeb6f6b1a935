package dev.naru.rehearsal.crowd;

import java.util.List;

/// An appointment that the server acknowledged to a person of the crowd: it must never be lost.
///
/// @param person index
/// @param appointment id, made by the crowd
/// @param dose from 1
/// @param site id
/// @param slot id, the present one
/// @param startsAt as the server wrote it
/// @param following ids of the appointments for later doses that were booked along with it
/// @param state what became of it
public record Reservation(
    int person,
    String appointment,
    int dose,
    String site,
    String slot,
    String startsAt,
    List<String> following,
    State state) {

  /// What became of an appointment.
  public enum State {
    BOOKED,
    MOVED,
    CANCELLED,
    /// A move or cancellation was asked for and never answered.
    UNCERTAIN
  }

  Reservation with(State newState) {
    return new Reservation(person, appointment, dose, site, slot, startsAt, following, newState);
  }
}
