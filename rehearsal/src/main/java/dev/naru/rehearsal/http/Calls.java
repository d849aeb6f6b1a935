package dev.naru.rehearsal.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.HdrHistogram.Histogram;

/// Sends requests over a bounded pool of kept-alive connections and measures each. Everything
/// happens on one event loop; no method may be called from elsewhere.
///
/// Nothing here retries: a request that finds its connection closed is answered by [Answer#LOST].
/// The client is written for this (adr/0038): a crowd has to cost less than the server it visits.
public final class Calls implements AutoCloseable {
  /// Hears of every answer.
  public interface Watcher {
    /// @param answer what came back
    void answered(Answer answer);
  }

  /// Hears of what nobody expected: a fault of the crowd, not of the server.
  public interface Alarm {
    void failed(RuntimeException fault);
  }

  private record Waiting(Call call, Request request, long intended, Consumer<Answer> then) {}

  private final Pool<Waiting> pool;
  private final RequestWriter writer;
  private final ResponseReader reader = new ResponseReader();
  private final Connections connections;
  private final LongSupplier intended;
  private final Alarm alarm;
  private final Queue<Waiting> queue = new ArrayDeque<>();
  private final Map<Call, Measure> measures = new EnumMap<>(Call.class);
  private final Histogram together = Measure.histogram(Measure.DIGITS_OF_A_STEP);
  private Watcher watcher = answer -> {};
  private int steps;
  private int inFlight;
  private long sent;
  private boolean closed;

  private final Connection.Owner<Waiting> owner =
      new Connection.Owner<>() {
        @Override
        public void answered(Connection<Waiting> connection, Waiting request, Answer answer) {
          finish(connection, request, answer);
        }

        @Override
        public void closed(Connection<Waiting> connection) {
          pool.closed(connection);
        }
      };

  /// @param server scheme, host and port
  /// @param intended nanoseconds at which what happens now was meant to happen
  /// @throws IllegalStateException when this machine has no TLS for a server that wants it
  public Calls(
      EventLoop loop, URI server, Connections connections, LongSupplier intended, Alarm alarm) {
    boolean secure = "https".equals(server.getScheme());
    int port = server.getPort() >= 0 ? server.getPort() : secure ? 443 : 80;
    this.connections = connections;
    this.intended = intended;
    this.alarm = alarm;
    this.writer = new RequestWriter(server.getHost(), port, connections.forwarded());
    try {
      this.pool =
          new Pool<>(
              loop,
              server.getHost(),
              port,
              secure ? SslContextBuilder.forClient().build() : null,
              connections);
    } catch (SSLException e) {
      throw new IllegalStateException("no TLS on this machine", e);
    }
    var _ = loop.scheduleAtFixedRate(() -> pool.sweep(System.nanoTime()), 1, 1, TimeUnit.SECONDS);
  }

  /// Sends a request as soon as a connection is free. Whoever asks waits for the answer before
  /// asking again, so that no more can wait here than there are people.
  ///
  /// @param then called once, on the event loop; never after [#close]
  public void send(Call call, Request request, Consumer<Answer> then) {
    Waiting waiting = new Waiting(call, request, intended.getAsLong(), then);
    if (inFlight < connections.most()) {
      go(waiting);
    } else {
      queue.add(waiting);
    }
  }

  private void go(Waiting waiting) {
    if (closed) {
      return;
    }
    inFlight++;
    sent++;
    int person = waiting.request().person();
    Connection<Waiting> connection = pool.idle(person);
    while (connection != null && !connection.isUsable()) {
      connection = pool.idle(person);
    }
    if (connection == null) {
      pool.makeRoom();
      connection = new Connection<>(owner, reader, this::write, person);
      connection.send(waiting, System.nanoTime());
      pool.open(connection);
    } else {
      connection.send(waiting, System.nanoTime());
    }
  }

  private void write(Waiting waiting, ByteBuf out) {
    writer.write(waiting.request(), out);
  }

  private void finish(Connection<Waiting> connection, Waiting waiting, Answer answer) {
    inFlight--;
    if (closed) {
      return;
    }
    if (connection.isUsable()) {
      connection.rest(System.nanoTime());
      pool.release(connection);
    }
    measure(waiting, answer);
    Waiting next = queue.poll();
    if (next != null) {
      go(next);
    }
    try {
      watcher.answered(answer);
      waiting.then().accept(answer);
    } catch (RuntimeException e) {
      alarm.failed(e);
    }
  }

  private void measure(Waiting waiting, Answer answer) {
    long micros = (System.nanoTime() - waiting.intended()) / 1_000;
    measures.computeIfAbsent(waiting.call(), call -> new Measure()).add(micros, answer);
    if (waiting.call() != Call.COMPLETE) {
      together.recordValue(Measure.counted(micros));
    }
  }

  /// Latencies of all calls so far, in words: p50 and p99 in milliseconds.
  public String quantiles() {
    return String.format(
        Locale.ROOT,
        "p50 %.1f ms, p99 %.1f ms",
        together.getValueAtPercentile(50) / 1_000.0,
        together.getValueAtPercentile(99) / 1_000.0);
  }

  /// Requests under way now.
  public int inFlight() {
    return inFlight;
  }

  /// Requests sent so far.
  public long sent() {
    return sent;
  }

  /// Tells somebody of every answer.
  public void watch(Watcher newWatcher) {
    watcher = newWatcher;
  }

  /// Ends a step of time: what comes from now on belongs to the next.
  public void closeStep() {
    steps++;
    measures.values().forEach(measure -> measure.closeStep(steps));
  }

  /// What was measured so far, for each call that was made.
  public Map<String, CallReport> report() {
    Map<String, CallReport> reports = new TreeMap<>();
    measures.forEach((call, measure) -> reports.put(call.label(), measure.report()));
    return reports;
  }

  /// Drops what waits and forgets who asked.
  @Override
  public void close() {
    closed = true;
    queue.clear();
    pool.close();
  }
}
