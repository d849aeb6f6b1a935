package dev.naru.booking;

import dev.naru.booking.appointment.AppointmentStore;
import dev.naru.booking.appointment.Appointments;
import dev.naru.booking.appointment.BookingEngine;
import dev.naru.booking.appointment.Changes;
import dev.naru.booking.appointment.CounterStore;
import dev.naru.booking.appointment.InvariantCheck;
import dev.naru.booking.appointment.LaterDoses;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.citizen.AppointmentViews;
import dev.naru.booking.citizen.PlaceViews;
import dev.naru.booking.eligibility.Entitlement;
import dev.naru.booking.failure.FailureLog;
import dev.naru.booking.hold.Holds;
import dev.naru.booking.personlist.PersonLists;
import dev.naru.booking.search.Search;
import dev.naru.booking.search.Sites;
import dev.naru.booking.search.SlotIndexStore;
import dev.naru.booking.search.SlotIndexes;
import dev.naru.booking.site.Regions;
import dev.naru.booking.site.SiteStore;
import dev.naru.booking.waitlist.PlaceReturns;
import dev.naru.booking.waitlist.Waitlist;
import dev.naru.common.paper.Papers;
import dev.naru.common.person.PersonKeys;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The booking station: campaigns, sites, what is free, and who has it.
///
/// @param campaigns as applied
/// @param personLists that agencies have imported
/// @param entitlement who may take part, and when
/// @param regions of the country
/// @param sites in memory
/// @param search what is free
/// @param appointments book and read
/// @param laterDoses book those that come alone
/// @param changes move, cancel
/// @param views of appointments, for the resources
/// @param placeViews the same for holds and the waitlist
/// @param holds slots for some minutes
/// @param waitlist who is offered freed doses first
/// @param returns gives back what was held
/// @param invariants asserts that counters are right
/// @param blocking where work waits for the database
/// @param work what is done again and again
public record BookingStation(
    Campaigns campaigns,
    PersonLists personLists,
    Entitlement entitlement,
    Regions regions,
    Sites sites,
    Search search,
    Appointments appointments,
    LaterDoses laterDoses,
    Changes changes,
    AppointmentViews views,
    PlaceViews placeViews,
    Holds holds,
    Waitlist waitlist,
    PlaceReturns returns,
    BookingEngine engine,
    SlotIndexes indexes,
    InvariantCheck invariants,
    ExecutorService blocking,
    List<ScheduledFuture<?>> work)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BookingStation.class);

  /// How soon a campaign that was applied by another process is served.
  private static final long CAMPAIGN_LOOK_MILLIS = 1_000;

  /// How soon a list that another process has imported decides; reading five million entries takes
  /// about a second more.
  private static final long LIST_LOOK_MILLIS = 1_000;

  /// How soon search counts what other nodes have booked; 2 s are promised, a look takes
  /// milliseconds.
  private static final long OUTBOX_LOOK_MILLIS = 250;

  /// How soon a place whose time is over is given back: holds last minutes.
  private static final long RETURN_MILLIS = 1_000;

  /// The check itself waits longer when it takes long.
  private static final long INVARIANT_MILLIS = 20_000;

  /// Reads campaigns, sites and slots from a database that is migrated, and starts the writers.
  /// Nothing is done in the background before [#run].
  ///
  /// @param persons what people on lists are known by
  /// @param random cryptographically strong and safe for several threads
  /// @param writers of bookings, 1 to [BookingEngine#MOST_WRITERS]
  public static BookingStation open(
      DataSource database,
      Papers papers,
      PersonKeys persons,
      InstantSource clock,
      RandomGenerator random,
      int writers) {
    ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    Campaigns campaigns = new Campaigns(database, clock);
    PersonLists personLists = new PersonLists(database, persons);
    Entitlement entitlement = new Entitlement(personLists::of, clock);
    Regions regions = Regions.load();
    Sites sites = new Sites(new SiteStore(database));
    SlotIndexes indexes = new SlotIndexes(new SlotIndexStore(database));
    AppointmentStore store =
        new AppointmentStore(database, clock, random.nextInt(Integer.MAX_VALUE), indexes);
    BookingEngine engine = new BookingEngine(store, writers);
    Search search = new Search(indexes, sites, regions, clock);
    Appointments appointments =
        new Appointments(campaigns, entitlement, indexes, engine, store, papers, clock, blocking);
    BookingStation station =
        new BookingStation(
            campaigns,
            personLists,
            entitlement,
            regions,
            sites,
            search,
            appointments,
            new LaterDoses(campaigns, indexes, appointments, store, clock, blocking),
            new Changes(campaigns, indexes, appointments, store, papers, clock, random),
            new AppointmentViews(campaigns, search, sites),
            new PlaceViews(search, sites, clock),
            new Holds(indexes, appointments, store, clock, random),
            new Waitlist(campaigns, appointments, store, papers, clock, random),
            new PlaceReturns(campaigns, entitlement, indexes, store, clock, random),
            engine,
            indexes,
            new InvariantCheck(new CounterStore(database)),
            blocking,
            new ArrayList<>());
    personLists.refresh();
    station.lookForCampaigns();
    return station;
  }

  /// Starts the background work.
  ///
  /// @param scheduler stays the caller's
  public BookingStation run(ScheduledExecutorService scheduler) {
    every(CAMPAIGN_LOOK_MILLIS, "Looking for campaigns", scheduler, this::lookForCampaigns);
    every(LIST_LOOK_MILLIS, "Looking for lists of people", scheduler, personLists::refresh);
    every(OUTBOX_LOOK_MILLIS, "Following the outbox", scheduler, indexes::follow);
    every(RETURN_MILLIS, "Giving places back", scheduler, returns::run);
    every(INVARIANT_MILLIS, "Checking the counters", scheduler, invariants::checkWhenDue);
    return this;
  }

  /// Serves what was applied. A campaign is shown once its sites and slots are in memory, so no
  /// request ever waits for them; a changed one is served with its old slots until the new ones are
  /// read. What fails is done by the next look.
  void lookForCampaigns() {
    boolean changed =
        campaigns.refresh(
            found -> {
              sites.refresh();
              found.forEach(indexes::of);
            });
    campaigns.all().forEach(indexes::fill);
    if (changed) {
      LOG.info("{} campaigns are served", campaigns.all().size());
    }
  }

  /// What may wait for the database runs beside the scheduler, one at a time.
  private void every(long millis, String what, ScheduledExecutorService scheduler, Runnable look) {
    AtomicBoolean looking = new AtomicBoolean();
    FailureLog failures = new FailureLog(LOG::warn, System::nanoTime);
    Runnable once =
        () -> {
          try {
            look.run();
          } catch (RuntimeException e) {
            failures.say(what + " failed and is tried again", e);
          } finally {
            looking.set(false);
          }
        };
    work.add(
        scheduler.scheduleWithFixedDelay(
            () -> {
              if (looking.compareAndSet(false, true)) {
                blocking.execute(once);
              }
            },
            millis,
            millis,
            TimeUnit.MILLISECONDS));
  }

  /// Ends the background work; what was accepted is still written.
  @Override
  public void close() {
    work.forEach(task -> task.cancel(false));
    engine.close();
    blocking.shutdown();
  }
}
