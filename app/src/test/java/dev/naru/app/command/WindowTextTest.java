package dev.naru.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.eligibility.Audience;
import dev.naru.common.eligibility.BookingWindow;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WindowTextTest {
  private static final Instant OPENS = Instant.parse("2026-11-03T11:00:00Z");

  private static String audience(Set<Integer> cohorts, Audience audience) {
    return WindowText.audience(
        new BookingWindow(0, cohorts, OPENS, OPENS, OPENS.plusSeconds(60), 1, 1, audience));
  }

  @Test
  void aWindowForEverybodySaysSo() {
    assertThat(audience(Set.of(), Audience.EVERYBODY)).isEqualTo("everybody");
  }

  @Test
  void whoeverIsKeptOutIsSaid() {
    assertThat(audience(Set.of(6, 1), Audience.EVERYBODY))
        .isEqualTo("days of birth ending in 1, 6");
    assertThat(audience(Set.of(), new Audience(Audience.Origin.FOREIGN, List.of(), List.of())))
        .isEqualTo("foreigners");
    assertThat(
            audience(
                Set.of(3),
                new Audience(
                    Audience.Origin.DOMESTIC, List.of("staff", "aged"), List.of("vaccinated"))))
        .isEqualTo(
            "nationals; days of birth ending in 3; on one of the lists staff, aged; on none of the"
                + " lists vaccinated");
  }
}
