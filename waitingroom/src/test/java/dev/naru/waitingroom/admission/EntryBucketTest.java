package dev.naru.waitingroom.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EntryBucketTest {
  private static final Instant START = Instant.parse("2021-08-09T20:00:00Z");
  private static final int A_THOUSAND_A_SECOND = 60_000;

  private final EntryBucket bucket = new EntryBucket();
  private Instant now = START;

  /// @return how many got in
  private int ask(int times, Duration every) {
    int in = 0;
    for (int i = 0; i < times; i++) {
      now = now.plus(every);
      if (bucket.take(now, A_THOUSAND_A_SECOND)) {
        in++;
      }
    }
    return in;
  }

  @Test
  void aBurstIsTwentySecondsWorth() {
    assertThat(ask(50_000, Duration.ZERO)).isEqualTo(20_000);
    now = now.plus(Duration.ofHours(1));
    assertThat(ask(50_000, Duration.ZERO)).isEqualTo(20_000);
  }

  /// Time between two questions is counted however short it is.
  @Test
  void howOftenPeopleAskDoesNotChangeHowManyEnter() {
    ask(20_000, Duration.ZERO);
    assertThat(ask(10 * 4_000, Duration.ofNanos(250_000))).isBetween(9_990, 10_000);
    assertThat(ask(10 * 100_000, Duration.ofNanos(10_000))).isBetween(9_990, 10_000);
  }

  @Test
  void aClockThatIsSetBackShutsTheDoorForNobody() {
    ask(20_000, Duration.ZERO);
    now = now.minus(Duration.ofMinutes(10));
    assertThat(ask(1, Duration.ZERO)).isZero();
    assertThat(ask(1_000, Duration.ofMillis(1))).isBetween(990, 1_000);
  }
}
