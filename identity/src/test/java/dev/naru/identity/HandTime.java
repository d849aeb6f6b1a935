package dev.naru.identity;

import dev.naru.identity.provider.Later;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Time that passes when the test says so: the clock, and what is to be done later.
public final class HandTime implements InstantSource, Later {
  private record Task(Instant due, Runnable task) {}

  private final List<Task> tasks = new ArrayList<>();
  private Instant now = Instant.parse("2021-08-09T11:00:00Z");

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized void after(Duration delay, Runnable task) {
    tasks.add(new Task(now.plus(delay), task));
  }

  /// Lets time pass, doing what becomes due in its order.
  public void pass(Duration duration) {
    Instant end = instant().plus(duration);
    for (Task next = nextDue(end); next != null; next = nextDue(end)) {
      set(next.due());
      next.task().run();
    }
    set(end);
  }

  private synchronized void set(Instant instant) {
    now = instant;
  }

  private synchronized @Nullable Task nextDue(Instant end) {
    Task next =
        tasks.stream()
            .filter(task -> !task.due().isAfter(end))
            .min(Comparator.comparing(Task::due))
            .orElse(null);
    tasks.remove(next);
    return next;
  }
}
