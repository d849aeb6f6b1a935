package dev.naru.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A server of the packaged program on a folder of data, and commands beside it. Ports stay the
/// same over restarts. Every failure shows the end of the log.
public final class NaruProcess implements AutoCloseable {
  /// A start takes 10 s; with twenty programs beside it on two processors more than 60 s.
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  /// Of one try: a program that takes the call and says nothing must not hold up the test.
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  /// Of what a test waits for, on a busy machine too.
  private static final Duration AWAIT_LIMIT = Duration.ofSeconds(60);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final int LOG_END = 6_000;

  /// One check that is fast and never fails.
  private static final String PROVIDERS =
      """
      providers:
        - id: quick
          kind: simulated
          name: {ko: 빠른인증, en: Quick check}
          medianLatency: PT0.002S
          capacity: 5000
      """;

  private final Path folder;
  private final Path data;
  private final @Nullable External external;
  private final int port;
  private final int managementPort;

  /// Tests ask faster than people, so that sessions are not limited unless a test says so.
  private List<String> options = List.of("--session-rate", "0");

  private @Nullable Process server;

  /// A PostgreSQL that is not the program's own.
  ///
  /// @param url `postgresql://host:port/database`
  record External(String url, String user, String password) {}

  private NaruProcess(
      Path folder, Path data, @Nullable External external, int port, int managementPort) {
    this.folder = folder;
    this.data = data;
    this.external = external;
    this.port = port;
    this.managementPort = managementPort;
  }

  /// An installation that has not been started yet.
  ///
  /// @param folder gets the data, the log and the files of this installation
  public static NaruProcess in(Path folder) {
    return make(folder, folder.resolve("data"), null);
  }

  /// One of several nodes on one database, not started yet.
  ///
  /// @param folder gets the log of this node
  /// @param data of the keys, which all nodes share
  static NaruProcess node(Path folder, Path data, External external) {
    return make(folder, data, external);
  }

  private static NaruProcess make(Path folder, Path data, @Nullable External external) {
    Program.mustExist();
    try (ServerSocket first = new ServerSocket(0);
        ServerSocket second = new ServerSocket(0)) {
      return new NaruProcess(folder, data, external, first.getLocalPort(), second.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The server will have these options instead of the usual ones.
  NaruProcess with(String... serverOptions) {
    options = List.of(serverOptions);
    return this;
  }

  /// The server will have these options too.
  NaruProcess and(String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    options = List.copyOf(all);
    return this;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  URI managementUri() {
    return URI.create("http://127.0.0.1:" + managementPort);
  }

  Path data() {
    return data;
  }

  /// Writes a file into the folder of this installation.
  public Path file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs a command to its end.
  Program.Ended command(String... words) {
    return command(List.of(words));
  }

  private Program.Ended command(List<String> words) {
    return Program.run(withPassword(Program.command(words)), folder);
  }

  /// Runs a command on the data of this installation, which must succeed.
  Program.Ended onData(String... words) {
    Program.Ended ended = command(withData(List.of(words)));
    if (ended.status() != 0) {
      throw new AssertionError(String.join(" ", words) + ": " + ended);
    }
    return ended;
  }

  private List<String> withData(List<String> words) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--data", data.toString()));
    if (external != null) {
      all.addAll(List.of("--database", external.url(), "--database-user", external.user()));
    }
    return all;
  }

  /// Makes a synthetic nation.
  public void importNation(int sites) {
    onData("import", "synthetic-nation", "--sites", String.valueOf(sites));
  }

  /// Imports a list of sites.
  ///
  /// @param mapping of its columns
  public void importSites(String list, String mapping) {
    onData(
        "import",
        "sites",
        file("sites.csv", list).toString(),
        "--mapping",
        file("mapping.yaml", mapping).toString());
  }

  /// Imports a list of a campaign.
  ///
  /// @param ci of who is on it
  public void importList(String campaign, String list, String ci) {
    onData("lists", "import", campaign, list, file(list + ".csv", "ci\n" + ci + "\n").toString());
  }

  /// Applies a campaign file of this text.
  public void apply(String yaml) {
    onData("campaign", "apply", file("campaign.yaml", yaml).toString());
  }

  /// Applies a campaign file to a running server, and waits until all its stations know it.
  public void introduce(CampaignYaml campaign) {
    apply(campaign.text());
    awaitKnown(campaign.id());
  }

  /// Waits until all stations of the server know a campaign that was applied.
  void awaitKnown(String campaign) {
    Citizen somebody = Citizen.anybody(uri(), campaign);
    await(
        "campaign " + campaign + " is known",
        () -> somebody.start().status() != 404 && somebody.status().status() == 200);
  }

  /// Waits until something is true.
  ///
  /// @param what as in "not seen: `what`"
  /// @throws AssertionError with the end of the log when it takes too long
  public void await(String what, BooleanSupplier isTrue) {
    long since = System.nanoTime();
    while (!isTrue.getAsBoolean()) {
      if (System.nanoTime() - since > AWAIT_LIMIT.toNanos()) {
        throw failure("not seen within " + AWAIT_LIMIT.toSeconds() + " s: " + what);
      }
      pause(Duration.ofMillis(50));
    }
  }

  /// Starts the server and waits until it answers.
  public void serve() {
    serve(file("providers.yaml", PROVIDERS));
  }

  /// Starts the server with providers of one's own, which come back to it.
  ///
  /// @param providers text of their page
  public void serveWith(String providers) {
    serve(file("own-providers.yaml", providers), "--public-url", uri().toString());
  }

  private void serve(Path providers, String... more) {
    if (isAlive()) {
      throw new IllegalStateException("it runs already");
    }
    try {
      server =
          withPassword(Program.server(serving(providers, more)))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long since = System.nanoTime();
    while (!answers()) {
      if (!isAlive()) {
        throw failure("the server ended before it answered");
      }
      if (System.nanoTime() - since > START_LIMIT.toNanos()) {
        throw failure("the server does not answer after " + START_LIMIT.toSeconds() + " s");
      }
      pause(Duration.ofMillis(50));
    }
  }

  private List<String> serving(Path providers, String... more) {
    List<String> words = new ArrayList<>(List.of("serve", "--providers", providers.toString()));
    words.addAll(List.of("--port", String.valueOf(port)));
    words.addAll(List.of("--management-port", String.valueOf(managementPort)));
    words.addAll(List.of(more));
    words.addAll(options);
    return withData(words);
  }

  /// Starts a server that is expected to refuse, and waits until it has ended.
  Program.Ended serveInVain() {
    return command(serving(file("providers.yaml", PROVIDERS)));
  }

  private boolean answers() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest campaigns =
          HttpRequest.newBuilder(uri().resolve("/api/v1/campaigns")).timeout(ANSWER_LIMIT).build();
      HttpResponse<Void> answer = http.send(campaigns, BodyHandlers.discarding());
      return answer.statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  boolean isAlive() {
    Process process = server;
    return process != null && process.isAlive();
  }

  /// Kills the server as `kill -9` does; its PostgreSQL goes on without it.
  void kill9() {
    running().destroyForcibly();
    awaitEnd(running());
    server = null;
  }

  /// Ends the server as Ctrl-C and service supervisors do.
  ///
  /// @throws AssertionError when it takes too long or leaves PostgreSQL running
  void stop() {
    Process process = running();
    process.destroy();
    awaitEnd(process);
    server = null;
    if (external == null && postmaster().isPresent()) {
      throw failure("PostgreSQL still runs after the server has ended");
    }
  }

  private void awaitEnd(Process process) {
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw failure("the server did not end within " + STOP_LIMIT.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Process running() {
    Process process = server;
    if (process == null) {
      throw new IllegalStateException("the server was not started");
    }
    return process;
  }

  /// The PostgreSQL server of this installation, if it runs.
  Optional<ProcessHandle> postmaster() {
    return new OwnPostgres(data).process();
  }

  /// A connection to the database behind the server.
  Connection database() throws SQLException {
    return new OwnPostgres(data).connection();
  }

  /// The process of the server.
  ProcessHandle process() {
    return running().toHandle();
  }

  private Path log() {
    return folder.resolve("naru.log");
  }

  /// All that the server has printed since the first start.
  public String logText() {
    try {
      return Files.exists(log()) ? Files.readString(log()) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A failure that shows the end of the log.
  AssertionError failure(String what) {
    String text = logText();
    return new AssertionError(
        what + "; the end of its log:\n" + text.substring(Math.max(0, text.length() - LOG_END)));
  }

  /// Leaves nothing running, whatever happened.
  @Override
  public void close() {
    Process process = server;
    try {
      if (process != null && process.isAlive()) {
        stop();
      }
    } finally {
      if (external == null) {
        new OwnPostgres(data).end(STOP_LIMIT);
      }
    }
  }

  public static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(e);
  }

  private ProcessBuilder withPassword(ProcessBuilder program) {
    if (external != null) {
      program.environment().put("NARU_DATABASE_PASSWORD", external.password());
    }
    return program;
  }
}
