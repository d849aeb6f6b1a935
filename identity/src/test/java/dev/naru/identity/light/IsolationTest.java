package dev.naru.identity.light;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.text.LocalText;
import dev.naru.identity.provider.Check;
import dev.naru.identity.provider.IdentityProvider;
import dev.naru.identity.provider.Later;
import dev.naru.identity.provider.ProviderAnswer;
import dev.naru.identity.provider.Start;
import dev.naru.identity.provider.TestChecks;
import dev.naru.identity.provider.VerifiedPerson;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A frozen and a slow provider beside a good one, in real time: one thread serves all three.
final class IsolationTest {
  private static final ProviderAnswer VERIFIED =
      new ProviderAnswer.Verified(
          new VerifiedPerson("ci", "홍길동", LocalDate.of(1980, 1, 9), "01012345678"));

  /// The good provider's own time: a tenth of it is more than a busy machine's trembling.
  private static final Duration GOOD = Duration.ofMillis(400);

  private static final int CHECKS = 400;

  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  /// @param latency of every answer; null for none ever
  private record Timed(String id, @Nullable Duration latency, Later later)
      implements IdentityProvider {
    @Override
    public LocalText name() {
      return new LocalText(id, id);
    }

    @Override
    public Start.Next next() {
      return Start.Next.FORM;
    }

    @Override
    public int capacity() {
      return 1_000;
    }

    @Override
    public CompletionStage<Start> start(Check check) {
      return CompletableFuture.completedFuture(Start.form(List.of("ci")));
    }

    @Override
    public CompletionStage<ProviderAnswer> complete(Check check, Map<String, String> answers) {
      CompletableFuture<ProviderAnswer> answer = new CompletableFuture<>();
      if (latency != null) {
        later.after(latency, () -> answer.complete(VERIFIED));
      }
      return answer;
    }
  }

  @Test
  void aFrozenAndASlowProviderTakeNothingFromTheGoodOne() throws InterruptedException {
    Later later = Later.on(scheduler);
    ProviderBoard board =
        new ProviderBoard(
            List.of(
                new Timed("frozen", null, later),
                new Timed("slow", Duration.ofSeconds(3), later),
                new Timed("good", GOOD, later)),
            InstantSource.system(),
            Guarding.USUAL);
    p99OfTheGoodOne(board, List.of("good"));
    int threads = Thread.activeCount();
    long alone = p99OfTheGoodOne(board, List.of("good"));
    long beside = p99OfTheGoodOne(board, List.of("frozen", "slow", "good"));

    assertThat(beside).as("p99 beside the others, alone %d µs", alone).isLessThan(alone * 11 / 10);
    assertThat(Thread.activeCount()).as("no thread waits for a provider").isLessThan(threads + 5);
    assertThat(requireNonNull(board.find("frozen")).status().measured().inFlight())
        .isEqualTo(CHECKS);
  }

  /// One check of each named provider every 2 ms.
  ///
  /// @return microseconds
  private static long p99OfTheGoodOne(ProviderBoard board, List<String> ids)
      throws InterruptedException {
    List<CompletableFuture<Long>> taken = new ArrayList<>();
    for (int i = 0; i < CHECKS; i++) {
      for (String id : ids) {
        long began = System.nanoTime();
        CompletionStage<ProviderAnswer> check =
            requireNonNull(board.find(id)).complete(TestChecks.at("one"), Map.of());
        if (id.equals("good")) {
          taken.add(
              check.thenApply(_ -> (System.nanoTime() - began) / 1_000).toCompletableFuture());
        }
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
    long[] sorted = taken.stream().mapToLong(CompletableFuture::join).sorted().toArray();
    return sorted[(int) (sorted.length * 0.99)];
  }
}
