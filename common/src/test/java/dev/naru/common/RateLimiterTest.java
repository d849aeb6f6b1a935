package dev.naru.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.common.rate.Rate;
import dev.naru.common.rate.RateLimiter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private static final long SECRET = 0x5eedL;

  /// Near the end of its range: such a clock may overflow.
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

  private final RateLimiter limiter = new RateLimiter(new Rate(5, 60), SECRET, nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private int allowed(long caller, int asked) {
    int allowed = 0;
    for (int i = 0; i < asked; i++) {
      allowed += limiter.take(caller) == 0 ? 1 : 0;
    }
    return allowed;
  }

  @Test
  void theBurstIsAllowedAtOnceAndThenTheRate() {
    assertThat(allowed(1, 1_000)).isEqualTo(60);
    pass(Duration.ofSeconds(2));
    assertThat(allowed(1, 1_000)).isEqualTo(10);
    pass(Duration.ofMinutes(10));
    assertThat(allowed(1, 1_000)).isEqualTo(60);
  }

  @Test
  void whoIsRefusedIsToldWhenToComeBackAndIsThenAllowed() {
    allowed(1, 60);
    long early = limiter.take(1);
    assertThat(early).isBetween(1L, Duration.ofMillis(200).toNanos());
    pass(Duration.ofNanos(early - 1));
    assertThat(limiter.take(1)).isEqualTo(1);
    pass(Duration.ofNanos(1));
    assertThat(limiter.take(1)).isZero();
  }

  @Test
  void refusedRequestsDoNotProlongTheWait() {
    allowed(1, 1_000_000);
    pass(Duration.ofMillis(200));
    assertThat(limiter.take(1)).isZero();
  }

  @Test
  void somebodyElsesHammeringIsNotCounted() {
    allowed(1, 1_000_000);
    assertThat(allowed(2, 60)).isEqualTo(60);
  }

  /// Ten thousand who have used up everything: of ten thousand others hardly one notices.
  @Test
  void amongManyHammerersOthersAreServed() {
    for (long caller = 0; caller < 10_000; caller++) {
      allowed(caller, 60);
    }
    int refused = 0;
    for (long caller = 10_000; caller < 20_000; caller++) {
      refused += limiter.take(caller) == 0 ? 0 : 1;
    }
    assertThat(refused).isLessThan(120);
  }

  /// Memory is two rows, whoever comes.
  @Test
  void millionsOfCallersWhoAskOnceLeaveRoomForTheNext() {
    int refused = 0;
    for (long caller = 0; caller < 3_000_000; caller++) {
      pass(Duration.ofNanos(100_000));
      refused += limiter.take(caller) == 0 ? 0 : 1;
    }
    assertThat(refused).isZero();
  }

  @Test
  void withoutALimitNothingIsRefused() {
    RateLimiter unlimited = new RateLimiter(Rate.UNLIMITED, SECRET, nanos::get);
    for (int i = 0; i < 100_000; i++) {
      assertThat(unlimited.take(1)).isZero();
    }
  }

  @Test
  void aRateThatLetsNothingThroughIsAMistake() {
    assertThatThrownBy(() -> new Rate(1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Rate(-1, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
