package dev.naru.booking.supply;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;

/// All that slots are made from, the sites apart.
///
/// @param zone of the dates and opening hours
/// @param releaseDays how many daily shares the supply is divided into, from 1
/// @param rules dates and capacity
/// @param lastDates last day with slots, one for each product
public record SupplyPlan(
    ZoneId zone, int releaseDays, SupplyRules rules, List<LocalDate> lastDates) {

  public SupplyPlan {
    lastDates = List.copyOf(lastDates);
    if (lastDates.isEmpty() || lastDates.size() != rules.perHalfHour().size()) {
      throw new IllegalArgumentException("one last date and one capacity for each product");
    }
  }

  /// The last day with slots of any product.
  public LocalDate lastDate() {
    return lastDates.stream().max(LocalDate::compareTo).orElseThrow();
  }

  /// The plan as a text that is the same for equal plans in every run of the program.
  String canonical() {
    return String.join(
        "|",
        zone.getId(),
        String.valueOf(releaseDays),
        rules.from() + ".." + rules.to(),
        new TreeSet<>(rules.holidays()).toString(),
        new TreeSet<>(rules.closed()).toString(),
        rules.perHalfHour().toString(),
        lastDates.toString());
  }
}
