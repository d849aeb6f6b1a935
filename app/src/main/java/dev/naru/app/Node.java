package dev.naru.app;

import dev.naru.booking.appointment.AppointmentStore;
import dev.naru.booking.appointment.Appointments;
import dev.naru.booking.appointment.BookingEngine;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.citizen.AppointmentViews;
import dev.naru.booking.search.Search;
import dev.naru.booking.search.Sites;
import dev.naru.booking.search.SlotIndexStore;
import dev.naru.booking.search.SlotIndexes;
import dev.naru.booking.site.Regions;
import dev.naru.booking.site.SiteStore;
import dev.naru.common.paper.Papers;
import dev.naru.database.Database;
import dev.naru.identity.IdentitySettings;
import dev.naru.identity.IdentityStation;
import dev.naru.identity.provider.CheckKeys;
import dev.naru.identity.provider.IdentityProvider;
import dev.naru.waitingroom.WaitingRoom;
import dev.naru.waitingroom.line.StatusPage;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All stations of one process, wired: the only place where they meet, and the only one that reads
/// the system's clock.
///
/// @param clock the one clock
/// @param work what else has to be ended
public record Node(
    InstantSource clock,
    Database database,
    IdentityStation identity,
    WaitingRoom waitingRoom,
    Campaigns campaigns,
    Regions regions,
    Sites sites,
    Search search,
    Appointments appointments,
    AppointmentViews appointmentViews,
    CampaignDesk desk,
    AutoCloseable work)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  /// How soon a campaign that was applied by another process is served.
  private static final long CAMPAIGN_LOOK_MILLIS = 1_000;

  /// How soon search counts what other nodes have booked; 2 s are promised, a look takes
  /// milliseconds.
  private static final long OUTBOX_LOOK_MILLIS = 250;

  /// Starts all stations on a database that has every schema.
  ///
  /// @param providers who checks identities
  static Node start(
      Database database,
      Secrets secrets,
      List<IdentityProvider> providers,
      ScheduledExecutorService scheduler) {
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    Papers papers = new Papers(secrets.papers(), clock);
    ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();

    Campaigns campaigns = new Campaigns(database.dataSource(), clock);
    Regions regions = Regions.load();
    Sites sites = new Sites(new SiteStore(database.dataSource()));
    SlotIndexes indexes = new SlotIndexes(new SlotIndexStore(database.dataSource()));
    CampaignDesk desk = new CampaignDesk(campaigns, clock);
    Runnable look = () -> lookForCampaigns(campaigns, sites, indexes);
    look.run();

    AppointmentStore store =
        new AppointmentStore(
            database.dataSource(), clock, random.nextInt(Integer.MAX_VALUE), indexes);
    BookingEngine engine = new BookingEngine(store);
    Search search = new Search(indexes, sites, regions, clock);
    Appointments appointments =
        new Appointments(campaigns, indexes, engine, store, papers, clock, blocking);

    IdentityStation identity =
        IdentityStation.start(
            database.dataSource(),
            papers,
            secrets.persons(),
            secrets.sealer(),
            new CheckKeys(secrets.persons().derived("identity checks"), secrets.sealer()),
            clock,
            random,
            scheduler,
            providers,
            desk,
            IdentitySettings.USUAL);
    WaitingRoom waitingRoom =
        WaitingRoom.open(
                database.dataSource(),
                papers,
                (campaign, person, session) -> identity.sessions().isLive(person, session),
                clock,
                random,
                desk)
            .run(scheduler);
    every(CAMPAIGN_LOOK_MILLIS, "Campaigns", scheduler, blocking, look);
    every(OUTBOX_LOOK_MILLIS, "The outbox", scheduler, blocking, indexes::follow);
    return new Node(
        clock,
        database,
        identity,
        waitingRoom,
        campaigns,
        regions,
        sites,
        search,
        appointments,
        new AppointmentViews(campaigns, search, sites),
        desk,
        () -> {
          engine.close();
          blocking.shutdown();
        });
  }

  private static void lookForCampaigns(Campaigns campaigns, Sites sites, SlotIndexes indexes) {
    if (campaigns.refresh()) {
      sites.refresh();
      campaigns.all().forEach(indexes::fill);
      LOG.info("{} campaigns are served", campaigns.all().size());
    }
  }

  /// The look may wait for the database: it runs beside the scheduler, one at a time.
  private static void every(
      long millis,
      String what,
      ScheduledExecutorService scheduler,
      ExecutorService blocking,
      Runnable look) {
    AtomicBoolean looking = new AtomicBoolean();
    var _ =
        scheduler.scheduleWithFixedDelay(
            () -> {
              if (looking.compareAndSet(false, true)) {
                blocking.execute(
                    () -> {
                      try {
                        look.run();
                      } catch (RuntimeException e) {
                        LOG.warn("{} could not be read again: {}", what, e.getMessage());
                      } finally {
                        looking.set(false);
                      }
                    });
              }
            },
            millis,
            millis,
            TimeUnit.MILLISECONDS);
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
    try {
      work.close();
    } catch (Exception e) {
      throw new IllegalStateException("the booking station did not stop", e);
    }
  }
}
