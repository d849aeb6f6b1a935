package dev.naru.identity.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.eligibility.Eligibility;
import dev.naru.common.eligibility.Reason;
import dev.naru.common.text.Language;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// [Eligibility] as the API tells it.
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
  public static EligibilityView of(Eligibility eligibility, ZoneId zone, Language language) {
    Reason reason = eligibility.reason();
    return new EligibilityView(
        eligibility.eligible(),
        eligibility.cohort(),
        reason == null ? null : reason.code(),
        reason == null ? null : reason.text().in(language),
        eligibility.windows().stream().map(window -> window(window, zone)).toList());
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
