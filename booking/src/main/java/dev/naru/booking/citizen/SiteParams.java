package dev.naru.booking.citizen;

import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.search.Following;
import dev.naru.booking.search.Search;
import dev.naru.booking.site.Point;
import dev.naru.common.problem.Problem;
import dev.naru.common.text.LocalText;
import dev.naru.common.web.CommonProblems;
import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What may stand behind the `?` of a search for sites.
public class SiteParams {
  /// A page of a phone's list; more is asked for with `after`.
  private static final int DEFAULT_LIMIT = 20;

  private static final int MOST = 100;

  private static final Pattern REGION = Pattern.compile("[0-9]{2}|[0-9]{5}");

  /// Two months: more than anybody scrolls through.
  private static final int MOST_DAYS = 62;

  @QueryParam("region")
  @Nullable String region;

  @QueryParam("near")
  @Nullable String near;

  @QueryParam("from")
  @Nullable String from;

  @QueryParam("to")
  @Nullable String to;

  @QueryParam("product")
  @Nullable String product;

  /// Of one dose that is moved or booked by itself; without it, days are shown on which a person
  /// can book all that is booked together.
  @QueryParam("dose")
  @Nullable String dose;

  @QueryParam("limit")
  @Nullable String limit;

  @QueryParam("after")
  @Nullable String after;

  /// The query, or the first thing that is wrong with it.
  sealed interface Reading {
    /// It can be asked.
    record Read(Search.Query query) implements Reading {}

    /// It cannot.
    record Wrong(Problem problem) implements Reading {}
  }

  Reading query(Campaign campaign) {
    if (region != null && !REGION.matcher(region).matches()) {
      return wrong("region", "두 자리나 다섯 자리 지역 코드여야 합니다.", "must be a region code of 2 or 5 digits.");
    }
    Optional<Point> point = near == null ? Optional.empty() : SiteResource.point(near);
    if (near != null && point.isEmpty()) {
      return wrong("near", "37.57,126.98처럼 위도,경도여야 합니다.", "must be lat,lng such as 37.57,126.98.");
    }
    LocalDate first = campaign.supply().from();
    if (dose != null && !dose.matches("[1-4]")) {
      return wrong("dose", "1부터 4까지의 수여야 합니다.", "must be a number from 1 to 4.");
    }
    LocalDate last =
        dose == null || dose.equals("1") ? campaign.supply().to() : campaign.lastDate();
    Optional<LocalDate> begin = from == null ? Optional.of(first) : SiteResource.date(from);
    if (begin.isEmpty()) {
      return wrong("from", "2021-08-26처럼 적은 날짜여야 합니다.", "must be a date such as 2021-08-26.");
    }
    Optional<LocalDate> end = to == null ? Optional.of(last) : SiteResource.date(to);
    if (end.isEmpty()) {
      return wrong("to", "2021-08-26처럼 적은 날짜여야 합니다.", "must be a date such as 2021-08-26.");
    }
    OptionalInt index = product == null ? OptionalInt.of(-1) : campaign.productIndex(product);
    if (index.isEmpty()) {
      return wrong("product", "이 예약에 없는 제품입니다.", "is not a product of this campaign.");
    }
    OptionalInt most = number(limit, DEFAULT_LIMIT);
    if (most.isEmpty() || most.getAsInt() < 1 || most.getAsInt() > MOST) {
      return wrong("limit", "1에서 100 사이여야 합니다.", "must be 1 to 100.");
    }
    OptionalInt skip = number(after, 0);
    if (skip.isEmpty()) {
      return wrong("after", "앞 응답의 next 값이어야 합니다.", "must be the next of the answer before.");
    }
    LocalDate start = later(begin.get(), first);
    LocalDate stop = earlier(earlier(end.get(), last), start.plusDays(MOST_DAYS));
    return new Reading.Read(
        new Search.Query(
            region,
            point.orElse(null),
            start,
            stop,
            index.getAsInt(),
            dose == null ? Following.doses(campaign.products()) : Following.NOTHING,
            most.getAsInt(),
            skip.getAsInt()));
  }

  private static OptionalInt number(@Nullable String text, int otherwise) {
    return text == null ? OptionalInt.of(otherwise) : SiteResource.number(text);
  }

  private static LocalDate later(LocalDate a, LocalDate b) {
    return a.isAfter(b) ? a : b;
  }

  private static LocalDate earlier(LocalDate a, LocalDate b) {
    return a.isBefore(b) ? a : b;
  }

  private static Reading wrong(String field, String ko, String en) {
    return new Reading.Wrong(CommonProblems.malformed(field, new LocalText(ko, en)));
  }
}
