package dev.naru.common.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

/// A batch instead of a thousand transactions: requests gather while the previous batch commits,
/// then all that have gathered are decided together. A lone request goes at once; one that comes
/// right after it waits for the next beat, unless enough have gathered, because two small batches
/// cost the database nearly twice as much as one (adr/0041). When the processors are busy the beat
/// is slower: the batches grow just when that saves what is scarce (adr/0045, adr/0048).
///
/// One thread decides; the order of arrival is the order in the batch. When deciding a batch
/// throws, it is halved until the request that is to blame stands alone, so that a poisoned request
/// never fails its neighbours. A failure that no request is to blame for (the database is away) is
/// told to the whole batch at once: to try each half again would only make everybody wait longer.
///
/// @param <Q> request
/// @param <A> answer
public final class Batcher<Q, A> implements AutoCloseable {
  /// Decides a batch, durably.
  ///
  /// @param <Q> request
  /// @param <A> answer
  @FunctionalInterface
  public interface Decision<Q, A> {
    /// @param batch in order of arrival, never empty
    /// @return one answer for each request, in the same order
    /// @throws Exception when nobody of the batch can be answered; what was kept all the same has
    ///   to be found when a request of it is decided anew
    List<A> decide(List<Q> batch) throws Exception;
  }

  /// A batch costs about as much as forty of the requests in it (adr/0042): of more it is a small
  /// part, and nobody has to wait.
  private static final int ENOUGH = 128;

  /// The slowest beat: what takes a tenth of a second still seems to happen at once (adr/0048).
  private static final Duration SLOWEST = Duration.ofMillis(100);

  /// How busy the processors are when the beat begins to slow, and when it is slowest.
  private static final double BUSY = 0.8;

  private static final double FULL = 0.95;

  /// How often it looks whether enough have gathered.
  private static final long LOOK_NANOS = Duration.ofMillis(3).toNanos();

  private record Waiting<Q, A>(Q request, CompletableFuture<A> answer) {}

  private final BlockingQueue<Waiting<Q, A>> queue;
  private final Decision<Q, A> decision;
  private final Predicate<Exception> blameless;
  private final int largest;
  private final int enough;
  private final long rhythmNanos;
  private final DoubleSupplier load;
  private final Thread writer;
  private volatile boolean closed;

  /// A batcher that looks for the request to blame whatever deciding throws.
  ///
  /// @param name of the thread, for logs and profiles
  /// @param largest most requests decided in one batch
  /// @param capacity most requests that may wait; more are refused at once
  /// @param rhythm between the beginnings of two batches while the processors are not busy
  public Batcher(String name, int largest, int capacity, Duration rhythm, Decision<Q, A> decision) {
    this(name, largest, capacity, rhythm, decision, _ -> false);
  }

  /// @param blameless says of what deciding threw that no request is to blame for it
  public Batcher(
      String name,
      int largest,
      int capacity,
      Duration rhythm,
      Decision<Q, A> decision,
      Predicate<Exception> blameless) {
    this(name, largest, capacity, rhythm, decision, blameless, Processors::load);
  }

  /// @param load of the processors, 0 to 1
  Batcher(
      String name,
      int largest,
      int capacity,
      Duration rhythm,
      Decision<Q, A> decision,
      Predicate<Exception> blameless,
      DoubleSupplier load) {
    this.blameless = blameless;
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.largest = largest;
    this.enough = Math.min(ENOUGH, largest);
    this.rhythmNanos = rhythm.toNanos();
    this.load = load;
    this.decision = decision;
    this.writer = Thread.ofPlatform().name(name).daemon().start(this::run);
  }

  /// Queues a request.
  ///
  /// @return completed after the batch is durable; completed exceptionally with
  ///   [RejectedExecutionException] when the queue is full or closed, otherwise with what deciding
  ///   threw
  public CompletableFuture<A> submit(Q request) {
    CompletableFuture<A> answer = new CompletableFuture<>();
    Waiting<Q, A> waiting = new Waiting<>(request, answer);
    if (closed || !queue.offer(waiting)) {
      answer.completeExceptionally(new RejectedExecutionException("the queue is full"));
    } else if (closed && queue.remove(waiting)) {
      // It closed in between, and the writer may have looked into the queue for the last time.
      answer.completeExceptionally(new RejectedExecutionException("closing"));
    }
    return answer;
  }

  /// How many requests wait now.
  public int waiting() {
    return queue.size();
  }

  private void run() {
    List<Waiting<Q, A>> batch = new ArrayList<>(largest);
    long began = System.nanoTime() - rhythmNanos;
    while (!closed || !queue.isEmpty()) {
      try {
        Waiting<Q, A> first = queue.poll(100, TimeUnit.MILLISECONDS);
        if (first == null) {
          continue;
        }
        batch.add(first);
        gather(began + beatNanos());
        began = System.nanoTime();
        queue.drainTo(batch, largest - 1);
        decide(batch);
        batch.clear();
      } catch (InterruptedException e) {
        closed = true;
      }
    }
  }

  /// Between the beginnings of two batches.
  private long beatNanos() {
    double slowness = Math.clamp((load.getAsDouble() - BUSY) / (FULL - BUSY), 0, 1);
    return rhythmNanos + Math.round(slowness * Math.max(0, SLOWEST.toNanos() - rhythmNanos));
  }

  /// Waits for the next beat, unless enough have gathered before it.
  ///
  /// @param beat when it is, as [System#nanoTime]
  private void gather(long beat) {
    long rest = beat - System.nanoTime();
    while (rest > 0 && queue.size() < enough - 1) {
      LockSupport.parkNanos(Math.min(rest, LOOK_NANOS));
      rest = beat - System.nanoTime();
    }
  }

  /// Whatever deciding throws, an [Error] too, is told to those who wait: nobody waits for ever.
  private void decide(List<Waiting<Q, A>> batch) {
    List<A> answers;
    try {
      answers = decision.decide(batch.stream().map(Waiting::request).toList());
      if (answers.size() != batch.size()) {
        throw new IllegalStateException(
            answers.size() + " answers for " + batch.size() + " requests");
      }
    } catch (Throwable e) {
      if (batch.size() == 1 || !(e instanceof Exception failure) || blameless.test(failure)) {
        batch.forEach(waiting -> waiting.answer().completeExceptionally(e));
      } else {
        int half = batch.size() / 2;
        decide(batch.subList(0, half));
        decide(batch.subList(half, batch.size()));
      }
      return;
    }
    for (int i = 0; i < answers.size(); i++) {
      batch.get(i).answer().complete(answers.get(i));
    }
  }

  /// Decides what still waits, then stops. At most ten seconds; who waits longer is told no.
  @Override
  public void close() {
    closed = true;
    try {
      writer.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Waiting<Q, A> left;
    while ((left = queue.poll()) != null) {
      left.answer().completeExceptionally(new RejectedExecutionException("closing"));
    }
  }
}
