package dev.naru.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.batch.Batcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many threads submit, poison and break, while the batcher is closed under them, thousands of
/// times with fixed seeds; each time what happened is held against the sequential model: a request
/// is kept once or not at all, and its answer says which.
@Timeout(120)
class BatcherModelTest {
  private static final long SEED = 20210826;
  private static final int ROUNDS = Integer.getInteger("naru.batcher.rounds", 1_500);

  /// Closing takes up to 100 ms of waiting, so many at once.
  private static final int AT_ONCE = 32;

  private static final int THREADS = 3;
  private static final int LARGEST = 4;
  private static final int CAPACITY = 12;

  /// @param number in the order in which its thread submitted
  private record Request(int thread, int number, Kind kind) {}

  private enum Kind {
    GOOD,
    POISON,
    AWAY,
    ERROR
  }

  private static final class Away extends RuntimeException {}

  /// What a batch would leave on disk.
  private static final class Ledger implements Batcher.Decision<Request, Request> {
    final List<Request> kept = new ArrayList<>();
    final Set<Request> seen = new HashSet<>();
    final AtomicInteger deciding = new AtomicInteger();
    final List<String> faults = new ArrayList<>();

    @Override
    public List<Request> decide(List<Request> batch) {
      if (deciding.incrementAndGet() != 1) {
        faults.add("two batches at a time");
      }
      try {
        if (batch.isEmpty() || batch.size() > LARGEST) {
          faults.add("a batch of " + batch.size());
        }
        seen.addAll(batch);
        for (Request request : batch) {
          switch (request.kind()) {
            case GOOD -> {}
            case POISON -> throw new IllegalStateException("poison");
            case AWAY -> throw new Away();
            case ERROR -> throw new AssertionError("error");
          }
        }
        kept.addAll(batch);
        return batch;
      } finally {
        deciding.decrementAndGet();
      }
    }
  }

  private record Asked(Request request, CompletableFuture<Request> answer) {}

  @Test
  void everyRequestIsKeptOnceOrNotAtAllAndItsAnswerSaysWhich() {
    LongAdder answered = new LongAdder();
    LongAdder rejected = new LongAdder();
    Queue<String> faults = new ConcurrentLinkedQueue<>();
    try (ExecutorService rounds = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int round = 0; round < ROUNDS; round++) {
        long seed = SEED + round;
        rounds.execute(
            () -> {
              Ledger ledger = new Ledger();
              List<Asked> asked = run(ledger, new Random(seed));
              faults(ledger, asked).forEach(fault -> faults.add("seed " + seed + ": " + fault));
              answered.add(ledger.kept.size());
              rejected.add(asked.size() - ledger.seen.size());
            });
      }
    }
    assertThat(faults).isEmpty();
    assertThat(answered.sum()).isGreaterThan(ROUNDS);
    assertThat(rejected.sum()).as("closing came in between").isGreaterThan(ROUNDS / 10);
  }

  private static List<Asked> run(Ledger ledger, Random random) {
    Batcher<Request, Request> batcher =
        new Batcher<>(
            "test", LARGEST, CAPACITY, Duration.ofNanos(50_000), ledger, Away.class::isInstance);
    List<List<Asked>> asked = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    CountDownLatch go = new CountDownLatch(1);
    for (int t = 0; t < THREADS; t++) {
      List<Request> requests = requests(t, random);
      List<Asked> mine = new ArrayList<>();
      asked.add(mine);
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    awaitQuietly(go);
                    requests.forEach(
                        request -> mine.add(new Asked(request, batcher.submit(request))));
                  }));
    }
    int spins = random.nextInt(200_000);
    go.countDown();
    for (int i = 0; i < spins; i++) {
      Thread.onSpinWait();
    }
    batcher.close();
    threads.forEach(BatcherModelTest::join);
    return asked.stream().flatMap(List::stream).toList();
  }

  private static List<Request> requests(int thread, Random random) {
    List<Request> requests = new ArrayList<>();
    int count = 4 + random.nextInt(40);
    for (int number = 0; number < count; number++) {
      int dice = random.nextInt(40);
      Kind kind = dice < 3 ? Kind.values()[1 + dice] : Kind.GOOD;
      requests.add(new Request(thread, number, kind));
    }
    return requests;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> faults(Ledger ledger, List<Asked> asked) {
    List<String> faults = new ArrayList<>(ledger.faults);
    Set<Request> kept = new HashSet<>(ledger.kept);
    if (kept.size() != ledger.kept.size()) {
      faults.add("kept twice");
    }
    for (Asked one : asked) {
      String fault = fault(one, kept, ledger.seen);
      if (fault != null) {
        faults.add(fault + ": " + one.request());
      }
    }
    int[] last = new int[THREADS];
    for (Request request : ledger.kept) {
      if (request.number() < last[request.thread()]) {
        faults.add("overtaken by a later one of its own thread: " + request);
      }
      last[request.thread()] = request.number();
    }
    return faults;
  }

  private static @Nullable String fault(Asked asked, Set<Request> kept, Set<Request> seen) {
    boolean isKept = kept.contains(asked.request());
    try {
      Request answer = asked.answer().orTimeout(5, TimeUnit.SECONDS).join();
      return isKept && answer.equals(asked.request()) ? null : "acknowledged, but not kept";
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof TimeoutException) {
        return "waits for ever";
      }
      if (isKept) {
        return "kept, but told no";
      }
      return cause instanceof RejectedExecutionException && seen.contains(asked.request())
          ? "decided, but told that it was not"
          : null;
    }
  }
}
