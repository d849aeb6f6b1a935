package dev.naru.rehearsal.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final Duration DAY = Duration.ofHours(22);

  @Test
  void fortyPercentAreThereAfterHalfAnHourWithAndWithoutALobby() {
    Arrivals.Decay curve = Arrivals.Decay.AUGUST_2021;
    assertThat(curve.over(DAY, 0).applyAsDouble(0.4)).isCloseTo(1_800, within(1.0));
    assertThat(curve.over(DAY, 0.2).applyAsDouble(0.25)).isCloseTo(1_800, within(1.0));
    assertThat(curve.over(DAY, 0).applyAsDouble(1)).isCloseTo(22 * 3_600, within(1.0));
    assertThatThrownBy(() -> curve.over(DAY, 0.4)).hasMessageContaining("the lobby holds 40%");
  }

  @Test
  void aTraceIsReplayedFromItsRise() {
    Trace trace = Trace.read(lines(5, 4, 3, 40, 100, 60), null);
    assertThat(trace.from()).isEqualTo(LocalDateTime.of(2026, 3, 2, 20, 3));
    DoubleUnaryOperator curve = trace.within(DAY);
    assertThat(curve.applyAsDouble(0)).isZero();
    assertThat(curve.applyAsDouble(0.2)).isCloseTo(60, within(1e-9));
    assertThat(curve.applyAsDouble(0.45)).isCloseTo(90, within(1e-9));
    assertThat(curve.applyAsDouble(1)).isCloseTo(180, within(1e-9));
  }

  @Test
  void aTraceMayBeginWhereYouSayAndEndsWithTheWindow() {
    Trace trace = Trace.read(lines(10, 0, 30, 1_000), LocalDateTime.of(2026, 3, 2, 20, 0));
    DoubleUnaryOperator curve = trace.within(Duration.ofMinutes(3));
    assertThat(curve.applyAsDouble(0.125)).isCloseTo(30, within(1e-9));
    assertThat(curve.applyAsDouble(0.625)).isCloseTo(150, within(1e-9));
  }

  @Test
  void aBrokenTraceIsRefusedInWords() {
    assertThatThrownBy(() -> Trace.read(List.of("period,count"), null))
        .hasMessageContaining("no minute");
    assertThatThrownBy(() -> Trace.read(List.of("period,count", "yesterday,3"), null))
        .hasMessageContaining("line 2: found “yesterday,3”");
    assertThatThrownBy(
            () ->
                Trace.read(
                    List.of("period,count", "2026-03-02 20:01:00,1", "2026-03-02 20:00:00,1"),
                    null))
        .hasMessageContaining("line 3", "later minute");
    assertThatThrownBy(() -> Trace.read(lines(1, 2), LocalDateTime.of(2027, 1, 1, 0, 0)))
        .hasMessageContaining("before 2027-01-01");
  }

  private static List<String> lines(int... counts) {
    List<String> lines = new ArrayList<>(List.of("period,count"));
    for (int minute = 0; minute < counts.length; minute++) {
      lines.add("2026-03-02 20:0" + minute + ":00," + counts[minute]);
    }
    return lines;
  }
}
