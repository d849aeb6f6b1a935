package dev.naru.booking.citizen;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.Product;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.place.HeldPlace;
import dev.naru.booking.place.WaitlistEntry;
import dev.naru.booking.search.Search;
import dev.naru.booking.search.Sites;
import dev.naru.booking.search.SlotIndex.Slot;
import dev.naru.booking.site.Site;
import dev.naru.booking.waitlist.Waitlist;
import dev.naru.common.text.Language;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Holds, offers and the waitlist as JSON. Reads memory only.
public final class PlaceViews {
  private final Search search;
  private final Sites sites;
  private final InstantSource clock;

  public PlaceViews(Search search, Sites sites, InstantSource clock) {
    this.search = search;
    this.sites = sites;
    this.clock = clock;
  }

  /// A place that is kept for somebody.
  ///
  /// @param until when it is no longer kept
  /// @param serverTime what the pages count down by
  public record PlaceView(
      String slot,
      String site,
      String siteName,
      String siteAddress,
      OffsetDateTime startsAt,
      String product,
      String productName,
      OffsetDateTime until,
      OffsetDateTime serverTime) {}

  /// A site that somebody waits for.
  public record WishView(String id, String name) {}

  /// Somebody on the waitlist.
  ///
  /// @param offer what they can accept now
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record WaitlistView(
      List<WishView> sites,
      LocalDate from,
      LocalDate to,
      @Nullable String product,
      @Nullable PlaceView offer,
      OffsetDateTime serverTime) {}

  /// A held place.
  public PlaceView of(HeldPlace place, StoredCampaign stored, Language language) {
    Campaign campaign = stored.campaign();
    Slot slot = search.slot(stored, place.slot());
    if (slot == null) {
      throw new IllegalStateException("slot " + place.slot() + " is not in the index");
    }
    Site site =
        sites
            .byId(slot.site())
            .orElseThrow(() -> new IllegalStateException("no site " + slot.site()));
    Product product = campaign.products().get(slot.product());
    return new PlaceView(
        String.valueOf(slot.id()),
        String.valueOf(site.id()),
        site.name(),
        site.address(),
        RefusalProblems.time(slot.startsAt(), campaign.zone()),
        product.id(),
        product.name().in(language),
        RefusalProblems.time(place.until(), campaign.zone()),
        RefusalProblems.time(clock.instant(), campaign.zone()));
  }

  /// Where somebody stands.
  public WaitlistView of(Waitlist.Standing standing, StoredCampaign stored, Language language) {
    WaitlistEntry entry = standing.entry();
    Integer product = entry.product();
    HeldPlace offer = standing.offer();
    return new WaitlistView(
        entry.sites().stream()
            .map(id -> new WishView(String.valueOf(id), sites.byId(id).map(Site::name).orElse("")))
            .toList(),
        entry.from(),
        entry.to(),
        product == null ? null : stored.campaign().products().get(product).id(),
        offer == null ? null : of(offer, stored, language),
        RefusalProblems.time(clock.instant(), stored.campaign().zone()));
  }
}
