package dev.naru.booking.campaign;

import dev.naru.booking.supply.SupplyPlan;
import dev.naru.booking.supply.SupplyRules;
import dev.naru.common.text.LocalText;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// One campaign as its file describes it ([CampaignFile]).
///
/// @param id 1 to 32 of `a-z 0-9 -`; stands in addresses and papers
/// @param name for people
/// @param zone of every date and time of the campaign
/// @param products what is given, at least one; the index in this list is the key in the store
/// @param bornFrom first day of birth that is eligible
/// @param bornTo last day of birth that is eligible
/// @param calendar who may book when
/// @param admitPerMinute how many people of the line are called in a minute
/// @param supply when and how much is given
/// @param sessionTime how long a verified session is good for
/// @param leaseTime how long a silent device keeps its person's place
/// @param passTime how long somebody who was admitted may book
/// @param personsKeptDays how long after the last day of doses people's data is kept
/// @param terms holds, waitlist, and how freed doses come back
/// @param requirements lists, and what is asked of nationality
/// @param helping who may act for others
public record Campaign(
    String id,
    LocalText name,
    ZoneId zone,
    List<Product> products,
    LocalDate bornFrom,
    LocalDate bornTo,
    CampaignCalendar calendar,
    int admitPerMinute,
    SupplyRules supply,
    Duration sessionTime,
    Duration leaseTime,
    Duration passTime,
    int personsKeptDays,
    AppointmentTerms terms,
    Requirements requirements,
    Helping helping) {

  public Campaign {
    products = List.copyOf(products);
  }

  /// The index of a product, which is its key in the store.
  public OptionalInt productIndex(String productId) {
    return IntStream.range(0, products.size())
        .filter(index -> products.get(index).id().equals(productId))
        .findFirst();
  }

  /// Whether a first dose may be given on a day: slots go on after [SupplyRules#to()] for the later
  /// doses alone.
  public boolean takesFirstDoses(LocalDate date) {
    return supply.takesFirstDoses(date);
  }

  /// What slots there should be.
  public SupplyPlan supplyPlan() {
    return new SupplyPlan(
        zone,
        calendar.releaseDays(),
        supply,
        products.stream().map(product -> product.lastDate(supply.to())).toList());
  }

  /// The last day of later doses; of first ones where there are no others.
  public LocalDate lastDate() {
    return products.stream()
        .map(product -> product.lastDate(supply.to()))
        .max(Comparator.naturalOrder())
        .orElse(supply.to());
  }

  /// When nothing of it is left to do: the last day of doses is over.
  public Instant ends() {
    return lastDate().plusDays(1).atStartOfDay(zone).toInstant();
  }

  /// When people's names, phones and birth dates are no longer needed.
  public Instant personsKeptUntil() {
    return lastDate().plusDays(personsKeptDays).atStartOfDay(zone).toInstant();
  }
}
