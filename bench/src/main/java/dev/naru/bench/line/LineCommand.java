package dev.naru.bench.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.naru.bench.Folder;
import dev.naru.bench.Load;
import dev.naru.bench.Progress;
import dev.naru.bench.Report;
import dev.naru.bench.ReportOptions;
import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.eligibility.Decision;
import dev.naru.common.eligibility.Membership;
import dev.naru.common.eligibility.WindowRules;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperKeys;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import dev.naru.common.person.PersonKeys;
import dev.naru.database.Database;
import dev.naru.database.LocalPostgres;
import dev.naru.database.valkey.Valkey;
import dev.naru.database.valkey.ValkeyAddress;
import dev.naru.waitingroom.WaitingRoom;
import dev.naru.waitingroom.control.BookingLoad;
import dev.naru.waitingroom.draw.SeedSealer;
import dev.naru.waitingroom.line.CampaignLines;
import dev.naru.waitingroom.line.LineCalendar;
import dev.naru.waitingroom.line.LineHome;
import dev.naru.waitingroom.ticket.JoinResult;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `naru bench line`.
@Command(
    name = "line",
    mixinStandardHelpOptions = true,
    description = "Durable joins a second, of new people and of the same ones again.")
public final class LineCommand implements Callable<Integer> {
  private static final String CAMPAIGN = "bench";
  private static final Instant OPENS = Instant.parse("2026-11-03T11:00:00Z");
  private static final Instant NOW = OPENS.minusSeconds(60);

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Length of a run (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "15000",
      description = "Requests under way at once (default: ${DEFAULT-VALUE}).")
  private int inFlight;

  @Option(
      names = "--valkey",
      paramLabel = "URL",
      description = "Measures a line in this Valkey or Redis too, which should be empty.")
  private @Nullable String valkey;

  @Mixin private ReportOptions options = new ReportOptions();

  private final PersonKeys persons = new PersonKeys(new byte[32]);

  @Override
  public Integer call() throws Exception {
    return options.run(this::measure);
  }

  private void measure(Report report) throws Exception {
    Progress.show("starting PostgreSQL");
    try (Folder folder = Folder.open(null);
        LocalPostgres server = LocalPostgres.open(folder.path());
        Database database = server.emptyDatabase("bench")) {
      database.migrate("waitingroom");
      report.fact("postgresql", database.show("server_version"));
      report.fact("fsync", database.show("fsync"));
      measure(report, "postgresql", new LineHome.InPostgres(database.dataSource()));
    }
    String url = valkey;
    if (url != null) {
      measureInValkey(report, ValkeyAddress.of(url, System.getenv("NARU_VALKEY_PASSWORD")));
    }
  }

  /// On a database of its own: a line stays where its first number was given.
  private void measureInValkey(Report report, ValkeyAddress address) throws Exception {
    try (Folder folder = Folder.open(null);
        LocalPostgres server = LocalPostgres.open(folder.path());
        Database database = server.emptyDatabase("bench");
        Valkey connected = Valkey.connect(address)) {
      database.migrate("waitingroom");
      measure(report, "valkey", new LineHome.InValkey(database.dataSource(), connected));
    }
  }

  private void measure(Report report, String store, LineHome home) throws InterruptedException {
    try (WaitingRoom room = room(home)) {
      Load load = new Load(inFlight, 0);
      long warmed = run(load, room, 0, Long.MAX_VALUE).answers();
      Load.Outcome first = run(load, room, warmed, Long.MAX_VALUE);
      report.row(row(store, "new people", first));
      report.row(row(store, "the same again", run(load, room, warmed, first.answers())));
    }
  }

  private static WaitingRoom room(LineHome home) {
    InstantSource clock = () -> NOW;
    return WaitingRoom.open(
        home,
        new Papers(new PaperKeys(Map.of(1, new byte[32]), 1), clock),
        (_, _, _) -> true,
        clock,
        new SecureRandom(),
        new OneLine(),
        new SeedSealer(new byte[32]),
        _ -> BookingLoad.CALM);
  }

  private Load.Outcome run(Load load, WaitingRoom room, long from, long people)
      throws InterruptedException {
    Progress.show("joining");
    Load.Outcome outcome =
        load.run(
            count -> room.tickets().join(CAMPAIGN, session(from + count % people)),
            JoinResult.Joined.class::isInstance,
            Duration.ofSeconds(seconds));
    Progress.clear();
    if (outcome.successes() != outcome.answers()) {
      throw new IllegalStateException("somebody was refused");
    }
    return outcome;
  }

  private Paper session(long number) {
    String name = "p" + number;
    return new Paper(
        PaperKind.SESSION,
        CAMPAIGN,
        persons.of(name),
        UUID.nameUUIDFromBytes(name.getBytes(UTF_8)),
        3,
        0,
        0,
        OPENS.plus(Duration.ofDays(10)));
  }

  private static Map<String, Object> row(String store, String who, Load.Outcome outcome) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("store", store);
    row.put("who", who);
    row.put("joins/s", outcome.answers() / outcome.seconds());
    row.put("p50 ms", outcome.millis(50));
    row.put("p99 ms", outcome.millis(99));
    return row;
  }

  /// One campaign with one window for everybody, whose lobby is open.
  private static final class OneLine implements LineCalendar {
    private final CampaignLines lines =
        new CampaignLines(
            CAMPAIGN,
            ZoneId.of("Asia/Seoul"),
            List.of(
                new BookingWindow(
                    0,
                    Set.of(),
                    OPENS.minus(Duration.ofMinutes(30)),
                    OPENS,
                    OPENS.plus(Duration.ofDays(1)),
                    1,
                    1)),
            600,
            Duration.ofMinutes(15));

    @Override
    public Set<String> campaigns() {
      return Set.of(CAMPAIGN);
    }

    @Override
    public @Nullable CampaignLines of(String campaign) {
      return campaign.equals(CAMPAIGN) ? lines : null;
    }

    @Override
    public Decision decide(Paper session) {
      return WindowRules.decide(lines.windows(), session.cohort(), Membership.NO_LISTS, NOW);
    }

    @Override
    public Decision look(Paper session) {
      return decide(session);
    }
  }
}
