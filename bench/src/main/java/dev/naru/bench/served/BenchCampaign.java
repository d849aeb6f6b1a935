package dev.naru.bench.served;

import java.time.LocalDateTime;
import java.time.ZoneId;

/// A campaign that is open to everybody and calls faster than anybody can come.
public final class BenchCampaign {
  public static final String ID = "bench";
  public static final ZoneId ZONE = ZoneId.of("Asia/Seoul");

  private BenchCampaign() {}

  /// The campaign file; it has been open for a minute.
  ///
  /// @param days of supply, from tomorrow on
  public static String yaml(int days, int perHalfHour) {
    LocalDateTime opened = LocalDateTime.now(ZONE).minusMinutes(1).withNano(0);
    return """
        campaign: %s
        name: {ko: 측정, en: Benchmark}
        zone: %s
        eligible:
          born: {from: 1950-01-01, to: %s}
        products:
          - {id: mrna, name: {ko: mRNA 백신, en: mRNA vaccine}, doses: 1}
        openPhase: {from: %s, to: %s}
        lobby: {opensBefore: 24h}
        line: {admitPerMinute: 60000}
        supply:
          from: %s
          to: %s
          perHalfHour: %d
        times: {session: 12h, lease: 10m, pass: 60m}
        """
        .formatted(
            ID,
            ZONE,
            opened.toLocalDate().minusYears(18),
            opened,
            opened.plusHours(20),
            opened.toLocalDate().plusDays(1),
            opened.toLocalDate().plusDays(days),
            perHalfHour);
  }
}
