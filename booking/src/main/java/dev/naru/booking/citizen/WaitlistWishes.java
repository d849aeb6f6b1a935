package dev.naru.booking.citizen;

import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.place.WaitlistEntry;
import dev.naru.booking.search.Sites;
import dev.naru.booking.waitlist.Waitlist;
import dev.naru.common.problem.Problem;
import dev.naru.common.text.LocalText;
import dev.naru.common.web.CommonProblems;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Reads what somebody on the waitlist wants.
sealed interface WaitlistWishes {
  /// All is right.
  record Read(Waitlist.Wishes wishes) implements WaitlistWishes {}

  /// Something is not, and what.
  record Wrong(Problem problem) implements WaitlistWishes {}

  static WaitlistWishes read(
      WaitlistResource.@Nullable Wishes body, Campaign campaign, Sites sites) {
    List<Integer> ids = body == null || body.sites() == null ? List.of() : ids(body.sites(), sites);
    if (body == null || ids.isEmpty()) {
      return wrong(
          "sites",
          new LocalText(
              "목록에 있는 기관 1곳에서 5곳까지의 id여야 합니다.", "must be ids of one to five different sites."));
    }
    Optional<LocalDate> from = SiteResource.date(body.from());
    Optional<LocalDate> to = SiteResource.date(body.to());
    if (from.isEmpty()) {
      return wrong("from", DATE);
    }
    if (to.isEmpty() || to.get().isBefore(from.get())) {
      return wrong("to", DATE);
    }
    OptionalInt product =
        body.product() == null ? OptionalInt.empty() : campaign.productIndex(body.product());
    if (body.product() != null && product.isEmpty()) {
      return wrong("product", new LocalText("예약의 제품 id여야 합니다.", "must be the id of a product."));
    }
    @Nullable Integer only = product.isPresent() ? (Integer) product.getAsInt() : null;
    return new Read(new Waitlist.Wishes(ids, from.get(), to.get(), only));
  }

  private static Wrong wrong(String field, LocalText expected) {
    return new Wrong(CommonProblems.malformed(field, expected));
  }

  /// Nothing when one of them is wrong.
  private static List<Integer> ids(List<@Nullable String> texts, Sites sites) {
    List<Integer> ids = new ArrayList<>();
    for (String text : texts) {
      OptionalInt id = text == null ? OptionalInt.empty() : SiteResource.number(text);
      if (id.isEmpty()
          || ids.size() == WaitlistEntry.MOST_SITES
          || ids.contains(id.getAsInt())
          || sites.byId(id.getAsInt()).isEmpty()) {
        return List.of();
      }
      ids.add(id.getAsInt());
    }
    return ids;
  }

  LocalText DATE =
      new LocalText(
          "2021-08-09 형식의 날짜여야 하고, to는 from보다 앞설 수 없습니다.",
          "must be a date such as 2021-08-09, and to must not be before from.");
}
