package dev.naru.app.command;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/// The campaign of the demo: everybody from 18 to 54, an opening soon, and two doses booked
/// together, only days apart so that the demo's calendar stays small.
final class DemoCampaign {
  static final String ID = "demo";

  /// The campaign that warms a program up before a rehearsal of the demo.
  static final String WARM_UP = "warm-up";

  /// How much is booked, and how quickly.
  ///
  /// @param perMinute how many are called in a minute
  /// @param doses 1, or 2 that are booked together
  /// @param perHalfHour places of each site in half an hour
  /// @param days days of first doses, from the first Monday after the opening: sites close on
  ///   Sundays, and how much there is must not depend on today
  record Supply(int perMinute, int doses, int perHalfHour, int days) {}

  private static final String SECOND_DOSE =
      "\n    intervalDays: 3\n    earliestDays: 3\n    latestDays: 5\n    bookedTogether: true";

  private DemoCampaign() {}

  /// The campaign file.
  ///
  /// @param opens when booking begins; it ends six hours later
  static String yaml(String id, Instant opens, ZoneId zone, Supply supply) {
    LocalDateTime start = LocalDateTime.ofInstant(opens, zone);
    LocalDate first = start.toLocalDate().with(TemporalAdjusters.next(DayOfWeek.MONDAY));
    return """
        campaign: %s
        name: {ko: 예방접종 예약 (체험), en: Vaccination (demo)}
        zone: %s
        eligible:
          born: {from: %s, to: %s}
        products:
          - id: mrna
            name: {ko: mRNA 백신, en: mRNA vaccine}
            doses: %d%s
        openPhase: {from: %s, to: %s}
        lobby: {opensBefore: 24h}
        line: {admitPerMinute: %d}
        supply:
          from: %s
          to: %s
          perHalfHour: %d
        times: {session: 12h, lease: 10m, pass: 10m}
        """
        .formatted(
            id,
            zone,
            start.toLocalDate().minusYears(55).plusDays(1),
            start.toLocalDate().minusYears(18),
            supply.doses(),
            supply.doses() == 1 ? "" : SECOND_DOSE,
            start,
            start.plusHours(6),
            supply.perMinute(),
            first,
            first.plusDays(supply.days() - 1),
            supply.perHalfHour());
  }
}
