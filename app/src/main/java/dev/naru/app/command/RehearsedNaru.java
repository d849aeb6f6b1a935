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

  /// Who warms the program up comes in this time, before that campaign opens.
  private static final int WARM_UP_LOBBY_SECONDS = 10;

  private static final int WARM_UP_PER_MINUTE = 30_000;

  /// Places for each dose: some sites are far from everybody.
  private static final double ROOM = 1.6;

  /// Whoever measures goes first: a crowd that itself waits for a processor would report its own
  /// lateness as the server's.
  private static final List<String> AFTER_THE_CROWD = List.of("nice", "-n", "5");

  /// Later than any start takes: what is made first is opened afterwards.
  private static final int NOT_YET_SECONDS = 3_600;

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
  /// @param openIn seconds from [#open]
  /// @param warmUp how many people a campaign for warming up has room for; 0 for none
  /// @param javaOptions of the server's process
  record Size(
      int people,
      int sites,
      int perMinute,
      int doses,
      int openIn,
      int warmUp,
      List<String> javaOptions) {
    int siteCount() {
      return sites > 0 ? sites : Math.clamp(people / 100, 300, SyntheticNation.DEFAULT_SITES);
    }

    DemoCampaign.Supply supply() {
      return supply(people, perMinute, DAYS);
    }

    DemoCampaign.Supply warmUpSupply() {
      return supply(warmUp, WARM_UP_PER_MINUTE, 1);
    }

    private DemoCampaign.Supply supply(int forPeople, int calledPerMinute, int days) {
      double places = forPeople * doses * ROOM;
      double slots = (double) siteCount() * HALF_HOURS * days;
      return new DemoCampaign.Supply(calledPerMinute, doses, (int) Math.ceil(places / slots), days);
    }
  }

  private final Path data;
  private final Size size;
  private final Process server;
  private final int port;
  private final int managementPort;

  /// Ends the server with a rehearsal that is told to end before anybody is rehearsed.
  private final Thread end = Thread.ofPlatform().unstarted(this::close);

  private RehearsedNaru(Path data, Size size, Process server, int port, int managementPort) {
    this.data = data;
    this.size = size;
    this.server = server;
    this.port = port;
    this.managementPort = managementPort;
  }

  /// Makes it, starts it, and waits until it is served. Nothing is open before [#open].
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
    RehearsedNaru naru = new RehearsedNaru(data, size, server, port, managementPort);
    Runtime.getRuntime().addShutdownHook(naru.end);
    naru.awaitServed();
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
        size.siteCount(), size.supply().perHalfHour());
    try (Store store = Store.emptied(data)) {
      new SiteStore(store.database().dataSource())
          .save(new SyntheticNation(Regions.load()).generate(seed, size.siteCount()));
      Campaigns campaigns = new Campaigns(store.database().dataSource(), InstantSource.system());
      make(campaigns, yaml(DemoCampaign.ID, NOT_YET_SECONDS, size.supply()));
      if (size.warmUp() > 0) {
        make(campaigns, yaml(DemoCampaign.WARM_UP, NOT_YET_SECONDS, size.warmUpSupply()));
      }
    }
  }

  private static void make(Campaigns campaigns, String yaml) {
    try (ProgressBar bar = Progress.bar("Making slots")) {
      ApplyResult made =
          campaigns.apply(
              yaml,
              (done, all) -> {
                bar.maxHint(all);
                bar.stepTo(done);
              });
      if (!(made instanceof ApplyResult.Created)) {
        throw new IllegalStateException("the campaign was refused: " + made);
      }
    }
  }

  /// Opens the campaign that warms the program up.
  void openWarmUp() {
    open(yaml(DemoCampaign.WARM_UP, WARM_UP_LOBBY_SECONDS, size.warmUpSupply()));
  }

  /// Sets the opening, now that it is known how long everything took.
  void open() {
    open(yaml(DemoCampaign.ID, size.openIn(), size.supply()));
  }

  /// From now on a rehearsal that is told to end ends it by [#close], when its report is written:
  /// that needs the server's list of appointments.
  void endsWithTheRehearsal() {
    Runtime.getRuntime().removeShutdownHook(end);
  }

  private void open(String yaml) {
    try (Store store = Store.in(data, false)) {
      new Campaigns(store.database().dataSource(), InstantSource.system()).apply(yaml);
    }
    pause(2);
  }

  private static String yaml(String id, int openIn, DemoCampaign.Supply supply) {
    Instant opens =
        Instant.ofEpochSecond(InstantSource.system().instant().getEpochSecond() + openIn);
    return DemoCampaign.yaml(id, opens, ZONE, supply);
  }

  private void awaitServed() {
    DemoScreen screen = new DemoScreen(uri(), InstantSource.system().instant(), ZONE);
    if (screen.waitUntilServed(server::isAlive)) {
      return;
    }
    String what =
        server.isAlive()
            ? "did not start within " + DemoScreen.START_LIMIT.toSeconds() + " s"
            : "ended with status " + server.exitValue() + " while it started";
    close();
    throw new IllegalStateException(
        "the server " + what + "; its log is " + data.resolve("naru.log"));
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
