package dev.naru.booking.appointment;

import dev.naru.booking.campaign.CampaignTexts;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.eligibility.Entitlement;
import dev.naru.booking.hold.Holds;
import dev.naru.booking.personlist.ListedPeople;
import dev.naru.booking.personlist.PersonLists;
import dev.naru.booking.search.SlotIndex;
import dev.naru.booking.search.SlotIndex.Slot;
import dev.naru.booking.search.SlotIndexStore;
import dev.naru.booking.search.SlotIndexes;
import dev.naru.booking.supply.Share;
import dev.naru.booking.waitlist.PlaceReturns;
import dev.naru.booking.waitlist.Waitlist;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperKeys;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import dev.naru.common.person.PersonKey;
import dev.naru.common.person.PersonKeys;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Nodes that serve the small campaign: site 1 is open two half hours a day, site 2 one, product 0
/// has 3 places in each and one dose, product 1 has 2 places and two doses booked together.
public final class Desk implements AutoCloseable {
  private static final PersonKeys PERSONS = new PersonKeys(new byte[32]);

  private final World world = new World();
  private final List<BookingEngine> engines = new ArrayList<>();
  private final ExecutorService answers = Executors.newVirtualThreadPerTaskExecutor();
  private final InstantSource clock = this::now;
  private final Papers papers = new Papers(new PaperKeys(Map.of(1, new byte[32]), 1), clock);
  private final RandomGenerator random = new SecureRandom();
  private volatile Instant now = World.NOW;

  /// One process.
  public record Node(
      StoredCampaign campaign,
      Appointments appointments,
      LaterDoses laterDoses,
      Changes changes,
      Holds holds,
      Waitlist waitlist,
      PlaceReturns returns,
      SlotIndexes indexes,
      SlotIndex index) {

    /// What its search shows of slots.
    public Map<Long, Long> free(Collection<Long> slots) {
      Map<Long, Long> free = new TreeMap<>();
      slots.forEach(slot -> free.put(slot, (long) index.free(slot, Share.ALL)));
      return free;
    }
  }

  public Desk() {
    renew();
  }

  public World world() {
    return world;
  }

  public Instant now() {
    return now;
  }

  /// Sets the clock, in the campaign's zone.
  public void at(String local) {
    now =
        LocalDateTime.parse(local)
            .atZone(CampaignTexts.read(CampaignTexts.SMALL).zone())
            .toInstant();
  }

  /// Empties everything and applies the campaign anew.
  public void renew() {
    renew(CampaignTexts.SMALL);
  }

  /// The same with another campaign of the same id.
  public void renew(String campaign) {
    now = World.NOW;
    world.empty();
    for (String hours : List.of("Mo-Su 09:00-10:00", "Mo-Su 09:00-09:30")) {
      world.execute(
          """
          INSERT INTO booking.site (source, source_key, name, kind, address, region, hours)
          VALUES ('test', '%s', 'Site', 'clinic', 'Street 1', '11110', '%s')
          """
              .formatted(hours, hours));
    }
    new Campaigns(world.database().dataSource(), clock).apply(campaign);
  }

  /// Puts people in place of a list of the campaign; nodes that are made later know it.
  public void list(String name, Integer... numbers) {
    ListedPeople.put(
        world.database().dataSource(),
        PERSONS,
        "small",
        World.CAMPAIGN,
        name,
        Arrays.stream(numbers).map(World::person).toList());
  }

  public Node node() {
    Campaigns campaigns = new Campaigns(world.database().dataSource(), clock);
    campaigns.refresh();
    PersonLists lists = new PersonLists(world.database().dataSource(), PERSONS);
    lists.refresh();
    SlotIndexes indexes = new SlotIndexes(new SlotIndexStore(world.database().dataSource()));
    StoredCampaign campaign = campaigns.byId("small").orElseThrow();
    AppointmentStore store =
        new AppointmentStore(world.database().dataSource(), clock, engines.size(), indexes);
    Entitlement entitlement = new Entitlement(lists::of, clock);
    BookingEngine engine = new BookingEngine(store);
    engines.add(engine);
    Appointments appointments =
        new Appointments(campaigns, entitlement, indexes, engine, store, papers, clock, answers);
    return new Node(
        campaign,
        appointments,
        new LaterDoses(campaigns, indexes, appointments, store, clock, answers),
        new Changes(campaigns, indexes, appointments, store, papers, clock, random),
        new Holds(indexes, appointments, store, clock, random),
        new Waitlist(campaigns, appointments, store, papers, clock, random),
        new PlaceReturns(campaigns, entitlement, indexes, store, clock, random),
        indexes,
        indexes.of(campaign));
  }

  /// A verified session; the person's cohort is the last digit of the number.
  public Paper session(int number) {
    PersonKey person = World.person(number);
    UUID id = new UUID(7, number);
    return new Paper(
        PaperKind.SESSION, "small", person, id, number % 10, 0, 0, now.plusSeconds(9_000_000));
  }

  public String pass(Paper session, int line) {
    return pass(session, line, 1);
  }

  /// @param place in line
  public String pass(Paper session, int line, long place) {
    return papers.issue(
        new Paper(
            PaperKind.PASS,
            session.campaign(),
            session.person(),
            session.session(),
            session.cohort(),
            place,
            line,
            now.plusSeconds(600)));
  }

  /// Slot at a local time such as `2026-03-09T09:00`.
  public static Slot slot(Node node, int site, int product, String local) {
    Instant moment =
        LocalDateTime.parse(local).atZone(node.campaign().campaign().zone()).toInstant();
    @Nullable Slot slot = node.index().slotAt(site, product, moment);
    if (slot == null) {
      throw new IllegalArgumentException("no slot at " + local);
    }
    return slot;
  }

  @Override
  public void close() {
    engines.forEach(BookingEngine::close);
    answers.close();
    world.close();
  }
}
