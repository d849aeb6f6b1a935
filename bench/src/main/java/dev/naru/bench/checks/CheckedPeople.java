package dev.naru.bench.checks;

import dev.naru.bench.served.BenchCampaign;
import dev.naru.rehearsal.http.Answer;
import dev.naru.rehearsal.http.Call;
import dev.naru.rehearsal.http.Calls;
import dev.naru.rehearsal.http.Connections;
import dev.naru.rehearsal.http.Request;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/// People who have their identity checked, each once and as nobody before them, so many at a time.
/// All on one event loop.
final class CheckedPeople implements AutoCloseable {
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);
  private static final int END_LIMIT_SECONDS = 60;
  private static final String START = "/api/v1/identity/quick/start";
  private static final String COMPLETE = "/api/v1/identity/quick/complete";

  private final NioEventLoopGroup threads = new NioEventLoopGroup(1);
  private final EventLoop loop = threads.next();
  private final Calls calls;
  private final int atOnce;
  private long people;

  CheckedPeople(URI server, int atOnce) {
    this.atOnce = atOnce;
    this.calls =
        new Calls(
            loop,
            server,
            Connections.shared(atOnce),
            System::nanoTime,
            fault -> {
              throw fault;
            });
  }

  /// What a while of checks came to.
  ///
  /// @param sessions how many got theirs
  /// @param others answers that were none, by name
  /// @param micros from start to session
  record Outcome(long sessions, double seconds, Map<String, Long> others, Histogram micros) {}

  /// Checks people for a while; each who is done makes room for the next.
  Outcome run(Duration time) throws InterruptedException {
    Round round = new Round(System.nanoTime(), time);
    loop.execute(
        () -> {
          for (int i = 0; i < atOnce; i++) {
            round.next();
          }
        });
    try {
      return round.done.get(time.toSeconds() + END_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the checks did not end", e);
    }
  }

  private final class Round {
    final CompletableFuture<Outcome> done = new CompletableFuture<>();
    private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
    private final Map<String, Long> others = new TreeMap<>();
    private final long since;
    private final long end;
    private int under;
    private long sessions;

    Round(long since, Duration time) {
      this.since = since;
      this.end = since + time.toNanos();
    }

    void next() {
      long began = System.nanoTime();
      if (began < end) {
        under++;
        calls.send(
            Call.START,
            Request.post(START).saying("campaign", BenchCampaign.ID),
            answer -> started(answer, began));
      } else if (under == 0) {
        done.complete(new Outcome(sessions, (began - since) / 1e9, others, micros));
      }
    }

    private void started(Answer answer, long began) {
      if (!answer.isOk()) {
        ended(answer, began);
        return;
      }
      String ci = String.format(Locale.ROOT, "%086d==", ++people);
      calls.send(
          Call.COMPLETE,
          Request.post(COMPLETE)
              .saying(
                  "request", answer.body().path("request").asText(),
                  "name", "홍길동",
                  "birthDate", "1980-01-01",
                  "phone", "010-0000-0000",
                  "ci", ci),
          completed -> ended(completed, began));
    }

    private void ended(Answer answer, long began) {
      under--;
      micros.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - began) / 1_000));
      if (answer.isOk()) {
        sessions++;
      } else {
        others.merge(answer.label(), 1L, Long::sum);
      }
      next();
    }
  }

  @Override
  public void close() {
    loop.execute(calls::close);
    var _ = threads.shutdownGracefully(0, 5, TimeUnit.SECONDS);
  }
}
