package dev.naru.identity.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.eligibility.Decision;
import dev.naru.common.text.Language;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A [Decision] as the API tells it.
///
/// @param reason stable name of the reason; absent when eligible
/// @param detail the reason as a sentence in the reader's language; absent when eligible
/// @param windows own windows that are not over, earliest first
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EligibilityView(
    boolean eligible,
    int cohort,
    @Nullable String reason,
    @Nullable String detail,
    List<WindowView> windows) {

  /// A booking window; times are ISO 8601 with the campaign's offset.
  public record WindowView(int line, String lobbyOpens, String opens, String closes) {}

  /// @param zone the campaign's
  public static EligibilityView of(Decision decision, ZoneId zone, Language language) {
    // Why somebody has no cohort is the reason's to say, not a number's.
    int cohort = Math.max(decision.cohort(), Decision.NO_COHORT);
    List<WindowView> windows =
        decision.windows().stream().map(window -> window(window, zone)).toList();
    return switch (decision) {
      case Decision.Admitted _ -> new EligibilityView(true, cohort, null, null, windows);
      case Decision.Refused refused ->
          new EligibilityView(
              false, cohort, refused.reason().code(), refused.told().in(language), windows);
    };
  }

  private static WindowView window(BookingWindow window, ZoneId zone) {
    return new WindowView(
        window.line(),
        time(window.lobbyOpens(), zone),
        time(window.opens(), zone),
        time(window.closes(), zone));
  }

  private static String time(Instant instant, ZoneId zone) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(zone));
  }
}
