package dev.naru.app;

import dev.naru.booking.BookingStation;
import dev.naru.booking.appointment.BookingDoor;
import dev.naru.common.paper.Papers;
import dev.naru.common.person.PersonKey;
import dev.naru.common.person.Sealer;
import dev.naru.common.web.LiveSessions;
import dev.naru.database.Database;
import dev.naru.database.valkey.Valkey;
import dev.naru.identity.IdentitySettings;
import dev.naru.identity.IdentityStation;
import dev.naru.identity.provider.CheckKeys;
import dev.naru.identity.provider.IdentityProvider;
import dev.naru.identity.session.SessionRegistry;
import dev.naru.waitingroom.WaitingRoom;
import dev.naru.waitingroom.control.BookingLoad;
import dev.naru.waitingroom.line.LineHome;
import dev.naru.waitingroom.line.StatusPage;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// All stations of one process, wired: the only place where they meet, and the only one that reads
/// the system's clock.
///
/// @param clock the one clock
/// @param operatorToken who has it may give orders to lines
public record Node(
    InstantSource clock,
    Papers papers,
    Database database,
    IdentityStation identity,
    WaitingRoom waitingRoom,
    BookingStation booking,
    CampaignDesk desk,
    String operatorToken)
    implements AutoCloseable {

  /// How soon keys that an operator has rotated are used.
  private static final long KEYS_LOOK_SECONDS = 1;

  /// Starts all stations on a database that has every schema.
  ///
  /// @param lines where they keep what moves
  /// @param shared where the sessions of all nodes are; null when there is one node
  /// @param providers who checks identities
  /// @param writers of bookings, 1 to [BookingEngine#MOST_WRITERS]
  /// @param lagMillis how long requests wait until they are read
  static Node start(
      Database database,
      LineHome lines,
      @Nullable Valkey shared,
      KeyFile keys,
      List<IdentityProvider> providers,
      int writers,
      DoubleSupplier lagMillis,
      ScheduledExecutorService scheduler) {
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    Secrets secrets = keys.of(database.dataSource());
    Papers papers = new Papers(secrets.papers(), clock);
    Sealer sealer = Sealer.open(secrets.sealing());

    BookingStation booking =
        BookingStation.open(
            database.dataSource(), papers, secrets.persons(), clock, random, writers);
    CampaignDesk desk = new CampaignDesk(booking.campaigns(), booking.entitlement());
    IdentityStation identity =
        IdentityStation.start(
            database.dataSource(),
            shared,
            papers,
            secrets.persons(),
            sealer,
            new CheckKeys(secrets.persons().derived("identity checks"), sealer),
            clock,
            random,
            scheduler,
            providers,
            desk,
            desk,
            IdentitySettings.USUAL);
    WaitingRoom waitingRoom =
        WaitingRoom.open(
                lines,
                papers,
                (_, person, session) ->
                    identity.helpings().isRunning(session)
                        || isLive(identity.sessions(), person, session),
                clock,
                random,
                desk,
                secrets.seeds(),
                campaign -> load(booking.appointments().load(campaign), lagMillis.getAsDouble()))
            .run(scheduler);
    var _ =
        scheduler.scheduleWithFixedDelay(
            keys.follow(papers, sealer, identity::tidy),
            KEYS_LOOK_SECONDS,
            KEYS_LOOK_SECONDS,
            TimeUnit.SECONDS);
    return new Node(
        clock,
        papers,
        database,
        identity,
        waitingRoom,
        booking.run(scheduler),
        desk,
        secrets.operatorToken());
  }

  /// Nobody knows of a session that cannot be asked for; then its pass stays with it.
  private static boolean isLive(SessionRegistry sessions, PersonKey person, UUID session) {
    return sessions.look(person, session).toCompletableFuture().join() != LiveSessions.State.DEAD;
  }

  /// What a person waits for an answer begins before booking hears of it.
  private static BookingLoad load(BookingDoor.Load load, double lagMillis) {
    return new BookingLoad(
        load.answered(),
        load.served(),
        load.refused(),
        load.latencyMillis() + lagMillis,
        load.inFlight());
  }

  /// How many people are in the lines of now, and how many of them were called.
  public record InLine(long joined, long serving) {}

  /// Adds up the lines that concern most people now, one for each campaign.
  public InLine inLine() {
    long joined = 0;
    long serving = 0;
    for (String campaign : desk.campaigns()) {
      StatusPage page = waitingRoom.statuses().of(campaign);
      if (page != null) {
        joined += page.status().joined();
        serving += page.status().serving();
      }
    }
    return new InLine(joined, serving);
  }

  /// Stops in the order of the journey backwards: what was accepted is still written.
  @Override
  public void close() {
    waitingRoom.close();
    identity.close();
    booking.close();
  }
}
