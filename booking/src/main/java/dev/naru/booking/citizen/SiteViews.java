package dev.naru.booking.citizen;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.search.Search;
import dev.naru.booking.search.SlotIndex.FreeSlot;
import dev.naru.booking.site.Site;
import dev.naru.common.problem.Problem;
import dev.naru.common.text.LocalText;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sites and slots as JSON.
final class SiteViews {
  static final Problem SITE_UNKNOWN =
      new Problem(
          "site-unknown",
          404,
          new LocalText("없는 기관입니다", "There is no such site"),
          new LocalText("목록에서 다시 고르세요.", "Choose one from the list."));

  private SiteViews() {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<Found> sites, @Nullable String next) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Found(
      String id,
      String name,
      String kind,
      String address,
      @Nullable String phone,
      String region,
      @Nullable Double lat,
      @Nullable Double lng,
      @Nullable Integer meters,
      List<Day> days) {}

  record Day(LocalDate date, int free) {}

  record SlotList(List<SlotView> slots) {}

  record SlotView(String slot, OffsetDateTime startsAt, String product, int free) {}

  /// A slot offered instead of one that is gone.
  record Offer(String slot, String site, String siteName, OffsetDateTime startsAt, int free) {}

  static Page page(Search.Page page) {
    Integer next = page.next();
    return new Page(
        page.sites().stream().map(SiteViews::found).toList(),
        next == null ? null : next.toString());
  }

  private static Found found(Search.Found found) {
    Site site = found.site();
    var point = site.point();
    return new Found(
        String.valueOf(site.id()),
        site.name(),
        site.kind(),
        site.address(),
        site.phone(),
        site.region(),
        point == null ? null : point.lat(),
        point == null ? null : point.lng(),
        found.meters(),
        found.days().entrySet().stream().map(d -> new Day(d.getKey(), d.getValue())).toList());
  }

  static SlotList slots(Campaign campaign, List<FreeSlot> slots) {
    return new SlotList(
        slots.stream()
            .map(
                free ->
                    new SlotView(
                        String.valueOf(free.slot().id()),
                        RefusalProblems.time(free.slot().startsAt(), campaign.zone()),
                        campaign.products().get(free.slot().product()).id(),
                        free.free()))
            .toList());
  }

  /// Adds to a refusal what could be taken instead.
  static Problem withAlternatives(
      Problem problem, Campaign campaign, List<Search.Alternative> alternatives) {
    return problem.with("alternatives", offers(campaign, alternatives));
  }

  private static List<Offer> offers(Campaign campaign, List<Search.Alternative> alternatives) {
    return alternatives.stream()
        .map(
            offer ->
                new Offer(
                    String.valueOf(offer.slot().slot().id()),
                    String.valueOf(offer.site().id()),
                    offer.site().name(),
                    RefusalProblems.time(offer.slot().slot().startsAt(), campaign.zone()),
                    offer.slot().free()))
        .toList();
  }
}
