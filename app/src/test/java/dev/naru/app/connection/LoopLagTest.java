package dev.naru.app.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoopLagTest {
  private final LoopLag lag = new LoopLag();

  @Test
  void aLoopThatStandsStillIsLateAtOnceAndForgivenWithinSeconds() throws InterruptedException {
    DefaultEventLoop loop = new DefaultEventLoop();
    CountDownLatch go = new CountDownLatch(1);
    try {
      assertThat(lag.millis()).isZero();
      lag.watch(loop);
      lag.watch(loop);
      loop.execute(
          () -> {
            try {
              go.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      while (lag.millis() < 400) {
        Thread.sleep(10);
      }
      go.countDown();
      while (lag.millis() > 20) {
        Thread.sleep(10);
      }
    } finally {
      go.countDown();
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    }
  }
}
