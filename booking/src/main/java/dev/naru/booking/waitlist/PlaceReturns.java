package dev.naru.booking.waitlist;

import dev.naru.booking.appointment.AppointmentEvent;
import dev.naru.booking.appointment.AppointmentEvent.Kind;
import dev.naru.booking.appointment.AppointmentStore;
import dev.naru.booking.appointment.AppointmentsAway;
import dev.naru.booking.appointment.FreedPlaces;
import dev.naru.booking.appointment.LockedSlot;
import dev.naru.booking.appointment.TransactionStore;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.Product;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.eligibility.Entitlement;
import dev.naru.booking.place.HeldPlace;
import dev.naru.booking.place.HeldStore;
import dev.naru.booking.place.WaitlistStore;
import dev.naru.booking.search.SlotIndex.Slot;
import dev.naru.booking.search.SlotIndexes;
import dev.naru.booking.supply.Share;
import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.person.PersonKey;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Gives places back whose time is over: holds and offers that ran out, freed doses whose delay has
/// passed. The next in line is offered each first; what nobody in line wants is free for all. Whom
/// a list keeps from it is passed over, and waits on.
///
/// Nothing is given back between two windows: nobody could take it, and whoever is first in line
/// when the next one opens should have it. One node at a time does the work.
public final class PlaceReturns {
  /// A tenth of a second's work; the rest follows in the next transaction.
  private static final int BATCH = 500;

  private final Campaigns campaigns;
  private final Entitlement entitlement;
  private final SlotIndexes indexes;
  private final AppointmentStore store;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// @param random decides when a place comes back; cryptographically strong
  public PlaceReturns(
      Campaigns campaigns,
      Entitlement entitlement,
      SlotIndexes indexes,
      AppointmentStore store,
      InstantSource clock,
      RandomGenerator random) {
    this.campaigns = campaigns;
    this.entitlement = entitlement;
    this.indexes = indexes;
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  /// Gives back all that is due. Blocks.
  ///
  /// @throws AppointmentsAway when the database does not do its work
  public void run() {
    Map<Integer, Due> due = new HashMap<>();
    for (StoredCampaign campaign : campaigns.all()) {
      Instant now = clock.instant();
      Optional<BookingWindow> next = campaign.campaign().calendar().currentOrNext(now);
      if (next.isEmpty() || next.get().isOpen(now)) {
        due.put(campaign.number(), new Due(campaign, next.orElse(null), now));
      }
    }
    int found = due.isEmpty() ? 0 : BATCH;
    try {
      while (found == BATCH) {
        found = store.inTransaction(transaction -> giveBack(transaction, due));
      }
    } catch (SQLException e) {
      throw new AppointmentsAway(e);
    }
  }

  /// @param window that is open; null after the last one
  private record Due(StoredCampaign stored, @Nullable BookingWindow window, Instant now) {
    Campaign campaign() {
      return stored.campaign();
    }
  }

  private int giveBack(TransactionStore transaction, Map<Integer, Due> campaignsDue)
      throws SQLException {
    HeldStore held = transaction.held();
    if (!held.onlyOne()) {
      return 0;
    }
    List<HeldPlace> seen = held.due(campaignsDue.keySet(), BATCH);
    if (seen.isEmpty()) {
      return 0;
    }
    Map<Long, LockedSlot> slots =
        transaction.lockSlots(seen.stream().map(HeldPlace::slot).toList());
    List<UUID> released = new ArrayList<>();
    List<AppointmentEvent> events = new ArrayList<>();
    for (HeldPlace place : held.lockDue(seen.stream().map(HeldPlace::id).toList())) {
      Due due = campaignsDue.get(place.campaign());
      LockedSlot slot = slots.get(place.slot());
      if (due == null || slot == null) {
        // The slot is gone, and its counter with it.
        released.add(place.id());
        continue;
      }
      if (place.kind() == HeldPlace.Kind.OFFER) {
        transaction.waitlist().remove(List.of(place.owner()), place.campaign());
      }
      Optional<PersonKey> next = nextInLine(transaction, due, slot);
      if (next.isPresent()) {
        held.offer(place.id(), next.get(), due.now().plus(due.campaign().terms().accept()));
        events.add(new AppointmentEvent(Kind.OFFERED, place.id(), null, null));
      } else if (place.kind() != HeldPlace.Kind.RETURNING
          && due.campaign().terms().returnDelay().isPositive()) {
        // The end of a hold is known to whoever holds: it must not be when the place is free.
        held.comeBack(
            place.id(), new FreedPlaces(due.campaign().terms(), random, due.now()).back());
      } else {
        released.add(place.id());
        events.add(new AppointmentEvent(Kind.RELEASED, place.id(), place.slot(), null));
      }
    }
    held.remove(released);
    transaction.record(events);
    return seen.size();
  }

  private Optional<PersonKey> nextInLine(TransactionStore transaction, Due due, LockedSlot locked)
      throws SQLException {
    BookingWindow window = due.window();
    Slot slot = indexes.of(due.stored()).slot(locked.id());
    if (window == null
        || slot == null
        || !due.campaign().terms().waitlist()
        || !slot.startsAt().isAfter(due.now())
        || locked.free(Share.of(window), 1) < 1) {
      return Optional.empty();
    }
    LocalDate day = LocalDate.ofInstant(slot.startsAt(), due.campaign().zone());
    if (!due.campaign().takesFirstDoses(day)) {
      return Optional.empty();
    }
    Product product = due.campaign().products().get(slot.product());
    return transaction
        .waitlist()
        .next(
            new WaitlistStore.Dose(
                due.stored().number(), slot.site(), slot.product(), day, window.admitted()),
            person -> entitlement.listsAllow(due.campaign(), window, product, person));
  }
}
