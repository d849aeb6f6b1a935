package dev.naru.booking.appointment;

import dev.naru.booking.appointment.AppointmentEvent.Kind;
import dev.naru.booking.campaign.AppointmentTerms;
import dev.naru.booking.place.HeldPlace;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// What becomes of places that appointments gave up: free at once, or on their way back until a
/// random moment, so that nobody can hand one over at a known time.
public record FreedPlaces(AppointmentTerms terms, RandomGenerator random, Instant now) {

  /// Keeps places back if the campaign says so.
  ///
  /// @param slots of the freed places, locked
  /// @return what has to be recorded with what freed them
  List<AppointmentEvent> keepBack(TransactionStore transaction, int campaign, List<Long> slots)
      throws SQLException {
    if (!terms.delays()) {
      return List.of();
    }
    List<HeldPlace> places = new ArrayList<>();
    List<AppointmentEvent> events = new ArrayList<>();
    for (long slot : slots) {
      UUID id = new UUID(random.nextLong(), random.nextLong());
      places.add(new HeldPlace(id, campaign, slot, HeldPlace.Kind.RETURNING, null, back()));
      events.add(new AppointmentEvent(Kind.HELD, id, null, slot));
    }
    transaction.held().add(places);
    return events;
  }

  /// When a place that is freed now comes back.
  public Instant back() {
    Duration most = terms.returnDelay();
    return most.isPositive() ? now.plusMillis(random.nextLong(most.toMillis() + 1)) : now;
  }
}
