package dev.naru.app.command;

import dev.naru.rehearsal.crowd.Crowd;
import dev.naru.rehearsal.crowd.CrowdPlan;
import dev.naru.rehearsal.crowd.CrowdProgress;
import dev.naru.rehearsal.crowd.CrowdReport;
import dev.naru.rehearsal.crowd.Habits;
import dev.naru.rehearsal.http.Connections;
import dev.naru.rehearsal.people.Ages;
import dev.naru.rehearsal.people.ArrivalCurve;
import dev.naru.rehearsal.report.RunFiles;
import dev.naru.rehearsal.report.RunRecord;
import dev.naru.rehearsal.residents.ResidentTable;
import dev.naru.rehearsal.residents.Residents;
import dev.naru.rehearsal.run.Rehearsal;
import dev.naru.rehearsal.run.Rehearsal.Measured;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Rehearsals of an opening.
@Command(
    name = "rehearse",
    mixinStandardHelpOptions = true,
    subcommands = CompareCommand.class,
    description = {
      "Lets invented people go through a running Naru, over HTTP only, and says whether the goals"
          + " held (docs/rehearsal.md).",
      "The server needs simulated providers. Ctrl-C ends the run and writes the report so far.",
      "Exit status 0: every goal held; 1: one did not, or could not be judged."
    })
final class RehearseCommand implements Callable<Integer> {
  /// A check at a provider takes a second or two and holds its connection: enough for the checks of
  /// a nation, below the usual limit of open files.
  private static final int SHARED_CONNECTIONS = 4_096;

  private static final int LONG_RUN = 300_000;

  /// How everybody reaches the server.
  enum Reach {
    shared,
    person
  }

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "URL",
      description = "The Naru to rehearse; not with --demo.")
  private @Nullable URI url;

  @Option(names = "--campaign", description = "Its id (default: ${DEFAULT-VALUE}).")
  private String campaign = DemoCampaign.ID;

  @Option(names = "--people", description = "How many come (default: ${DEFAULT-VALUE}).")
  private int people = 50_000;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "How they come and behave, and the goals (examples/rehearsal.yaml).")
  private @Nullable Path profile;

  @Option(
      names = "--population",
      paramLabel = "FILE",
      description =
          "Residents by age and district, the ministry's CSV (docs/forecast.md); the people are of"
              + " these ages and districts (default: those of October 2021, ages by decade).")
  private @Nullable Path population;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Where the report goes (default: ${DEFAULT-VALUE}).")
  private Path report = Path.of("rehearsal");

  @Option(
      names = "--seed",
      description = "The same seed makes the same people (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--connections",
      description =
          "shared: some thousand that stay open, as behind a CDN; person: one for each"
              + " (default: ${DEFAULT-VALUE}).")
  private Reach connections = Reach.shared;

  @Option(
      names = "--forwarded",
      description =
          "Tell an address for each person in X-Forwarded-For. The server has to trust this"
              + " machine as a proxy, otherwise its limits for one address apply to all.")
  private boolean forwarded;

  @Option(
      names = "--cheats",
      paramLabel = "SHARE",
      description = "Share of the people who try a trick, 0 to 1, instead of the profile's.")
  private @Nullable Double cheats;

  @Option(
      names = "--metrics",
      paramLabel = "URL",
      description = "The server's /q/metrics on its management port.")
  private @Nullable URI metrics;

  @Option(
      names = "--export-command",
      paramLabel = "COMMAND",
      description =
          "Prints the server's appointments, to compare with what people were told, such as"
              + " \"./naru export appointments ID --data DIR\", or the same over ssh.")
  private @Nullable String exportCommand;

  @ArgGroup(exclusive = false)
  private @Nullable Demo demo;

  @Spec private @Nullable CommandSpec spec;

  /// The report is written, and a server of its own has ended.
  private final CountDownLatch over = new CountDownLatch(1);

  /// A Naru of its own.
  static final class Demo {
    @Option(
        names = "--demo",
        required = true,
        description = "Start a Naru with an invented nation, and rehearse that.")
    private boolean demo;

    @Option(
        names = "--open-in",
        paramLabel = "SECONDS",
        description = "When booking opens (default: ${DEFAULT-VALUE}).")
    private int openIn = 60;

    @Option(
        names = "--per-minute",
        paramLabel = "PEOPLE",
        description = "How many are called in a minute (default: ${DEFAULT-VALUE}).")
    private int perMinute = 30_000;

    @Option(
        names = "--doses",
        description = "1, or 2 that are booked together (default: ${DEFAULT-VALUE}).")
    private int doses = 2;

    @Option(
        names = "--sites",
        description = "How many (default: one for 100 people, 300 to 15000).")
    private int sites;

    @Option(
        names = "--warm-up",
        paramLabel = "PEOPLE",
        description =
            "How many go through a campaign of their own before, as an agency should do it with a"
                + " program just started; they are in no figure (default: as many as --people,"
                + " at most 20000).")
    private @Nullable Integer warmUp;

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "Its folder; emptied first (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of(".naru/rehearsal");

    @Option(
        names = "--server-java-options",
        paramLabel = "WORDS",
        description = "Of the server's Java machine (default: ${DEFAULT-VALUE}).")
    private String javaOptions = "-Xmx2g -XX:+UseG1GC";

    /// A program that has served as many is compiled (docs/performance.md).
    private static final int WARM = 20_000;

    int warmUp(int people) {
      Integer told = warmUp;
      return told == null ? Math.min(people, WARM) : told;
    }

    RehearsedNaru.Size size(int people) {
      return new RehearsedNaru.Size(
          people,
          sites,
          perMinute,
          doses,
          openIn,
          warmUp(people),
          List.of(javaOptions.trim().split(" +", -1)));
    }
  }

  @Override
  public Integer call() throws Exception {
    try {
      return run();
    } finally {
      over.countDown();
    }
  }

  private int run() throws Exception {
    Demo own = demo;
    if (own == null || !own.demo) {
      URI server = url;
      if (server == null) {
        throw new IllegalStateException("say which Naru to rehearse (URL), or --demo");
      }
      return rehearse(server, new Measured(metrics, null), export(), () -> {});
    }
    try (RehearsedNaru naru = RehearsedNaru.start(own.data, own.size(people), seed)) {
      int warmUp = own.warmUp(people);
      if (warmUp > 0) {
        naru.openWarmUp();
        warmUp(naru.uri(), warmUp);
      }
      naru.open();
      return rehearse(
          naru.uri(),
          new Measured(naru.metrics(), naru.database()),
          naru::export,
          naru::endsWithTheRehearsal);
    }
  }

  /// Nobody thinks, leaves or cheats: the point is that each call is made often.
  private void warmUp(URI server, int count) throws InterruptedException {
    System.out.printf("%,d people warm it up%n", count);
    CrowdPlan plan =
        CrowdPlan.of(server, DemoCampaign.WARM_UP, count)
            .withSeed(seed + 1)
            .withComing(new CrowdPlan.Coming(1, ArrivalCurve.national(Duration.ofMinutes(1))))
            .withManners(
                new CrowdPlan.Manners(
                    Duration.ZERO, Duration.ofMinutes(2), 0, 0, new Habits(1, 0, 0, 0)))
            .withConnections(Connections.shared(SHARED_CONNECTIONS).withForwarded(forwarded))
            .withHome(home(), stepSeconds());
    try (Crowd crowd = Crowd.start(plan)) {
      watch(crowd.done(), crowd::progress, count);
    }
  }

  /// @param begun called when an end that is asked for waits for the report
  private int rehearse(
      URI server, Measured measured, Rehearsal.@Nullable Export export, Runnable begun)
      throws Exception {
    RehearsalProfile behaviour =
        profile == null ? RehearsalProfile.USUAL : RehearsalProfile.read(profile);
    CrowdPlan plan = plan(server, behaviour);
    RehearsalRun run = new RehearsalRun(campaign, server, seed, command());
    System.out.printf("%,d people come to %s%n", people, server);
    Rehearsal rehearsal = Rehearsal.start(plan, behaviour.goals(), measured);
    Thread hook =
        Thread.ofPlatform()
            .unstarted(
                () -> {
                  rehearsal.stop("Ctrl-C");
                  awaitOver();
                });
    Runtime.getRuntime().addShutdownHook(hook);
    begun.run();
    CrowdReport result = watch(rehearsal.done(), rehearsal::progress, people);
    RunRecord record =
        rehearsal.record(
            result, run.about(people), export, note -> System.out.println("! " + note));
    new RehearsalScreen(people).verdicts(record);
    System.out.println("report: " + RunFiles.write(report, record));
    return record.held() ? 0 : 1;
  }

  private static CrowdReport watch(
      Future<CrowdReport> done, Supplier<CrowdProgress> progress, int people)
      throws InterruptedException {
    RehearsalScreen screen = new RehearsalScreen(people);
    while (!done.isDone()) {
      screen.show(progress.get());
      TimeUnit.SECONDS.sleep(1);
    }
    try {
      CrowdReport result = done.get();
      screen.show(result.outcome());
      return result;
    } catch (ExecutionException e) {
      throw new IllegalStateException(String.valueOf(e.getMessage()), e);
    }
  }

  private CrowdPlan plan(URI server, RehearsalProfile behaviour) {
    Connections reach =
        connections == Reach.person ? Connections.each() : Connections.shared(SHARED_CONNECTIONS);
    return CrowdPlan.of(server, campaign, people)
        .withSeed(seed)
        .withComing(behaviour.coming())
        .withManners(behaviour.manners(cheats))
        .withConnections(reach.withForwarded(forwarded))
        .withSharedStatus(connections == Reach.shared)
        .withHome(home(), stepSeconds());
  }

  private CrowdPlan.Home home() {
    if (population == null) {
      return new CrowdPlan.Home(Ages.KOREA_2021, Homes.living());
    }
    Residents residents;
    try {
      residents = ResidentTable.read(Files.readAllBytes(population));
    } catch (IOException e) {
      throw new IllegalStateException(population + " cannot be read", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(population + ": " + e.getMessage(), e);
    }
    Map<String, Double> living = new HashMap<>();
    residents
        .districts()
        .forEach(district -> living.put(district.codeOfToday(), (double) district.total()));
    return new CrowdPlan.Home(new Ages(residents.byAge()), living);
  }

  /// Few enough steps for a report of some hundred kilobytes.
  private int stepSeconds() {
    return people <= LONG_RUN ? 2 : 10;
  }

  private Rehearsal.@Nullable Export export() {
    String line = exportCommand;
    return line == null ? null : () -> output(line);
  }

  /// The operator's own words, on the operator's own machine.
  private static BufferedReader output(String line) throws IOException {
    Process process =
        new ProcessBuilder("sh", "-c", line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return process.inputReader(StandardCharsets.UTF_8);
  }

  private String command() {
    CommandSpec known = spec;
    return known == null
        ? "./naru rehearse"
        : "./naru "
            + String.join(
                " ",
                known.commandLine().getParseResult().originalArgs().isEmpty()
                    ? List.of("rehearse")
                    : withName(known.commandLine().getParseResult().originalArgs()));
  }

  private static List<String> withName(List<String> words) {
    return words.getFirst().equals("rehearse")
        ? words
        : Stream.concat(Stream.of("rehearse"), words.stream()).toList();
  }

  private void awaitOver() {
    try {
      if (!over.await(60, TimeUnit.SECONDS)) {
        System.err.println("the report was not written in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
