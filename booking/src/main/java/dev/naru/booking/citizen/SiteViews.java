package dev.naru.booking.citizen;

import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.search.Search;
import dev.naru.common.problem.Problem;
import dev.naru.common.text.LocalText;
import java.time.OffsetDateTime;
import java.util.List;

/// What is said of sites and slots to somebody who is refused.
final class SiteViews {
  static final Problem SITE_UNKNOWN =
      new Problem(
          "site-unknown",
          404,
          new LocalText("없는 기관입니다", "There is no such site"),
          new LocalText("목록에서 다시 고르세요.", "Choose one from the list."));

  private SiteViews() {}

  /// A slot offered instead of one that is gone.
  record Offer(String slot, String site, String siteName, OffsetDateTime startsAt, int free) {}

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
