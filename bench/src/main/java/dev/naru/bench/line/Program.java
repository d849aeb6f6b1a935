package dev.naru.bench.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.naru.database.Database;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The packaged program as a process on a folder, with one campaign whose lobby is open.
final class Program implements AutoCloseable {
  static final String CAMPAIGN = "bench";
  private static final Duration START = Duration.ofMinutes(2);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Path folder;
  private final List<String> java;
  private final int port = freePort();
  private final int managementPort = freePort();
  private @Nullable Process server;

  /// @param prefix words before `java`, such as `taskset -c 0`
  /// @param options of Java
  Program(Path folder, List<String> prefix, List<String> options) {
    this.folder = folder;
    this.java = new ArrayList<>(prefix);
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(options);
    java.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-jar",
            System.getProperty("naru.program")));
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return port;
  }

  URI line() {
    return URI.create("http://127.0.0.1:" + port + "/api/v1/campaigns/" + CAMPAIGN + "/line");
  }

  /// Makes a small nation and a campaign that opens tomorrow.
  void prepare() throws IOException, InterruptedException {
    LocalDateTime opens =
        LocalDateTime.now(ZoneId.of("Asia/Seoul")).plusHours(20).withNano(0).withSecond(1);
    Path file = folder.resolve("campaign.yaml");
    Files.writeString(
        file,
        """
        campaign: %s
        name: {ko: 측정, en: Bench}
        zone: Asia/Seoul
        eligible:
          born: {from: 1960-01-01, to: 2000-12-31}
        products:
          - {id: mrna, name: {ko: mRNA 백신, en: mRNA vaccine}, doses: 1}
        openPhase: {from: %s, to: %s}
        lobby: {opensBefore: 24h}
        line: {admitPerMinute: 6000}
        supply: {from: %s, to: %s, perHalfHour: 1}
        times: {session: 12h, lease: 10m, pass: 10m}
        """
            .formatted(
                CAMPAIGN,
                opens,
                opens.plusHours(6),
                opens.toLocalDate().plusDays(1),
                opens.toLocalDate().plusDays(1)));
    command("import", "synthetic-nation", "--sites", "5");
    command("campaign", "apply", file.toString());
  }

  private void command(String... words) throws IOException, InterruptedException {
    Process process = start(words);
    if (process.waitFor() != 0) {
      throw failed(String.join(" ", words));
    }
  }

  private Process start(String... words) throws IOException {
    List<String> all = new ArrayList<>(java);
    all.addAll(Arrays.asList(words));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    File log = folder.resolve("naru.log").toFile();
    return new ProcessBuilder(all)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }

  private IllegalStateException failed(String what) throws IOException {
    String log = Files.readString(folder.resolve("naru.log"));
    return new IllegalStateException(
        what + " failed:\n" + log.substring(Math.max(0, log.length() - 3_000)));
  }

  /// Starts the server and waits for the first status.
  ///
  /// @return seconds from the start of the process to the first status
  double serve() throws IOException, InterruptedException {
    long since = System.nanoTime();
    Process started =
        start(
            "serve",
            "--port",
            String.valueOf(port),
            "--management-port",
            String.valueOf(managementPort),
            "--address-rate",
            "0");
    server = started;
    while (status() == null) {
      if (!started.isAlive() || System.nanoTime() - since > START.toNanos()) {
        throw failed("serve");
      }
      Thread.sleep(20);
    }
    return (System.nanoTime() - since) / 1e9;
  }

  /// What the line says; null when there is no answer.
  @Nullable String status() throws InterruptedException {
    return get(line());
  }

  private static @Nullable String get(URI uri) throws InterruptedException {
    try {
      var answer = CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      return answer.statusCode() == 200 ? answer.body() : null;
    } catch (IOException e) {
      return null;
    }
  }

  /// Sum of all samples of a metric whose labels contain a text.
  double metric(String name, String label) throws InterruptedException {
    String all = get(URI.create("http://127.0.0.1:" + managementPort + "/q/metrics"));
    return all == null
        ? 0
        : all.lines()
            .filter(line -> line.startsWith(name) && line.contains(label))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
            .sum();
  }

  /// The database of the running program.
  Database database() throws IOException {
    List<String> postmaster = Files.readAllLines(folder.resolve("data/postgres/postmaster.pid"));
    return Database.connect(
        "jdbc:postgresql://127.0.0.1:" + postmaster.get(3).strip() + "/naru",
        "postgres",
        Files.readString(folder.resolve("data/postgres.password"), UTF_8).strip());
  }

  void kill9() throws InterruptedException {
    if (server != null) {
      server.destroyForcibly().waitFor();
    }
  }

  @Override
  public void close() {
    Process running = server;
    if (running == null) {
      return;
    }
    running.destroy();
    try {
      if (!running.waitFor(30, TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
