package dev.naru.waitingroom.ticket;

import static dev.naru.waitingroom.TestLine.CAMPAIGN;

import dev.naru.common.paper.Paper;
import dev.naru.waitingroom.TestLine;
import dev.naru.waitingroom.WaitingRoom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How many people join in a second, durably. Not part of the suite (it does not end in Test): run
/// it with `-Dtest=TicketBenchmark`.
class TicketBenchmark {
  private static final int PEOPLE = 400_000;

  /// Under the limit of the queue, so that nobody is refused.
  private static final int AT_ONCE = 15_000;

  @Test
  void join() throws InterruptedException {
    TestLine world = new TestLine();
    try (WaitingRoom node = world.node()) {
      List<Paper> people =
          IntStream.range(0, PEOPLE).mapToObj(i -> world.session("p" + i)).toList();
      run("first half (warming up)", node, people.subList(0, PEOPLE / 2));
      run("second half", node, people.subList(PEOPLE / 2, PEOPLE));
      run("second half again", node, people.subList(PEOPLE / 2, PEOPLE));
    }
  }

  private static void run(String name, WaitingRoom node, List<Paper> people)
      throws InterruptedException {
    Semaphore room = new Semaphore(AT_ONCE);
    CountDownLatch left = new CountDownLatch(people.size());
    AtomicInteger failed = new AtomicInteger();
    long[] nanos = new long[people.size()];
    long start = System.nanoTime();
    for (int i = 0; i < people.size(); i++) {
      int index = i;
      room.acquire();
      long asked = System.nanoTime();
      node.tickets()
          .join(CAMPAIGN, people.get(i))
          .thenAccept(
              result -> {
                nanos[index] = System.nanoTime() - asked;
                if (!(result instanceof JoinResult.Joined)) {
                  failed.incrementAndGet();
                }
                room.release();
                left.countDown();
              });
    }
    left.await();
    double seconds = (System.nanoTime() - start) / 1e9;
    Arrays.sort(nanos);
    System.out.printf(
        "%s: %,.0f joins/s, p50 %.0f ms, p99 %.0f ms, failed %d%n",
        name,
        people.size() / seconds,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6,
        failed.get());
  }
}
