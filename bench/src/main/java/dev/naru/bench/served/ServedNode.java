package dev.naru.bench.served;

import dev.naru.bench.Folder;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// One node of the packaged program with its own PostgreSQL, on loopback.
public final class ServedNode implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final String PROVIDERS =
      """
      providers:
        - id: quick
          kind: simulated
          name: {ko: 빠른인증, en: Quick check}
          medianLatency: PT0.002S
          capacity: 20000
      """;

  private final Folder folder;
  private final int port;
  private final Process process;

  private ServedNode(Folder folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /// Makes a nation and the benchmark's campaign, and serves it.
  ///
  /// @throws IllegalStateException when a step fails; the message has its output
  public static ServedNode start(int sites, int days, int perHalfHour)
      throws IOException, InterruptedException {
    Folder folder = Folder.open(null);
    Path campaign = folder.path().resolve("campaign.yaml");
    Path providers = folder.path().resolve("providers.yaml");
    Files.writeString(campaign, BenchCampaign.yaml(days, perHalfHour));
    Files.writeString(providers, PROVIDERS);
    run(folder, "import", "synthetic-nation", "--sites", String.valueOf(sites));
    run(folder, "campaign", "apply", campaign.toString());
    int port = freePort();
    Process process =
        java(
                folder,
                "serve",
                "--port",
                String.valueOf(port),
                "--management-port",
                String.valueOf(freePort()),
                "--providers",
                providers.toString(),
                // Few sessions ask for many here.
                "--session-rate",
                "0")
            .start();
    ServedNode node = new ServedNode(folder, port, process);
    node.awaitAnswer();
    return node;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static ProcessBuilder java(Folder folder, String... words) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Xms2g");
    line.add("-Xmx2g");
    line.add("--enable-native-access=ALL-UNNAMED");
    line.add("--sun-misc-unsafe-memory-access=allow");
    line.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    line.add("-jar");
    line.add(System.getProperty("naru.program", "app/target/quarkus-app/quarkus-run.jar"));
    line.addAll(List.of(words));
    line.add("--data");
    line.add(folder.path().resolve("data").toString());
    File log = folder.path().resolve("log").toFile();
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
  }

  private static void run(Folder folder, String... words) throws IOException, InterruptedException {
    if (java(folder, words).start().waitFor() != 0) {
      throw failed(folder, String.join(" ", words));
    }
  }

  private static IllegalStateException failed(Folder folder, String what) throws IOException {
    return new IllegalStateException(
        what + " failed:\n" + Files.readString(folder.path().resolve("log")));
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri().resolve("/api/v1/campaigns")).build();
    long since = System.nanoTime();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (true) {
        try {
          if (http.send(request, BodyHandlers.ofString()).body().contains(BenchCampaign.ID)) {
            return;
          }
        } catch (IOException e) {
          if (!process.isAlive()) {
            throw failed(folder, "serve");
          }
        }
        if (System.nanoTime() - since > START_LIMIT.toNanos()) {
          close();
          throw new IllegalStateException("the node does not answer");
        }
        Thread.sleep(100);
      }
    }
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// Bytes of the program's heap that are in use, after all garbage was collected.
  public long liveHeap() throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(process.pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String total = "";
    try (BufferedReader out = jcmd.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        total = line;
      }
    }
    // "Total", instances, bytes.
    String[] words = total.strip().split(" +", -1);
    if (jcmd.waitFor() != 0 || words.length != 3) {
      throw new IllegalStateException("jcmd does not tell the heap of the program: " + total);
    }
    return Long.parseLong(words[2]);
  }

  /// Processor time of the program so far.
  public Duration programCpu() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// Processor time of its PostgreSQL's processes that live.
  public Duration databaseCpu() throws IOException {
    Path file = folder.path().resolve("data/postgres/postmaster.pid");
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
        .map(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.descendants()))
        .orElse(Stream.of())
        .map(server -> server.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /// Ends the node and its database, and removes its files.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    folder.close();
  }
}
