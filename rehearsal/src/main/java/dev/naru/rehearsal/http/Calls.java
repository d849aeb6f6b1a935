package dev.naru.rehearsal.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.EnumMap;
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
  private static final String DEVICE_COOKIE = "naru_device";

  private record Waiting(Call call, Request request, long intended, Consumer<Answer> then) {}

  private static final class Measure {
    final Histogram micros = new Histogram(1, LONGEST_MICROS, DIGITS);
    final Map<String, Long> answers = new TreeMap<>();
  }

  private final HttpClient client;
  private final ObjectMapper json = new ObjectMapper();
  private final String host;
  private final int port;
  private final int connections;
  private final LongSupplier intended;
  private final Queue<Waiting> queue = new ArrayDeque<>();
  private final Map<Call, Measure> measures = new EnumMap<>(Call.class);
  private int inFlight;
  private long sent;
  private boolean closed;

  /// @param server scheme, host and port
  /// @param connections most requests under way at a moment, each on a connection of its own
  /// @param intended nanoseconds at which what happens now was meant to happen
  public Calls(Vertx vertx, URI server, int connections, LongSupplier intended) {
    boolean tls = "https".equals(server.getScheme());
    this.host = server.getHost();
    this.port = server.getPort() >= 0 ? server.getPort() : tls ? 443 : 80;
    this.connections = connections;
    this.intended = intended;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(tls)
                .setMaxPoolSize(connections)
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
    if (inFlight < connections) {
      go(waiting);
    } else {
      queue.add(waiting);
    }
  }

  /// Requests under way now.
  public int inFlight() {
    return inFlight;
  }

  /// Requests sent so far.
  public long sent() {
    return sent;
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
        waiting.request().method(),
        port,
        host,
        waiting.request().path(),
        opened -> {
          if (opened.succeeded()) {
            write(opened.result(), waiting);
          } else {
            finish(waiting, Answer.LOST);
          }
        });
  }

  private void write(HttpClientRequest http, Waiting waiting) {
    Request request = waiting.request();
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
    measure.micros.recordValue(Math.clamp(micros, 1, LONGEST_MICROS));
    measure.answers.merge(answer.label(), 1L, Long::sum);
    Waiting next = queue.poll();
    if (next != null) {
      go(next);
    }
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
        new TreeMap<>(measure.answers));
  }
}
