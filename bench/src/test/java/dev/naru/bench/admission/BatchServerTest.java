package dev.naru.bench.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.limit.LatencyLimit;
import org.junit.jupiter.api.Test;

class BatchServerTest {
  /// 2,000 requests in 45 ms.
  private static final double BEST = 44_444;

  @Test
  void theLimitKeepsNearlyAllGoodputAndTheLatency() {
    BatchServer server = new BatchServer();
    LatencyLimit limit =
        new LatencyLimit(0.2, 16, 2_000, 20_000, () -> (long) (server.now() * 1e9));
    assertThat(server.run(limit::enter, limit::leave))
        .allSatisfy(phase -> assertThat(phase.millis()).isLessThan(250))
        .satisfiesExactly(
            well -> assertThat(well.perSecond()).isGreaterThan(0.95 * BEST),
            slow -> assertThat(slow.perSecond()).isGreaterThan(0.9 * BEST / 3),
            again -> assertThat(again.perSecond()).isGreaterThan(0.95 * BEST));
  }

  @Test
  void withoutALimitTheLatencyIsLost() {
    BatchServer server = new BatchServer();
    assertThat(server.run(() -> server.inFlight() < 40_000, _ -> {}))
        .allSatisfy(phase -> assertThat(phase.millis()).isGreaterThan(600));
  }
}
