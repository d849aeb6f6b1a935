package dev.naru.waitingroom;

import static dev.naru.waitingroom.TestLine.OPENS;
import static dev.naru.waitingroom.TestLine.joined;
import static dev.naru.waitingroom.TestLine.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {
  /// The real beat is a second; ten are only waited for when it does not beat at all.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void itTicksByItselfAndGoesOnWithoutTheDatabase() throws InterruptedException {
    TestLine world = new TestLine();
    try (ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        WaitingRoom node = world.node().run(scheduler)) {
      joined(node, world.session("Kim"));
      world.at(OPENS);
      waitFor(() -> status(node).phase().equals("open"));
      world.loseHome();
      world.pass(Duration.ofMinutes(1));
      waitFor(() -> status(node).notice() != null);
      assertThat(status(node).serving()).isZero();
      scheduler.shutdown();
    }
  }

  private static void waitFor(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
