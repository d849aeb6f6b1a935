package dev.naru.booking.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CampaignCalendarTest {
  private final CampaignCalendar calendar = CampaignTexts.read(CampaignTexts.SMALL).calendar();

  private static Instant at(String utc) {
    return Instant.parse("2026-03-" + utc + ":00Z");
  }

  @Test
  void theCampaignGoesThroughItsPhases() {
    assertThat(calendar.phase(at("02T10:49"))).isEqualTo(CampaignPhase.BEFORE);
    assertThat(calendar.phase(at("02T10:50"))).isEqualTo(CampaignPhase.LOBBY);
    assertThat(calendar.phase(at("02T11:00"))).isEqualTo(CampaignPhase.OPEN);
    assertThat(calendar.phase(at("03T09:00"))).isEqualTo(CampaignPhase.BETWEEN);
    assertThat(calendar.phase(at("03T10:50"))).isEqualTo(CampaignPhase.LOBBY);
    assertThat(calendar.phase(at("10T09:00"))).isEqualTo(CampaignPhase.OPEN);
    assertThat(calendar.phase(at("10T09:01"))).isEqualTo(CampaignPhase.OVER);
  }

  @Test
  void theNextWindowIsKnownBetweenTwo() {
    assertThat(calendar.current(at("03T09:00"))).isEmpty();
    assertThat(calendar.currentOrNext(at("03T09:00"))).hasValue(calendar.windows().get(1));
    assertThat(calendar.currentOrNext(at("11T00:00"))).isEmpty();
    assertThat(calendar.windowOf(2)).hasValue(calendar.windows().get(2));
    assertThat(calendar.windowOf(3)).isEmpty();
    assertThat(calendar.windowOf(-1)).isEmpty();
  }

  @Test
  void windowsOutOfOrderAreRefused() {
    assertThatThrownBy(() -> new CampaignCalendar(calendar.zone(), calendar.windows().reversed()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CampaignCalendar(calendar.zone(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLaterDoseMovesOnlyWithinItsDays() {
    Product two = CampaignTexts.read(CampaignTexts.SMALL).products().get(1);
    var first = java.time.LocalDate.of(2026, 3, 9);
    assertThat(two.allows(first, first.plusDays(6))).isFalse();
    assertThat(two.allows(first, first.plusDays(7))).isTrue();
    assertThat(two.allows(first, first.plusDays(8))).isTrue();
    assertThat(two.allows(first, first.plusDays(9))).isFalse();
  }
}
