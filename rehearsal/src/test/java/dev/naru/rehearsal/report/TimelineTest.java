package dev.naru.rehearsal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.rehearsal.report.RunRecord.Group;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimelineTest {
  @Test
  void eventsAreRatesAndSilenceIsZero() {
    Timeline timeline = new Timeline(2);
    timeline.count(Group.BOOKINGS, "booked", 0.5, 1);
    timeline.count(Group.BOOKINGS, "booked", 1.9, 2);
    timeline.count(Group.BOOKINGS, "booked", 4, 4);
    assertThat(timeline.series().getFirst().values()).containsExactly(1.5, 0.0, 2.0);
  }

  @Test
  void readingsAreKeptAndSilenceIsAGap() {
    Timeline timeline = new Timeline(1);
    timeline.gauge(Group.CPU, "server", 0, 0.5);
    timeline.gauge(Group.CPU, "server", 0.7, 0.6);
    timeline.gauge(Group.CPU, "server", 2, 0.7);
    timeline.count(Group.BOOKINGS, "booked", 3, 1);
    assertThat(timeline.series().getFirst().values()).containsExactly(0.6, null, 0.7, null);
  }

  @Test
  void aLongRunGrowsWithoutLosingAnything() {
    Timeline timeline = new Timeline(1);
    IntStream.range(0, 10_000).forEach(i -> timeline.count(Group.REQUESTS, "sent", i, i));
    assertThat(timeline.series().getFirst().values()).hasSize(10_000).endsWith(9_999.0);
  }

  @Test
  void whatIsReadEveryFewSecondsIsDrawnThroughAndALongSilenceIsAGap() {
    Timeline timeline = new Timeline(1);
    for (int second : new int[] {0, 5, 10, 40, 45}) {
      timeline.gauge(Group.CPU, "server", second, 1);
    }
    Readings readings = Readings.of(timeline.series().getFirst().values(), 1);
    assertThat(readings.seconds()).containsExactly(0, 5, 10, 10, 40, 45);
    assertThat(readings.values()).containsExactly(1, 1, 1, Double.NaN, 1, 1);
  }

  @Test
  void aNameIsEitherCountedOrRead() {
    Timeline timeline = new Timeline(1);
    timeline.count(Group.CPU, "server", 0, 1);
    assertThatThrownBy(() -> timeline.gauge(Group.CPU, "server", 0, 1))
        .hasMessageContaining("server");
  }
}
