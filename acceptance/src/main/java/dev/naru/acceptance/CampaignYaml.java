package dev.naru.acceptance;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/// The file of a campaign for everybody from 18 to 64.
///
/// @param id of the campaign
/// @param opens when booking begins, by the clocks of Seoul; it ends six hours later
/// @param doses 1, or 2 that are booked together
/// @param perHalfHour places of each site in half an hour
/// @param days how many days of first doses, beginning tomorrow
public record CampaignYaml(
    String id, LocalDateTime opens, int admitPerMinute, int doses, int perHalfHour, int days) {
  static final ZoneId ZONE = ZoneId.of("Asia/Seoul");

  /// The clock of Seoul, to the millisecond.
  public static LocalDateTime now() {
    return LocalDateTime.now(ZONE).truncatedTo(ChronoUnit.MILLIS);
  }

  /// The first day of birth that is eligible.
  LocalDate bornFrom() {
    return opens.toLocalDate().minusYears(65).plusDays(1);
  }

  /// The last day of birth that is eligible.
  LocalDate bornTo() {
    return opens.toLocalDate().minusYears(18);
  }

  public String text() {
    String later =
        doses == 1 ? "" : ", intervalDays: 3, earliestDays: 3, latestDays: 5, bookedTogether: true";
    return """
    campaign: %s
    name: {ko: 접종 시험, en: Acceptance}
    zone: %s
    eligible:
      born: {from: %s, to: %s}
    products:
      - {id: mrna, name: {ko: mRNA 백신, en: mRNA vaccine}, doses: %d%s}
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
            ZONE,
            bornFrom(),
            bornTo(),
            doses,
            later,
            opens,
            opens.plusHours(6),
            admitPerMinute,
            opens.toLocalDate().plusDays(1),
            opens.toLocalDate().plusDays(days),
            perHalfHour);
  }
}
