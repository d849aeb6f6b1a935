package dev.naru.booking.campaign;

import dev.naru.common.eligibility.BookingWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// How one version of a campaign differs from the next.
///
/// @param what each difference in a few words
/// @param breaking those among them that people with an appointment must not suffer
record CampaignChange(List<String> what, List<String> breaking) {
  CampaignChange {
    what = List.copyOf(what);
    breaking = List.copyOf(breaking);
  }

  /// Compares two versions. Whether an appointment keeps its place is not decided here but by its
  /// slot; here is what would change its meaning: the zone of its date, what is given, who may come
  /// and whose line a ticket belongs to. To be sure, each such change counts for all appointments.
  static CampaignChange between(Campaign old, Campaign now) {
    Comparison c = new Comparison();
    c.allowed("name", old.name(), now.name());
    c.breaking("zone", old.zone(), now.zone());
    c.born(old, now);
    c.products(old.products(), now.products());
    c.calendar(old.calendar(), now.calendar());
    c.allowed("line.admitPerMinute", old.admitPerMinute(), now.admitPerMinute());
    c.allowed("supply.from", old.supply().from(), now.supply().from());
    c.allowed("supply.to", old.supply().to(), now.supply().to());
    c.allowed("supply.perHalfHour", old.supply().perHalfHour(), now.supply().perHalfHour());
    c.allowedUnshown("supply.holidays", old.supply().holidays(), now.supply().holidays());
    c.allowedUnshown("supply.closedWeekdays", old.supply().closed(), now.supply().closed());
    c.allowed("times.session", old.sessionTime(), now.sessionTime());
    c.allowed("times.lease", old.leaseTime(), now.leaseTime());
    c.allowed("times.pass", old.passTime(), now.passTime());
    c.allowed("appointments", old.terms(), now.terms());
    c.breaking(
        "eligible.foreigners", old.requirements().foreigners(), now.requirements().foreigners());
    c.allowed("eligible lists", old.requirements().audience(), now.requirements().audience());
    c.allowed("lists", old.requirements().lists(), now.requirements().lists());
    c.allowed("helping", old.helping(), now.helping());
    c.allowed("personsKeptDays", old.personsKeptDays(), now.personsKeptDays());
    return new CampaignChange(c.what, c.breaking);
  }

  private static final class Comparison {
    private final List<String> what = new ArrayList<>();
    private final List<String> breaking = new ArrayList<>();

    void allowed(String field, Object old, Object now) {
      if (!old.equals(now)) {
        what.add(field + ": " + old + " → " + now);
      }
    }

    void allowedUnshown(String field, Set<?> old, Set<?> now) {
      if (!old.equals(now)) {
        what.add(field + ": " + old.size() + " → " + now.size() + " entries");
      }
    }

    void breaking(String field, Object old, Object now) {
      if (!old.equals(now)) {
        both(field + ": " + old + " → " + now);
      }
    }

    private void both(String difference) {
      what.add(difference);
      breaking.add(difference);
    }

    /// More people may become eligible, not fewer.
    void born(Campaign old, Campaign now) {
      String from = "eligible.born.from: " + old.bornFrom() + " → " + now.bornFrom();
      String to = "eligible.born.to: " + old.bornTo() + " → " + now.bornTo();
      if (now.bornFrom().isAfter(old.bornFrom())) {
        both(from);
      } else if (now.bornFrom().isBefore(old.bornFrom())) {
        what.add(from);
      }
      if (now.bornTo().isBefore(old.bornTo())) {
        both(to);
      } else if (now.bornTo().isAfter(old.bornTo())) {
        what.add(to);
      }
    }

    /// Slots name a product by its place in the list: products are renamed or added at the end.
    void products(List<Product> old, List<Product> now) {
      for (int i = 0; i < old.size(); i++) {
        String field = "products[" + i + "]";
        if (i >= now.size()) {
          both(field + ": " + old.get(i).id() + " is gone");
        } else if (!old.get(i).equals(now.get(i))) {
          product(field, old.get(i), now.get(i));
        }
      }
      for (Product added : now.subList(Math.min(old.size(), now.size()), now.size())) {
        what.add("products: " + added.id() + " is new");
      }
    }

    private void product(String field, Product old, Product now) {
      Product renamed =
          new Product(
              old.id(),
              now.name(),
              old.doses(),
              old.intervalDays(),
              old.earliestDays(),
              old.latestDays(),
              old.bookedTogether(),
              now.audience());
      if (now.equals(renamed)) {
        allowed(field + ".name", old.name().en(), now.name().en());
        allowed(field + " lists", old.audience(), now.audience());
      } else {
        both(field + ": " + old.id() + " or its doses");
      }
    }

    /// Windows may move in time or be added at the end; a line keeps whom it is for, and the days
    /// between which the supply is divided stay.
    void calendar(CampaignCalendar old, CampaignCalendar now) {
      List<BookingWindow> before = old.windows();
      List<BookingWindow> after = now.windows();
      boolean sameLines =
          old.releaseDays() == now.releaseDays()
              && after.size() >= before.size()
              && cohorts(after.subList(0, before.size())).equals(cohorts(before));
      if (!sameLines) {
        both("the booking windows are for other people than before");
      } else if (!before.equals(after)) {
        what.add("times or lists of the booking windows");
      }
    }

    private static List<List<Set<Integer>>> cohorts(List<BookingWindow> windows) {
      return windows.stream().map(window -> List.of(window.cohorts(), window.admitted())).toList();
    }
  }
}
