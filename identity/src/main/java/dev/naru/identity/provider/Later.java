package dev.naru.identity.provider;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Does something after a while without holding a thread meanwhile. Tests turn the hand of time
/// themselves.
@FunctionalInterface
public interface Later {
  /// Runs a short task that does not block, after a delay.
  void after(Duration delay, Runnable task);

  /// On a scheduler.
  static Later on(ScheduledExecutorService scheduler) {
    return (delay, task) -> {
      var _ = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    };
  }
}
