package dev.naru.booking.appointment;

import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.Product;
import dev.naru.booking.search.SlotIndex;
import dev.naru.booking.search.SlotIndex.Slot;
import dev.naru.booking.supply.Share;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the later doses' slots of a booking: the same site and product, at the product's interval
/// and the same time of day if that is free, otherwise the nearest that the product allows.
///
/// @param share what of the supply is out for the person
record DosePlan(Campaign campaign, SlotIndex index, Share share, Instant now) {
  /// How many doses are booked together with a first one.
  static int doses(Campaign campaign, Slot first) {
    Product product = Appointments.product(campaign, first);
    return product.bookedTogether() ? product.doses() : 1;
  }

  /// One slot for each dose; fewer when nothing is free for a later one.
  List<Long> slotsFrom(Slot first) {
    List<Long> slots = new ArrayList<>();
    slots.add(first.id());
    Slot before = first;
    for (int dose = 2; dose <= doses(campaign, first); dose++) {
      Optional<Slot> next = next(before);
      if (next.isEmpty()) {
        break;
      }
      slots.add(next.get().id());
      before = next.get();
    }
    return slots;
  }

  /// Where the dose after one goes; empty when nothing is free for it.
  Optional<Slot> next(Slot before) {
    Product product = Appointments.product(campaign, before);
    ZonedDateTime start = before.startsAt().atZone(campaign.zone());
    Instant due = start.plusDays(product.intervalDays()).toInstant();
    Slot exact = index.slotAt(before.site(), before.product(), due);
    if (exact != null && index.free(exact.id(), share) > 0) {
      return Optional.of(exact);
    }
    Instant earliest = startOfDay(start, product.earliestDays());
    Instant notYetBegun = now.plusSeconds(60);
    return Optional.ofNullable(
        index.nearest(
            before.site(),
            before.product(),
            due,
            earliest.isAfter(notYetBegun) ? earliest : notYetBegun,
            startOfDay(start, product.latestDays() + 1),
            share));
  }

  private static Instant startOfDay(ZonedDateTime start, int daysLater) {
    return start.toLocalDate().plusDays(daysLater).atStartOfDay(start.getZone()).toInstant();
  }
}
