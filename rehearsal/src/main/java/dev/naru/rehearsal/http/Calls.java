package dev.naru.rehearsal.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.naru.rehearsal.report.RunRecord.Quantiles;
import dev.naru.rehearsal.report.Timeline;
import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Sends requests over a bounded pool of kept-alive connections and measures each. Everything
/// happens on one event loop; no method may be called from elsewhere.
///
/// Nothing here retries: a request that finds its connection closed is answered by [Answer#LOST].
public final class Calls implements AutoCloseable {
  /// Long enough for a server that recovers its database after a crash (5-12 s), short enough that
  /// a dead connection is noticed within a minute.
  private static final int IDLE_SECONDS = 30;

  private static final int CONNECT_MILLIS = 5_000;

  /// Two minutes; longer ones are counted as this.
  private static final long LONGEST_MICROS = 120_000_000;

  private static final int DIGITS = 3;

  /// One per cent is enough for a plot, and costs a tenth to look through.
  private static final int DIGITS_OF_A_STEP = 2;

  private static final String DEVICE_COOKIE = "naru_device";

  /// Hears of every answer.
  public interface Watcher {
    /// @param label status and problem
    /// @param ok whether the call did what it should
    void answered(String label, boolean ok);
  }

  private record Waiting(Call call, Request request, long intended, Consumer<Answer> then) {}

  private static final class Measure {
    final Histogram micros = new Histogram(1, LONGEST_MICROS, DIGITS);
    final Histogram step = new Histogram(1, LONGEST_MICROS, DIGITS_OF_A_STEP);
    final List<Quantiles> steps = new ArrayList<>();
    final Map<String, Long> answers = new TreeMap<>();

    /// Steps before the first call have none.
    void closeStep(int steps) {
      while (this.steps.size() < steps - 1) {
        this.steps.add(Quantiles.NONE);
      }
      this.steps.add(Timeline.quantiles(step));
      step.reset();
    }
  }

  private final HttpClient client;
  private final ObjectMapper json = new ObjectMapper();
  private final String host;
  private final int port;
  private final Connections connections;
  private final LongSupplier intended;
  private final Queue<Waiting> queue = new ArrayDeque<>();
  private final Map<Call, Measure> measures = new EnumMap<>(Call.class);
  private Watcher watcher = (label, ok) -> {};
  private final Histogram together = new Histogram(1, LONGEST_MICROS, DIGITS_OF_A_STEP);
  private int steps;
  private int inFlight;
  private long sent;
  private boolean closed;

  /// @param server scheme, host and port
  /// @param intended nanoseconds at which what happens now was meant to happen
  public Calls(Vertx vertx, URI server, Connections connections, LongSupplier intended) {
    boolean tls = "https".equals(server.getScheme());
    this.host = server.getHost();
    this.port = server.getPort() >= 0 ? server.getPort() : tls ? 443 : 80;
    this.connections = connections;
    this.intended = intended;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(tls)
                .setMaxPoolSize(connections.perPerson() ? 1 : connections.most())
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setIdleTimeout(IDLE_SECONDS)
                .setConnectTimeout(CONNECT_MILLIS));
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
    measures.forEach((call, measure) -> reports.put(call.label(), report(measure)));
    return reports;
  }

  /// Drops what waits and forgets who asked.
  @Override
  public void close() {
    closed = true;
    queue.clear();
    client.close();
  }

  private void go(Waiting waiting) {
    if (closed) {
      return;
    }
    inFlight++;
    sent++;
    client.request(
        options(waiting.request()),
        opened -> {
          if (opened.succeeded()) {
            write(opened.result(), waiting);
          } else {
            finish(waiting, Answer.LOST);
          }
        });
  }

  /// Connections are pooled by the name of the host: with a name for each person everybody has a
  /// connection of their own, to the same address.
  private RequestOptions options(Request request) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(request.method())
            .setHost(host)
            .setPort(port)
            .setURI(request.path());
    if (connections.perPerson() && request.person() >= 0) {
      options
          .setServer(SocketAddress.inetSocketAddress(port, host))
          .setHost("person-" + request.person());
    }
    return options;
  }

  /// The addresses of benchmarks, 198.18.0.0/15 (RFC 2544), belong to nobody.
  private static String address(int person) {
    int low = person & 0x1FFFF;
    return "198." + (18 + (low >> 16)) + "." + (low >> 8 & 0xFF) + "." + (low & 0xFF);
  }

  private void write(HttpClientRequest http, Waiting waiting) {
    Request request = waiting.request();
    if (request.person() >= 0) {
      if (connections.perPerson()) {
        http.putHeader(HttpHeaders.HOST, host + ":" + port);
      }
      if (connections.forwarded()) {
        http.putHeader("X-Forwarded-For", address(request.person()));
      }
    }
    if (request.session() != null) {
      http.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + request.session());
    }
    if (request.pass() != null) {
      http.putHeader("X-Naru-Pass", request.pass());
    }
    if (request.device() != null) {
      http.putHeader(HttpHeaders.COOKIE, DEVICE_COOKIE + "=" + request.device());
    }
    if (request.body() == null) {
      http.send(response -> read(response, waiting));
    } else {
      http.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
      http.send(Buffer.buffer(write(request.body())), response -> read(response, waiting));
    }
  }

  private void read(AsyncResult<HttpClientResponse> response, Waiting waiting) {
    if (response.failed()) {
      finish(waiting, Answer.LOST);
      return;
    }
    HttpClientResponse head = response.result();
    head.body(
        body ->
            finish(
                waiting,
                body.succeeded()
                    ? new Answer(
                        head.statusCode(),
                        parse(body.result()),
                        retryAfterMillis(head.getHeader("Retry-After")))
                    : Answer.LOST));
  }

  private void finish(Waiting waiting, Answer answer) {
    inFlight--;
    if (closed) {
      return;
    }
    Measure measure = measures.computeIfAbsent(waiting.call(), call -> new Measure());
    long micros = (System.nanoTime() - waiting.intended()) / 1_000;
    long counted = Math.clamp(micros, 1, LONGEST_MICROS);
    measure.micros.recordValue(counted);
    measure.step.recordValue(counted);
    if (waiting.call() != Call.COMPLETE) {
      together.recordValue(counted);
    }
    measure.answers.merge(answer.label(), 1L, Long::sum);
    Waiting next = queue.poll();
    if (next != null) {
      go(next);
    }
    watcher.answered(answer.label(), answer.isOk());
    waiting.then().accept(answer);
  }

  private byte[] write(Map<String, String> body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text is always JSON", e);
    }
  }

  private JsonNode parse(Buffer body) {
    if (body.length() == 0) {
      return MissingNode.getInstance();
    }
    try {
      return json.readTree(body.getBytes());
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /// Seconds only: the form that the API uses.
  private static long retryAfterMillis(@Nullable String header) {
    try {
      return header == null ? 0 : Math.clamp(Long.parseLong(header.strip()), 0, 3_600) * 1_000;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static CallReport report(Measure measure) {
    Histogram micros = measure.micros;
    return new CallReport(
        micros.getTotalCount(),
        micros.getValueAtPercentile(50),
        micros.getValueAtPercentile(90),
        micros.getValueAtPercentile(99),
        micros.getMaxValue(),
        new TreeMap<>(measure.answers),
        Timeline.quantiles(micros),
        List.copyOf(measure.steps));
  }
}
