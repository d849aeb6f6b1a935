package dev.naru.waitingroom.line;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PaceRulesTest {
  private static final Instant OPENS = Instant.parse("2026-11-03T11:00:00Z");
  private static final Pace START = new Pace(0, 0, OPENS);
  private static final long CROWD = 10_000_000;

  @Property(tries = 50)
  void anHourOfUnevenTicksCallsExactlyTheHoursPace(
      @ForAll @IntRange(min = 1, max = 50_000) int perMinute,
      @ForAll @Size(min = 50, max = 50) List<@IntRange(min = 1, max = 2_000) Integer> millis) {
    Pace pace = START;
    Instant end = OPENS.plus(Duration.ofHours(1));
    for (int i = 0; tickedAt(pace).isBefore(end); i++) {
      Instant next = tickedAt(pace).plusMillis(millis.get(i % millis.size()));
      pace = PaceRules.tick(pace, CROWD, next.isBefore(end) ? next : end, perMinute);
    }
    assertThat(pace.serving()).isEqualTo(60L * perMinute);
  }

  private static Instant tickedAt(Pace pace) {
    return requireNonNull(pace.tickedAt());
  }

  @Property
  void theLineNeverGoesBackNorPastTheLastPerson(
      @ForAll @IntRange(min = 1, max = 100_000) int perMinute,
      @ForAll @Size(max = 40) List<@IntRange(min = -5_000, max = 20_000) Integer> millis,
      @ForAll @IntRange(max = 1_000) int joined) {
    Pace pace = START;
    Instant now = OPENS;
    for (int step : millis) {
      now = now.plusMillis(step);
      Pace next = PaceRules.tick(pace, joined, now, perMinute);
      assertThat(next.serving()).isBetween(pace.serving(), (long) joined);
      pace = next;
    }
  }

  @Test
  void theFirstTickOnlyStartsTheClock() {
    assertThat(PaceRules.tick(new Pace(0, 0, null), CROWD, OPENS, 600)).isEqualTo(START);
  }

  @Test
  void aClockThatIsABitBehindCountsNothingTwice() {
    Pace ahead = PaceRules.tick(START, CROWD, OPENS.plusSeconds(1), 600);
    assertThat(PaceRules.tick(ahead, CROWD, OPENS.minusSeconds(4), 600)).isEqualTo(ahead);
    assertThat(PaceRules.hold(ahead, OPENS.minusSeconds(4))).isEqualTo(ahead);
  }

  @Test
  void aClockThatIsSetBackDoesNotStopTheLineForAsLongAsItWasWrong() {
    Pace ahead = new Pace(100, 0, OPENS.plusSeconds(600));
    for (Pace back :
        List.of(PaceRules.tick(ahead, CROWD, OPENS, 600), PaceRules.hold(ahead, OPENS))) {
      assertThat(back).isEqualTo(new Pace(100, 0, OPENS));
      assertThat(PaceRules.tick(back, CROWD, OPENS.plusSeconds(1), 600).serving()).isEqualTo(110);
    }
  }

  @Test
  void quietHoursDoNotAddUpToABurst() {
    Pace pace = START;
    for (int second = 1; second <= 7_200; second++) {
      pace = PaceRules.tick(pace, 0, OPENS.plusSeconds(second), 600);
    }
    pace = PaceRules.tick(pace, 1_000, OPENS.plusSeconds(7_201), 600);
    assertThat(pace.serving()).isEqualTo(20);
  }

  @Test
  void aLonePersonWalksStraightIntoAnIdleLine() {
    Pace pace = START;
    for (int second = 1; second <= 60; second++) {
      pace = PaceRules.tick(pace, 0, OPENS.plusSeconds(second), 6);
    }
    assertThat(PaceRules.tick(pace, 1, OPENS.plusSeconds(61), 6).serving()).isEqualTo(1);
  }

  @Test
  void anOutageIsNotMadeUpForAtOnce() {
    assertThat(PaceRules.tick(START, CROWD, OPENS.plusSeconds(3_600), 600).serving()).isEqualTo(50);
  }

  @Test
  void twoTicksAtTheSameMomentCountOnce() {
    Pace once = PaceRules.tick(START, CROWD, OPENS.plusSeconds(1), 600);
    assertThat(PaceRules.tick(once, CROWD, OPENS.plusSeconds(1), 600)).isEqualTo(once);
  }
}
