package dev.naru.common.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BatcherTest {
  /// Holds the first batch until told, so that the others gather.
  private static final class Held implements Batcher.Decision<Integer, String> {
    final CountDownLatch go = new CountDownLatch(1);
    final CountDownLatch begun = new CountDownLatch(1);
    final List<List<Integer>> batches = new ArrayList<>();

    @Override
    public List<String> decide(List<Integer> batch) throws InterruptedException {
      begun.countDown();
      go.await();
      batches.add(List.copyOf(batch));
      if (batch.contains(13)) {
        throw new IllegalStateException("poison");
      }
      return batch.stream().map(String::valueOf).toList();
    }
  }

  @Test
  void whatGathersWhileABatchIsDecidedIsTheNextBatchInOrderOfArrival() throws Exception {
    Held held = new Held();
    try (Batcher<Integer, String> batcher = new Batcher<>("test", 3, 100, Duration.ZERO, held)) {
      CompletableFuture<String> first = batcher.submit(0);
      held.begun.await();
      List<CompletableFuture<String>> others = new ArrayList<>();
      for (int i = 1; i <= 5; i++) {
        others.add(batcher.submit(i));
      }
      held.go.countDown();
      assertThat(first.get()).isEqualTo("0");
      for (int i = 1; i <= 5; i++) {
        assertThat(others.get(i - 1).get()).isEqualTo(String.valueOf(i));
      }
      assertThat(held.batches).containsExactly(List.of(0), List.of(1, 2, 3), List.of(4, 5));
    }
  }

  @Test
  void aPoisonedRequestFailsAlone() throws Exception {
    Held held = new Held();
    try (Batcher<Integer, String> batcher = new Batcher<>("test", 100, 100, Duration.ZERO, held)) {
      CompletableFuture<String> first = batcher.submit(0);
      held.begun.await();
      List<CompletableFuture<String>> others = new ArrayList<>();
      for (int i = 10; i < 20; i++) {
        others.add(batcher.submit(i));
      }
      held.go.countDown();
      first.get();
      for (int i = 10; i < 20; i++) {
        CompletableFuture<String> answer = others.get(i - 10);
        if (i == 13) {
          assertThatThrownBy(answer::get).hasMessageContaining("poison");
        } else {
          assertThat(answer.get()).isEqualTo(String.valueOf(i));
        }
      }
    }
  }

  @Test
  void aFullQueueRefusesAtOnceAndClosingDecidesWhatWaits() throws Exception {
    Held held = new Held();
    Batcher<Integer, String> batcher = new Batcher<>("test", 10, 2, Duration.ZERO, held);
    CompletableFuture<String> first = batcher.submit(0);
    held.begun.await();
    CompletableFuture<String> second = batcher.submit(1);
    CompletableFuture<String> third = batcher.submit(2);
    assertThatThrownBy(() -> batcher.submit(3).get())
        .hasCauseInstanceOf(RejectedExecutionException.class);
    assertThat(batcher.waiting()).isEqualTo(2);
    held.go.countDown();
    batcher.close();
    assertThat(first.get()).isEqualTo("0");
    assertThat(second.get()).isEqualTo("1");
    assertThat(third.get()).isEqualTo("2");
    assertThatThrownBy(() -> batcher.submit(4).get())
        .hasCauseInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aDecisionWithTooFewAnswersIsAnErrorAndNobodyWaitsForEver() {
    try (Batcher<Integer, String> batcher =
        new Batcher<>("test", 10, 10, Duration.ZERO, batch -> List.of())) {
      assertThatThrownBy(() -> batcher.submit(1).get())
          .hasCauseInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void whatComesRightAfterABatchGathersForTheRestOfTheBeat() throws Exception {
    List<Integer> sizes = new ArrayList<>();
    try (Batcher<Integer, Integer> batcher =
        new Batcher<>("test", 3, 10, Duration.ofSeconds(1), batch -> counted(sizes, batch))) {
      long began = System.nanoTime();
      batcher.submit(0).get();
      CompletableFuture<Integer> first = batcher.submit(1);
      batcher.submit(2).get();
      assertThat(first).isDone();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(900));
      assertThat(sizes).containsExactly(1, 2);
    }
  }

  @Test
  void aLoneRequestAndAFullBatchGoAtOnce() throws Exception {
    List<Integer> sizes = new ArrayList<>();
    CountDownLatch deciding = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (Batcher<Integer, Integer> batcher =
        new Batcher<>(
            "test",
            3,
            10,
            Duration.ofHours(1),
            batch -> {
              deciding.countDown();
              go.await();
              return counted(sizes, batch);
            })) {
      CompletableFuture<Integer> lone = batcher.submit(0);
      deciding.await();
      List<CompletableFuture<Integer>> full =
          List.of(batcher.submit(1), batcher.submit(2), batcher.submit(3));
      go.countDown();
      lone.get();
      for (CompletableFuture<Integer> each : full) {
        each.get();
      }
      assertThat(sizes).containsExactly(1, 3);
    }
  }

  @Test
  void enoughGoAtOnceThoughABatchMayBeLarger() throws Exception {
    List<Integer> sizes = new ArrayList<>();
    try (Batcher<Integer, Integer> batcher =
        new Batcher<>("test", 1_000, 1_000, Duration.ofHours(1), batch -> counted(sizes, batch))) {
      batcher.submit(0).get();
      List<CompletableFuture<Integer>> enough =
          IntStream.range(0, 128).mapToObj(batcher::submit).toList();
      for (CompletableFuture<Integer> each : enough) {
        each.get();
      }
      assertThat(sizes).containsExactly(1, 128);
    }
  }

  /// How long two requests took, one after the other, while the processors are so busy.
  private static Duration two(double load) throws Exception {
    try (Batcher<Integer, Integer> batcher =
        new Batcher<>(
            "test", 10, 10, Duration.ofMillis(1), batch -> batch, _ -> false, () -> load)) {
      long began = System.nanoTime();
      batcher.submit(0).get();
      batcher.submit(1).get();
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }

  /// The quickest of many, because whatever else a machine does makes it only slower.
  @Test
  void theBeatIsSlowerWhenTheProcessorsAreBusy() throws Exception {
    Duration idle = Duration.ofHours(1);
    for (int i = 0; i < 20; i++) {
      Duration one = two(0.5);
      idle = one.compareTo(idle) < 0 ? one : idle;
    }
    assertThat(idle).isBetween(Duration.ofMillis(1), Duration.ofMillis(9));
    assertThat(two(0.875)).isGreaterThan(Duration.ofMillis(50));
    assertThat(two(1)).isGreaterThan(Duration.ofMillis(100));
  }

  private static List<Integer> counted(List<Integer> sizes, List<Integer> batch) {
    sizes.add(batch.size());
    return batch;
  }
}
