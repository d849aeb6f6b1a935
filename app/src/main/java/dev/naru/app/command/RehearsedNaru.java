package dev.naru.app.command;

import dev.naru.app.Store;
import dev.naru.booking.campaign.ApplyResult;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.site.Regions;
import dev.naru.booking.site.SiteStore;
import dev.naru.booking.site.SyntheticNation;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/// A Naru of its own for a rehearsal: an invented nation and a campaign with room for everybody,
/// served by a process beside this one, so that each can be measured by itself.
final class RehearsedNaru implements AutoCloseable {
  private static final ZoneId ZONE = ZoneId.of("Asia/Seoul");

  /// Half hours in which a site is open on an ordinary day.
  private static final int HALF_HOURS = 16;

  private static final int DAYS = 6;

  /// Places for each dose: some sites are far from everybody.
  private static final double ROOM = 1.6;

  /// Whoever measures goes first: a crowd that itself waits for a processor would report its own
  /// lateness as the server's.
  private static final List<String> AFTER_THE_CROWD = List.of("nice", "-n", "5");

  private static final int START_SECONDS = 120;
  private static final int STOP_SECONDS = 60;

  /// Room for a nation at once: what is rehearsed is Naru, not the providers.
  private static final String PROVIDERS =
      """
      providers:
        - id: quick
          kind: simulated
          name: {ko: 빠른인증, en: Quick check}
          medianLatency: PT0.3S
          capacity: 5000
        - id: phone
          kind: simulated
          name: {ko: 휴대폰 인증, en: Phone check}
          medianLatency: PT1.5S
          capacity: 5000
        - id: certificate
          kind: simulated
          name: {ko: 공동인증서, en: Certificate}
          medianLatency: PT0.8S
          capacity: 2000
          failureRatio: 0.02
      """;

  /// What to make.
  ///
  /// @param sites how many; 0 for as many as the people need
  /// @param openIn seconds from the moment at which it is served
  /// @param javaOptions of the server's process
  record Size(
      int people, int sites, int perMinute, int doses, int openIn, List<String> javaOptions) {
    int siteCount() {
      return sites > 0 ? sites : Math.clamp(people / 100, 300, SyntheticNation.DEFAULT_SITES);
    }

    int perHalfHour() {
      double places = (double) people * doses * ROOM;
      return (int) Math.ceil(places / ((double) siteCount() * HALF_HOURS * DAYS));
    }
  }

  private final Path data;
  private final Process server;
  private final int port;
  private final int managementPort;

  private RehearsedNaru(Path data, Process server, int port, int managementPort) {
    this.data = data;
    this.server = server;
    this.port = port;
    this.managementPort = managementPort;
  }

  /// Makes it, starts it, and waits until it is served.
  ///
  /// @param data folder; what was in its database is gone
  static RehearsedNaru start(Path data, Size size, long seed) throws IOException {
    prepare(data, size, seed);
    Path providers = Files.writeString(data.resolve("providers.yaml"), PROVIDERS);
    int port = freePort();
    int managementPort = freePort();
    List<String> line = new ArrayList<>(AFTER_THE_CROWD);
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-XX:InitialRAMPercentage=12.5"); // as ./naru does
    line.addAll(size.javaOptions());
    line.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-jar",
            program().toString(),
            "serve",
            "--data",
            data.toString(),
            "--providers",
            providers.toString(),
            "--port",
            String.valueOf(port),
            "--management-port",
            String.valueOf(managementPort)));
    Process server =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("naru.log").toFile())
            .start();
    RehearsedNaru naru = new RehearsedNaru(data, server, port, managementPort);
    naru.awaitServed();
    naru.open(size);
    return naru;
  }

  private static Path program() {
    return Path.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)[0])
        .toAbsolutePath();
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0)) {
      return probe.getLocalPort();
    }
  }

  private static void prepare(Path data, Size size, long seed) {
    System.out.printf(
        "Inventing a nation with %,d sites and %d places an half hour …%n",
        size.siteCount(), size.perHalfHour());
    try (Store store = Store.emptied(data)) {
      new SiteStore(store.database().dataSource())
          .save(new SyntheticNation(Regions.load()).generate(seed, size.siteCount()));
      Campaigns campaigns = new Campaigns(store.database().dataSource(), InstantSource.system());
      try (ProgressBar bar = Progress.bar("Making slots")) {
        ApplyResult made =
            campaigns.apply(
                yaml(size, size.openIn()),
                (done, all) -> {
                  bar.maxHint(all);
                  bar.stepTo(done);
                });
        if (!(made instanceof ApplyResult.Created)) {
          throw new IllegalStateException("the campaign was refused: " + made);
        }
      }
    }
  }

  /// Sets the opening, now that it is known how long everything took.
  private void open(Size size) {
    try (Store store = Store.in(data, false)) {
      new Campaigns(store.database().dataSource(), InstantSource.system())
          .apply(yaml(size, size.openIn()));
    }
    pause(2);
  }

  private static String yaml(Size size, int openIn) {
    Instant opens =
        Instant.ofEpochSecond(InstantSource.system().instant().getEpochSecond() + openIn);
    return DemoCampaign.yaml(
        opens,
        ZONE,
        new DemoCampaign.Supply(size.perMinute(), size.doses(), size.perHalfHour(), DAYS));
  }

  private void awaitServed() {
    DemoScreen screen = new DemoScreen(uri(), InstantSource.system().instant(), ZONE);
    if (!screen.waitUntilServed()) {
      close();
      throw new IllegalStateException(
          "the server did not start within "
              + START_SECONDS
              + " s; its log is "
              + data.resolve("naru.log"));
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  URI metrics() {
    return URI.create("http://127.0.0.1:" + managementPort + "/q/metrics");
  }

  /// Process of the database; null when it is not known.
  @Nullable Long database() {
    try {
      return Long.valueOf(
          Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst().strip());
    } catch (IOException | NumberFormatException e) {
      return null;
    }
  }

  /// The server's own list of appointments.
  BufferedReader export() throws IOException {
    Path file = data.resolve("appointments.csv");
    try (Store store = Store.in(data, false);
        Writer out = Files.newBufferedWriter(file)) {
      ExportCommand.write(store, DemoCampaign.ID, out);
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
    return Files.newBufferedReader(file);
  }

  private static void pause(int seconds) {
    try {
      TimeUnit.SECONDS.sleep(seconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.destroy();
    try {
      if (!server.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
