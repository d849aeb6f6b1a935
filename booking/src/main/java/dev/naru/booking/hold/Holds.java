package dev.naru.booking.hold;

import dev.naru.booking.appointment.Appointment;
import dev.naru.booking.appointment.AppointmentEvent;
import dev.naru.booking.appointment.AppointmentEvent.Kind;
import dev.naru.booking.appointment.AppointmentStore;
import dev.naru.booking.appointment.Appointments;
import dev.naru.booking.appointment.BookingResult.AlreadyBooked;
import dev.naru.booking.appointment.BookingResult.Refusal;
import dev.naru.booking.appointment.BookingResult.SlotFull;
import dev.naru.booking.appointment.BookingResult.SlotUnknown;
import dev.naru.booking.appointment.BookingResult.TooManyChanges;
import dev.naru.booking.appointment.FreedPlaces;
import dev.naru.booking.appointment.Gate;
import dev.naru.booking.appointment.HelpedEvent;
import dev.naru.booking.appointment.LockedSlot;
import dev.naru.booking.appointment.TransactionStore;
import dev.naru.booking.campaign.AppointmentTerms;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.place.HeldPlace;
import dev.naru.booking.place.HeldStore;
import dev.naru.booking.place.PersonDayStore;
import dev.naru.booking.search.SlotIndex;
import dev.naru.booking.search.SlotIndex.Slot;
import dev.naru.booking.search.SlotIndexes;
import dev.naru.booking.supply.Share;
import dev.naru.common.paper.Paper;
import dev.naru.common.person.PersonKey;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Holds a slot for some minutes while a form is filled in, where the campaign allows it: one for
/// each person, counted like an appointment, and over by itself. Blocks.
public final class Holds {
  private final SlotIndexes indexes;
  private final Appointments appointments;
  private final AppointmentStore store;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// @param random makes ids and moments that nobody can guess
  public Holds(
      SlotIndexes indexes,
      Appointments appointments,
      AppointmentStore store,
      InstantSource clock,
      RandomGenerator random) {
    this.indexes = indexes;
    this.appointments = appointments;
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  /// What came of asking for a hold.
  public sealed interface Result {
    /// On disk; asking again for the same slot does not make it longer.
    record Held(HeldPlace place) implements Result {}

    /// A booking here would be refused, so is the hold.
    record Refused(Refusal refusal) implements Result {}

    /// The campaign has no holds.
    record Off() implements Result {}
  }

  /// Holds a slot; the person's hold of another slot ends with it.
  ///
  /// @param pass the token as it came, null when none did
  public Result hold(Paper session, StoredCampaign stored, long slot, @Nullable String pass) {
    if (!stored.campaign().terms().holds()) {
      return new Result.Off();
    }
    return switch (appointments.gate(session, stored, pass)) {
      case Gate.Shut(Refusal refusal) -> new Result.Refused(refusal);
      case Gate.Open(Share share, var _) -> {
        Refusal refusal = appointments.refusesProduct(session, stored, slot);
        yield refusal != null
            ? new Result.Refused(refusal)
            : store.inTurn(transaction -> hold(transaction, stored, session, slot, share));
      }
    };
  }

  private Result hold(
      TransactionStore transaction, StoredCampaign stored, Paper session, long slotId, Share share)
      throws SQLException {
    PersonKey person = session.person();
    Campaign campaign = stored.campaign();
    AppointmentTerms terms = campaign.terms();
    SlotIndex index = indexes.of(stored);
    Instant now = transaction.now();
    Slot slot = index.slot(slotId);
    if (slot == null
        || index.hasBegun(slotId, now)
        || !campaign.takesFirstDoses(LocalDate.ofInstant(slot.startsAt(), campaign.zone()))) {
      return new Result.Refused(new SlotUnknown());
    }
    LockedSlot locked = transaction.lockSlots(List.of(slotId)).get(slotId);
    if (locked == null) {
      return new Result.Refused(new SlotUnknown());
    }
    HeldPlace old =
        transaction.held().lock(person, stored.number(), HeldPlace.Kind.HOLD).orElse(null);
    if (old != null && old.slot() == slotId && old.until().isAfter(now)) {
      return new Result.Held(old);
    }
    Optional<Appointment> booked =
        transaction.doses().of(person, stored.number()).stream()
            .filter(Appointment::active)
            .findFirst();
    if (booked.isPresent()) {
      return new Result.Refused(new AlreadyBooked(booked.get().id()));
    }
    if (locked.free(share) < 1) {
      return new Result.Refused(new SlotFull(1));
    }
    if (isTooOften(transaction, stored, person, now)) {
      return new Result.Refused(new TooManyChanges());
    }
    if (old != null) {
      transaction.held().comeBack(old.id(), new FreedPlaces(terms, random, now).back());
    }
    HeldPlace place =
        new HeldPlace(
            new UUID(random.nextLong(), random.nextLong()),
            stored.number(),
            slotId,
            HeldPlace.Kind.HOLD,
            person,
            // The database keeps microseconds: asking again has to tell the same moment.
            now.plus(terms.hold()).truncatedTo(ChronoUnit.MILLIS));
    if (!transaction.held().addOnly(place)) {
      throw AppointmentStore.rivalry("the person held another slot meanwhile");
    }
    transaction.record(List.of(new AppointmentEvent(Kind.HELD, place.id(), null, slotId)));
    transaction.recordHelped(HelpedEvent.of(session, Kind.HELD, List.of(place.id())));
    return new Result.Held(place);
  }

  private static boolean isTooOften(
      TransactionStore transaction, StoredCampaign stored, PersonKey person, Instant now)
      throws SQLException {
    int most = stored.campaign().terms().changesPerDay();
    if (most == 0) {
      return false;
    }
    LocalDate today = LocalDate.ofInstant(now, stored.campaign().zone());
    PersonDayStore.Day day = transaction.days().of(person, stored.number(), today);
    if (day.changes() >= most || day.holds() >= most) {
      return true;
    }
    transaction.days().count(person, stored.number(), today, 0, 1);
    return false;
  }

  /// Ends the person's hold, if there is one.
  public void release(Paper session, StoredCampaign campaign) {
    store.inTurn(
        transaction -> {
          HeldStore held = transaction.held();
          List<UUID> ids =
              held.lock(session.person(), campaign.number(), HeldPlace.Kind.HOLD).stream()
                  .map(HeldPlace::id)
                  .toList();
          held.letGo(ids);
          transaction.recordHelped(HelpedEvent.of(session, Kind.RELEASED, ids));
          return ids;
        });
  }

  /// The person's hold, while it lasts.
  public Optional<HeldPlace> of(PersonKey person, StoredCampaign campaign) {
    return store
        .inTurn(
            transaction -> transaction.held().of(person, campaign.number(), HeldPlace.Kind.HOLD))
        .filter(place -> place.until().isAfter(clock.instant()));
  }
}
