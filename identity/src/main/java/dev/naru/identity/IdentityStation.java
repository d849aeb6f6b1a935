package dev.naru.identity;

import dev.naru.common.paper.Papers;
import dev.naru.common.person.PersonKeys;
import dev.naru.common.person.Sealer;
import dev.naru.common.web.Callers;
import dev.naru.database.valkey.Valkey;
import dev.naru.identity.check.Checks;
import dev.naru.identity.check.EligibilityDesk;
import dev.naru.identity.check.Identification;
import dev.naru.identity.helping.CallerChecks;
import dev.naru.identity.helping.HelpingDesk;
import dev.naru.identity.helping.HelpingLimits;
import dev.naru.identity.helping.Helpings;
import dev.naru.identity.light.ProviderBoard;
import dev.naru.identity.person.People;
import dev.naru.identity.person.Tidying;
import dev.naru.identity.provider.CheckKeys;
import dev.naru.identity.provider.IdentityProvider;
import dev.naru.identity.session.EmbeddedSessionRegistry;
import dev.naru.identity.session.SessionRegistry;
import dev.naru.identity.session.ValkeySessionRegistry;
import dev.naru.identity.web.Cookies;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The identity station: who somebody is, on which device, and whether they may book.
///
/// @param providers with their traffic lights
/// @param sessions who counts
/// @param people sealed names, birth dates and phone numbers
/// @param helpings who acts for whom
/// @param callerChecks identity checks of people on the telephone
/// @param checks the identity check from start to session
/// @param callers for every station's resources
/// @param cookies for the resources of this station
/// @param tidying of people's data
public record IdentityStation(
    ProviderBoard providers,
    SessionRegistry sessions,
    People people,
    Helpings helpings,
    CallerChecks callerChecks,
    Checks checks,
    Callers callers,
    Cookies cookies,
    Tidying tidying,
    List<ScheduledFuture<?>> work)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IdentityStation.class);

  /// How much of a lease may be lost when the program is killed.
  private static final long WRITE_BEHIND_SECONDS = 30;

  /// Forgotten sessions cost only memory, and looking for them a pass over all.
  private static final long SWEEP_SECONDS = 3_600;

  /// How soon a helping that was ended on another node is over here; 2 s are promised.
  private static final long HELPINGS_LOOK_SECONDS = 1;

  /// Data whose day has come is gone within the hour.
  private static final long TIDY_SECONDS = 3_600;

  /// Starts the station on a database that is migrated.
  ///
  /// @param shared where the sessions of all nodes are, connected with
  ///   [ValkeySessionRegistry#scripts]; null when there is one node
  /// @param checkKeys what checks at providers are bound with
  /// @param random cryptographically strong and safe for several threads
  /// @param scheduler for short tasks that do not block; stays the caller's
  /// @throws IllegalStateException when the sessions cannot be read
  public static IdentityStation start(
      DataSource database,
      @Nullable Valkey shared,
      Papers papers,
      PersonKeys keys,
      Sealer sealer,
      CheckKeys checkKeys,
      InstantSource clock,
      RandomGenerator random,
      ScheduledExecutorService scheduler,
      List<IdentityProvider> configured,
      EligibilityDesk desk,
      HelpingDesk helpingDesk,
      IdentitySettings settings) {
    ProviderBoard providers = new ProviderBoard(configured, clock, settings.guarding());
    People people = new People(database, sealer);
    List<ScheduledFuture<?>> work = new ArrayList<>();
    SessionRegistry sessions =
        shared == null
            ? tended(EmbeddedSessionRegistry.open(database, clock, random), scheduler, work)
            : new ValkeySessionRegistry(shared, database, clock, random);
    Helpings helpings =
        new Helpings(database, helpingDesk, HelpingLimits.USUAL, checkKeys, clock, random);
    helpings.follow();
    work.add(every(HELPINGS_LOOK_SECONDS, scheduler, helpings::look));
    Tidying tidying = new Tidying(people, clock);
    tidying.begin();
    work.add(every(TIDY_SECONDS, scheduler, tidying::begin));
    Identification identification =
        new Identification(providers, papers, keys, checkKeys, people, desk, clock, random);
    return new IdentityStation(
        providers,
        sessions,
        people,
        helpings,
        new CallerChecks(
            database, helpings, helpingDesk, HelpingLimits.USUAL, checkKeys, identification, clock),
        new Checks(identification, papers, sessions, random),
        new Callers(papers, sessions, helpings),
        new Cookies(settings.secureCookies()),
        tidying,
        List.copyOf(work));
  }

  private static SessionRegistry tended(
      EmbeddedSessionRegistry sessions,
      ScheduledExecutorService scheduler,
      List<ScheduledFuture<?>> work) {
    work.add(
        every(
            WRITE_BEHIND_SECONDS,
            scheduler,
            () -> {
              var _ = sessions.writeBehind();
            }));
    work.add(every(SWEEP_SECONDS, scheduler, sessions::sweep));
    return sessions;
  }

  /// Seals anew what old keys have sealed; to be called when the keys have changed.
  public void tidy() {
    tidying.begin();
  }

  private static ScheduledFuture<?> every(
      long seconds, ScheduledExecutorService scheduler, Runnable task) {
    // A task that throws would never be run again.
    Runnable safe =
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            LOG.error("Background work of the identity station failed", e);
          }
        };
    return scheduler.scheduleWithFixedDelay(safe, seconds, seconds, TimeUnit.SECONDS);
  }

  /// Ends the background work and writes what still waits.
  @Override
  public void close() {
    work.forEach(task -> task.cancel(false));
    tidying.close();
    sessions.close();
  }
}
