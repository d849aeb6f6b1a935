package dev.naru.database.valkey;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection to a Valkey or Redis server, on which commands follow each other without waiting.
/// When it is lost everything that waits fails at once, and it is opened again until it succeeds;
/// what is asked meanwhile fails without being sent. Nothing is ever sent twice.
///
/// A server that could lose what it acknowledged is refused, at the start and each time the
/// connection is opened again: see [DurabilityRules].
public final class Valkey implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Valkey.class);

  /// Whoever waits for an answer hears within two seconds that there is none.
  static final Duration TIME_LIMIT = Duration.ofSeconds(1);

  /// An outage is over for people a moment after it is over for the server.
  private static final long AGAIN_MILLIS = 200;

  private static final long LOOK_MILLIS = 100;

  /// Connecting, saying hello and reading the settings.
  private static final long OPEN_MILLIS = 1_500;

  /// A server that has just been started reads its file first.
  private static final Duration START_LIMIT = Duration.ofSeconds(10);

  /// Two seconds' worth of a busy server.
  private static final int MOST_WAITING = 100_000;

  private static final Script MARK =
      Script.of(
          """
          if ARGV[1] ~= '0' then
            redis.call('SET', KEYS[1], ARGV[1], 'NX')
          end
          return tonumber(redis.call('GET', KEYS[1]) or 0)
          """);

  private static final byte[] MARK_KEY = "naru:nodes".getBytes(US_ASCII);

  private record Waiting(CompletableFuture<Response> answer, long since) {}

  private final ValkeyAddress address;
  private final List<Script> scripts;
  private final Vertx vertx;

  /// Everything below is touched by the connection's own thread only.
  private final Context loop;

  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private @Nullable Redis client;
  private @Nullable RedisConnection connection;

  /// Counts the connections: what is heard of an earlier one means nothing.
  private int attempt;

  private boolean closed;

  /// Empty when the server may be used, else why not.
  private final CompletableFuture<String> opened = new CompletableFuture<>();

  private volatile String trouble = "";
  private volatile boolean up;

  private Valkey(ValkeyAddress address, List<Script> scripts) {
    this.address = address;
    this.scripts = Stream.concat(Stream.of(MARK), scripts.stream()).toList();
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    this.loop = vertx.getOrCreateContext();
  }

  /// Connects.
  ///
  /// @param scripts that will be run; the server gets them whenever the connection is opened
  /// @throws IllegalStateException when it cannot be reached or could lose data; the message says
  ///   why
  public static Valkey connect(ValkeyAddress address, Script... scripts) {
    return connect(address, START_LIMIT, scripts);
  }

  static Valkey connect(ValkeyAddress address, Duration limit, Script... scripts) {
    Valkey valkey = new Valkey(address, List.of(scripts));
    valkey.loop.runOnContext(_ -> valkey.begin());
    try {
      String refusal = valkey.opened.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (refusal.isEmpty()) {
        return valkey;
      }
      throw valkey.unusable(refusal);
    } catch (TimeoutException | ExecutionException e) {
      throw valkey.unusable("cannot be reached: " + valkey.trouble);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw valkey.unusable("was not waited for");
    }
  }

  private IllegalStateException unusable(String why) {
    close();
    return new IllegalStateException("Valkey at " + address.where() + " " + why);
  }

  private void begin() {
    vertx.setPeriodic(LOOK_MILLIS, _ -> look());
    open();
  }

  /// The number by which nodes know that they share this server's data.
  ///
  /// @param offered what it gets when it has none; 0 to look only
  /// @return its number; 0 when it has none. Exceptionally as for [#run]
  public CompletableFuture<Integer> mark(int offered) {
    return run(MARK, List.of(MARK_KEY), List.of(String.valueOf(offered).getBytes(US_ASCII)))
        .thenApply(Response::toInteger);
  }

  /// Runs a script as one step.
  ///
  /// @return completed on the connection's own thread, where nothing long may follow; exceptionally
  ///   with [ValkeyAway] within two seconds
  public CompletableFuture<Response> run(Script script, List<byte[]> keys, List<byte[]> values) {
    Request request = Request.cmd(Command.EVALSHA).arg(script.sha1()).arg(keys.size());
    keys.forEach(request::arg);
    values.forEach(request::arg);
    return send(request);
  }

  /// Sends a command after all that were sent before.
  ///
  /// @return as for [#run]
  public CompletableFuture<Response> send(Request command) {
    if (!up) {
      return CompletableFuture.failedFuture(noConnection());
    }
    CompletableFuture<Response> answer = new CompletableFuture<>();
    loop.runOnContext(_ -> send(command, answer));
    return answer;
  }

  private static ValkeyAway noConnection() {
    return new ValkeyAway("there is no connection");
  }

  private void send(Request command, CompletableFuture<Response> answer) {
    RedisConnection current = connection;
    if (current == null) {
      answer.completeExceptionally(noConnection());
      return;
    }
    if (waiting.size() >= MOST_WAITING) {
      answer.completeExceptionally(new ValkeyAway("too many commands wait for an answer"));
      return;
    }
    int number = attempt;
    waiting.add(new Waiting(answer, System.nanoTime()));
    current
        .send(command)
        .onComplete(
            result -> {
              // Answers come in the order of the commands; after a loss nobody waits any more.
              if (number == attempt) {
                waiting.remove();
              }
              if (result.succeeded()) {
                answer.complete(result.result());
              } else {
                answer.completeExceptionally(failure(result.cause()));
              }
            });
  }

  /// Errors that begin with ERR are mistakes of ours; all others (LOADING, READONLY, MISCONF, OOM,
  /// NOPERM and more) say that the server cannot do it now.
  private RuntimeException failure(Throwable cause) {
    if (!(cause instanceof ErrorType error)) {
      return new ValkeyAway(String.valueOf(cause.getMessage()));
    }
    if (error.is("ERR") || error.is("WRONGTYPE")) {
      return new IllegalStateException("Valkey does not understand us: " + error);
    }
    if (error.is("READONLY") || error.is("NOSCRIPT")) {
      // It became a replica, and its name may lead to another server now; or it was told to forget
      // its scripts. Either way a new connection puts it right.
      lose(error.toString());
    }
    return new ValkeyAway(error.toString());
  }

  private void look() {
    Waiting oldest = waiting.peek();
    if (oldest != null && System.nanoTime() - oldest.since() > TIME_LIMIT.toNanos()) {
      lose("it does not answer");
    }
  }

  private void open() {
    if (closed) {
      return;
    }
    Redis fresh = Redis.createClient(vertx, options());
    client = fresh;
    int number = attempt;
    vertx.setTimer(OPEN_MILLIS, _ -> loseUnopened(number));
    fresh
        .connect()
        .compose(made -> load(made).compose(_ -> settings(made)).map(all -> Map.entry(made, all)))
        .onComplete(
            result -> {
              if (number != attempt) {
                return;
              }
              if (result.failed()) {
                lose(String.valueOf(result.cause().getMessage()));
              } else {
                use(number, result.result().getKey(), result.result().getValue());
              }
            });
  }

  private void loseUnopened(int number) {
    if (number == attempt && connection == null) {
      lose("it does not answer");
    }
  }

  private RedisOptions options() {
    RedisOptions options =
        new RedisOptions()
            .setConnectionString(address.url().toString())
            .setMaxWaitingHandlers(MOST_WAITING)
            .setMaxPoolSize(1)
            .setNetClientOptions(
                new NetClientOptions()
                    .setConnectTimeout(Math.toIntExact(OPEN_MILLIS))
                    .setTcpNoDelay(true)
                    .setTcpKeepAlive(true)
                    .setHostnameVerificationAlgorithm("HTTPS"));
    return address.password().isEmpty() ? options : options.setPassword(address.password());
  }

  private Future<Void> load(RedisConnection connection) {
    return connection
        .batch(
            scripts.stream()
                .map(script -> Request.cmd(Command.SCRIPT).arg("LOAD").arg(script.text()))
                .toList())
        .mapEmpty();
  }

  /// Empty when the server does not tell them.
  private static Future<Map<String, String>> settings(RedisConnection connection) {
    List<Request> questions = new ArrayList<>();
    for (String setting : DurabilityRules.SETTINGS) {
      questions.add(Request.cmd(Command.CONFIG).arg("GET").arg(setting));
    }
    return connection
        .batch(questions)
        .map(Valkey::settings)
        .recover(
            failure ->
                failure instanceof ErrorType error && isKept(error)
                    ? Future.succeededFuture(Map.of())
                    : Future.failedFuture(failure));
  }

  /// Whether a server keeps its settings to itself, as those that are rented out do. The client
  /// puts `ERR [number of the command]` before what the server said.
  private static boolean isKept(ErrorType error) {
    String said = error.toString().replaceFirst("^ERR \\[[0-9]+\\] ", "");
    return said.startsWith("ERR") || said.startsWith("NOPERM");
  }

  private static Map<String, String> settings(List<Response> answers) {
    Map<String, String> settings = new HashMap<>();
    for (Response answer : answers) {
      for (String setting : DurabilityRules.SETTINGS) {
        if (answer.containsKey(setting)) {
          settings.put(setting, answer.get(setting).toString());
        }
      }
    }
    return settings;
  }

  private void use(int number, RedisConnection made, Map<String, String> settings) {
    switch (DurabilityRules.judge(settings)) {
      case DurabilityRules.Verdict.Refused(String reason) -> {
        opened.complete(reason);
        lose(reason);
        return;
      }
      case DurabilityRules.Verdict.Risky(String warning) ->
          LOG.warn("VALKEY AT {} MAY LOSE DATA: {}", address.where(), warning);
      case DurabilityRules.Verdict.Safe _ -> {}
    }
    made.endHandler(_ -> lose(number, "it closed the connection"));
    made.exceptionHandler(failure -> lose(number, String.valueOf(failure.getMessage())));
    connection = made;
    up = true;
    trouble = "";
    LOG.info("Connected to Valkey at {}", address.where());
    opened.complete("");
  }

  private void lose(int number, String why) {
    if (number == attempt) {
      lose(why);
    }
  }

  private void lose(String why) {
    attempt++;
    up = false;
    connection = null;
    Redis lost = client;
    client = null;
    if (lost != null) {
      // Not while it tells us that it has ended.
      vertx.setTimer(LOOK_MILLIS, _ -> lost.close());
    }
    if (!why.equals(trouble) && !closed) {
      trouble = why;
      LOG.warn("Valkey at {} is away: {}", address.where(), why);
    }
    List<Waiting> all = List.copyOf(waiting);
    waiting.clear();
    ValkeyAway away = new ValkeyAway(why);
    all.forEach(each -> each.answer().completeExceptionally(away));
    if (lost != null && !closed) {
      vertx.setTimer(AGAIN_MILLIS, _ -> open());
    }
  }

  /// Whether it answers within two seconds. Blocks.
  public boolean answers() {
    try {
      send(Request.cmd(Command.PING)).join();
      return true;
    } catch (CompletionException e) {
      return false;
    }
  }

  @Override
  public void close() {
    loop.runOnContext(
        _ -> {
          closed = true;
          lose("it was closed");
          vertx.setTimer(2 * LOOK_MILLIS, _ -> vertx.close());
        });
  }
}
