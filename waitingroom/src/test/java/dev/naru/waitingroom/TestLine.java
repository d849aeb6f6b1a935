package dev.naru.waitingroom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.eligibility.Decision;
import dev.naru.common.eligibility.Membership;
import dev.naru.common.eligibility.WindowRules;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperCheck;
import dev.naru.common.paper.PaperKeys;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import dev.naru.common.person.PersonKey;
import dev.naru.common.person.PersonKeys;
import dev.naru.database.Database;
import dev.naru.database.TestPostgres;
import dev.naru.database.valkey.TestValkey;
import dev.naru.database.valkey.Valkey;
import dev.naru.waitingroom.admission.AdmissionResult;
import dev.naru.waitingroom.control.BookingLoad;
import dev.naru.waitingroom.draw.SeedSealer;
import dev.naru.waitingroom.line.CampaignLines;
import dev.naru.waitingroom.line.LineCalendar;
import dev.naru.waitingroom.line.LineHome;
import dev.naru.waitingroom.line.LineState;
import dev.naru.waitingroom.line.LineStatus;
import dev.naru.waitingroom.ticket.JoinResult;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// One campaign on a real database, and a real Valkey if its lines are kept there, with a clock
/// that goes where it is told: a rotation window for cohort 3 (lobby 19:30, 20:00 to 18:00), then
/// an open phase for everybody.
public final class TestLine implements InstantSource, LineCalendar {
  public static final String CAMPAIGN = "autumn";
  public static final int COHORT = 3;
  public static final int PER_MINUTE = 600;
  public static final Instant LOBBY = Instant.parse("2026-11-03T10:30:00Z");
  public static final Instant OPENS = Instant.parse("2026-11-03T11:00:00Z");
  public static final Instant CLOSES = Instant.parse("2026-11-04T09:00:00Z");

  private static final BookingWindow ROTATION =
      new BookingWindow(0, Set.of(COHORT), LOBBY, OPENS, CLOSES, 1, 2);
  private static final BookingWindow OPEN_PHASE =
      new BookingWindow(
          1,
          Set.of(),
          CLOSES.plus(Duration.ofHours(1)),
          CLOSES.plus(Duration.ofHours(2)),
          CLOSES.plus(Duration.ofDays(5)),
          2,
          2);

  private static final SeedSealer SEALER = new SeedSealer(new byte[32]);

  private final AtomicReference<Instant> time = new AtomicReference<>(LOBBY);
  private final AtomicReference<@Nullable BookingLoad> booking =
      new AtomicReference<>(BookingLoad.CALM);
  private final PersonKeys persons = new PersonKeys(new byte[32]);
  private final Papers papers = new Papers(new PaperKeys(Map.of(1, new byte[32]), 1), this);
  private final Map<String, CampaignLines> campaigns = new ConcurrentHashMap<>();
  private final Set<UUID> deadSessions = new HashSet<>();

  /// Where the lines keep what moves.
  public enum Home {
    IN_POSTGRESQL,
    IN_VALKEY
  }

  /// A server with the one connection of all nodes.
  private record Keeper(TestValkey server, Valkey valkey) {}

  private static @Nullable Database shared;
  private static @Nullable Keeper sharedKeeper;

  private final Database database;
  private final @Nullable Keeper keeper;

  public TestLine() {
    this(Home.IN_POSTGRESQL);
  }

  public TestLine(Home home) {
    database = emptied();
    keeper = home == Home.IN_VALKEY ? emptiedKeeper() : null;
    add(CAMPAIGN, PER_MINUTE);
  }

  private static synchronized Keeper emptiedKeeper() {
    Keeper running = sharedKeeper;
    if (running == null || !running.valkey().answers()) {
      TestValkey server = TestValkey.start();
      running = new Keeper(server, Valkey.connect(server.address()));
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      sharedKeeper = running;
    }
    running.valkey().send(Request.cmd(Command.FLUSHALL)).join();
    return running;
  }

  private Keeper keeper() {
    return requireNonNull(keeper, "only in a Valkey");
  }

  /// The server of a line that is kept there.
  public TestValkey server() {
    return keeper().server();
  }

  /// The connection of all nodes to it.
  public Valkey valkey() {
    return keeper().valkey();
  }

  /// One database for all tests that leave it running: making one costs half a second.
  private static synchronized Database emptied() {
    Database running = shared;
    if (running == null) {
      shared = TestPostgres.with("waitingroom");
      return shared;
    }
    try (Connection connection = running.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "TRUNCATE waitingroom.line, waitingroom.ticket, waitingroom.admission,"
              + " waitingroom.line_order, waitingroom.door, waitingroom.booking_load,"
              + " waitingroom.beat, waitingroom.status"
              + " RESTART IDENTITY");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return running;
  }

  /// The database itself, for those who look behind the station.
  public DataSource database() {
    return database.dataSource();
  }

  /// From now on what keeps the lines does not answer any more, in this test.
  public void loseHome() {
    synchronized (TestLine.class) {
      if (keeper != null) {
        sharedKeeper = null;
        keeper.server().kill();
        return;
      }
      shared = null;
      database.close();
    }
  }

  /// One more campaign with the same windows.
  public void add(String campaign, int perMinute) {
    campaigns.put(
        campaign,
        new CampaignLines(
            campaign,
            ZoneId.of("Asia/Seoul"),
            List.of(ROTATION, OPEN_PHASE),
            perMinute,
            Duration.ofMinutes(15)));
  }

  /// What booking says of itself from now on; null: nothing.
  public void booking(@Nullable BookingLoad load) {
    booking.set(load);
  }

  /// A node of the station.
  public WaitingRoom node() {
    return node(keeper == null ? Home.IN_POSTGRESQL : Home.IN_VALKEY);
  }

  /// A node that looks for the lines in a home that may be the wrong one.
  public WaitingRoom node(Home home) {
    return WaitingRoom.open(
        switch (home) {
          case IN_POSTGRESQL -> new LineHome.InPostgres(database.dataSource());
          case IN_VALKEY -> new LineHome.InValkey(database.dataSource(), valkey());
        },
        papers,
        (_, _, session) -> !deadSessions.contains(session),
        this,
        new SecureRandom(),
        this,
        SEALER,
        _ -> booking.get());
  }

  public Papers papers() {
    return papers;
  }

  @Override
  public Instant instant() {
    return time.get();
  }

  public void at(Instant now) {
    time.set(now);
  }

  public void pass(Duration duration) {
    time.updateAndGet(now -> now.plus(duration));
  }

  /// Lets the time pass second by second with a tick after each.
  public void tick(WaitingRoom node, int seconds) {
    for (int i = 0; i < seconds; i++) {
      pass(Duration.ofSeconds(1));
      node.tick();
    }
  }

  @Override
  public Set<String> campaigns() {
    return campaigns.keySet();
  }

  @Override
  public @Nullable CampaignLines of(String campaign) {
    return campaigns.get(campaign);
  }

  @Override
  public Decision decide(Paper session) {
    return WindowRules.decide(
        List.of(ROTATION, OPEN_PHASE), session.cohort(), Membership.NO_LISTS, instant());
  }

  @Override
  public Decision look(Paper session) {
    return decide(session);
  }

  public PersonKey person(String name) {
    return persons.of(name);
  }

  /// A new session of a person of the rotation's cohort.
  public Paper session(String name) {
    return session(CAMPAIGN, name, COHORT);
  }

  public Paper session(String campaign, String name, int cohort) {
    return new Paper(
        PaperKind.SESSION,
        campaign,
        person(name),
        UUID.nameUUIDFromBytes((name + "/" + deviceCount++).getBytes(UTF_8)),
        cohort,
        0,
        0,
        CLOSES.plus(Duration.ofDays(10)));
  }

  private int deviceCount;

  public void logOut(Paper session) {
    deadSessions.add(session.session());
  }

  public static JoinResult join(WaitingRoom node, Paper session) {
    return node.tickets().join(session.campaign(), session).toCompletableFuture().join();
  }

  public static JoinResult.Joined joined(WaitingRoom node, Paper session) {
    return (JoinResult.Joined) join(node, session);
  }

  public static AdmissionResult enter(WaitingRoom node, Paper session, @Nullable String ticket) {
    return node.admissions()
        .enter(session.campaign(), session, ticket)
        .toCompletableFuture()
        .join();
  }

  /// The paper in a token, whatever its time.
  public Paper paper(PaperKind kind, String token) {
    return switch (papers.verify(kind, token)) {
      case PaperCheck.Valid(Paper paper) -> paper;
      case PaperCheck.Expired(Paper paper) -> paper;
      case PaperCheck.Forged _ -> throw new AssertionError("forged");
    };
  }

  public static LineState line(WaitingRoom node) {
    return requireNonNull(node.lines().of(CAMPAIGN, 0));
  }

  public static LineStatus status(WaitingRoom node) {
    return requireNonNull(node.statuses().of(CAMPAIGN)).status();
  }
}
