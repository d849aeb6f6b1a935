package dev.naru.booking.search;

import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.search.SlotIndex.FreeSlot;
import dev.naru.booking.search.SlotIndex.Slot;
import dev.naru.booking.site.Point;
import dev.naru.booking.site.Regions;
import dev.naru.booking.site.Site;
import dev.naru.booking.supply.Share;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds sites and slots that the viewer's cohort may take now, from memory: never blocks.
public final class Search {
  /// Alternatives offered when a slot is gone: as many as fit a phone's screen.
  private static final int ALTERNATIVES = 6;

  private final SlotIndexes indexes;
  private final Sites sites;
  private final Regions regions;
  private final InstantSource clock;

  public Search(SlotIndexes indexes, Sites sites, Regions regions, InstantSource clock) {
    this.indexes = indexes;
    this.sites = sites;
    this.regions = regions;
    this.clock = clock;
  }

  /// What somebody looks for.
  ///
  /// @param region code of a province (2 digits) or district (5), null for the whole country
  /// @param near sorts by distance from here; null sorts by the earliest free day
  /// @param from first day, inclusive
  /// @param to last day, inclusive
  /// @param product index of a product, or -1 for all
  /// @param following what has to be free later for a day to be shown
  /// @param limit most sites to return
  /// @param after how many sites of the same query were returned before
  public record Query(
      @Nullable String region,
      @Nullable Point near,
      LocalDate from,
      LocalDate to,
      int product,
      Following following,
      int limit,
      int after) {}

  /// A site with something free.
  ///
  /// @param meters from the place asked for; null when none was
  /// @param days what is free there
  public record Found(Site site, @Nullable Integer meters, FreeDays days) {}

  /// One page of results.
  ///
  /// @param next what to give as `after` for the next page; null at the end
  public record Page(List<Found> sites, @Nullable Integer next) {}

  /// A free slot and where it is.
  public record Alternative(FreeSlot slot, Site site) {}

  /// The sites with something free, nearest or earliest first.
  public Page sites(StoredCampaign campaign, Query query, Share share) {
    DayQuestion free =
        indexes
            .of(campaign)
            .days(
                query.from(),
                query.to(),
                query.product(),
                clock.instant(),
                share,
                query.following());
    String region = query.region();
    Set<String> districts = region == null ? Set.of() : regions.within(region);
    if (region != null && districts.isEmpty()) {
      return new Page(List.of(), null);
    }
    List<Site> candidates = sites.in(districts);
    Point near = query.near();
    if (near != null) {
      return inOrder(byDistance(candidates, near), free, query);
    }
    return region == null
        ? inOrder(candidates.stream().map(site -> new Candidate(site, null)).toList(), free, query)
        : earliestFirst(candidates, free, query);
  }

  /// Looks no further than the page: a whole country in order of time would have to look at all.
  private static Page inOrder(List<Candidate> candidates, DayQuestion free, Query query) {
    List<Found> found = new ArrayList<>();
    int at = Math.min(query.after(), candidates.size());
    for (; at < candidates.size() && found.size() < query.limit(); at++) {
      Candidate candidate = candidates.get(at);
      FreeDays days = free.at(candidate.site().id());
      if (days != null) {
        found.add(new Found(candidate.site(), candidate.meters(), days));
      }
    }
    return new Page(found, at < candidates.size() ? at : null);
  }

  /// Of the same day, the sites in their own order. A number for each, first the day, then the
  /// place among the candidates, sorts faster than objects would.
  private static Page earliestFirst(List<Site> candidates, DayQuestion free, Query query) {
    long[] order = new long[candidates.size()];
    int size = 0;
    for (int i = 0; i < candidates.size(); i++) {
      int day = free.firstAt(candidates.get(i).id());
      if (day != DayQuestion.NEVER) {
        order[size++] = (long) day << 32 | i;
      }
    }
    Arrays.sort(order, 0, size);
    int from = Math.min(query.after(), size);
    int to = Math.min(from + query.limit(), size);
    List<Found> found = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      Site site = candidates.get((int) order[i]);
      FreeDays days = free.at(site.id());
      if (days != null) {
        found.add(new Found(site, null, days));
      }
    }
    return new Page(found, to < size ? to : null);
  }

  private record Candidate(Site site, @Nullable Integer meters) {}

  private List<Candidate> byDistance(List<Site> candidates, Point from) {
    record Distant(Site site, int meters) {}
    return candidates.stream()
        .map(site -> new Distant(site, meters(from, site.pointOrCentre(regions))))
        .sorted(Comparator.comparingInt(Distant::meters))
        .map(distant -> new Candidate(distant.site(), distant.meters()))
        .toList();
  }

  /// Distance on a sphere; over a country the error against the ellipsoid is below half a percent.
  static int meters(Point a, Point b) {
    double lat1 = Math.toRadians(a.lat());
    double lat2 = Math.toRadians(b.lat());
    double x = Math.toRadians(b.lng() - a.lng()) * Math.cos((lat1 + lat2) / 2);
    double y = lat2 - lat1;
    return (int) Math.round(Math.sqrt(x * x + y * y) * 6_371_000);
  }

  /// The slots of a site on a day, full ones with 0.
  public List<FreeSlot> slots(StoredCampaign campaign, int site, LocalDate date, Share share) {
    return indexes.of(campaign).slots(site, date, clock.instant(), share);
  }

  /// What to offer instead of a slot that is gone: near in time at the same site, then at the other
  /// sites of the district, from the one behind it in the list and round: who is refused at
  /// different sites is not sent to the same next one. Instead of a slot for first doses only such
  /// are offered.
  ///
  /// @param following what has to be free later for a slot to be offered
  public List<Alternative> instead(
      StoredCampaign campaign, long slot, Share share, Following following) {
    SlotIndex index = indexes.of(campaign);
    Slot gone = index.slot(slot);
    List<Alternative> offers = new ArrayList<>();
    Site site = gone == null ? null : sites.byId(gone.site()).orElse(null);
    if (gone == null || site == null) {
      return offers;
    }
    Instant now = clock.instant();
    Instant end = end(campaign.campaign(), gone);
    index
        .freeNear(
            gone.site(),
            gone.product(),
            gone.startsAt(),
            now,
            end,
            share,
            following,
            ALTERNATIVES / 2)
        .forEach(free -> offers.add(new Alternative(free, site)));
    List<Site> district = sites.in(Set.of(site.region()));
    int own = district.indexOf(site);
    for (int i = 1; i < district.size() && offers.size() < ALTERNATIVES; i++) {
      Site other = district.get((own + i) % district.size());
      index
          .freeNear(other.id(), gone.product(), gone.startsAt(), now, end, share, following, 1)
          .forEach(free -> offers.add(new Alternative(free, other)));
    }
    return offers;
  }

  private static Instant end(Campaign campaign, Slot gone) {
    LocalDate day = LocalDate.ofInstant(gone.startsAt(), campaign.zone());
    LocalDate last = campaign.takesFirstDoses(day) ? campaign.supply().to() : campaign.lastDate();
    return last.plusDays(1).atStartOfDay(campaign.zone()).toInstant();
  }

  /// The slot with an id, whether free or not; null when the campaign has none.
  public @Nullable Slot slot(StoredCampaign campaign, long slot) {
    return indexes.of(campaign).slot(slot);
  }
}
