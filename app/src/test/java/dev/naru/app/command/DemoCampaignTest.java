package dev.naru.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class DemoCampaignTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Seoul");
  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 30);

  @Test
  void howMuchThereIsDoesNotDependOnTheWeekday() {
    for (int day = 0; day < 7; day++) {
      assertThat(opening(MONDAY.plusDays(day)))
          .contains("from: 2026-12-07\n  to: 2026-12-12\n  perHalfHour: 5");
    }
    assertThat(opening(MONDAY.minusDays(1))).contains("from: 2026-11-30\n");
  }

  private static String opening(LocalDate day) {
    return DemoCampaign.yaml(
        DemoCampaign.ID,
        day.atTime(LocalTime.NOON).atZone(ZONE).toInstant(),
        ZONE,
        new DemoCampaign.Supply(1_000, 2, 5, 6));
  }
}
