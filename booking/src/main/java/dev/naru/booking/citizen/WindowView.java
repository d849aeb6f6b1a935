package dev.naru.booking.citizen;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.common.eligibility.BookingWindow;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A booking window as JSON.
///
/// @param cohorts last digits of the days of birth that book in it; empty means everybody
/// @param commitment SHA-256 of the seed that will be revealed at the opening, hex
@JsonInclude(JsonInclude.Include.NON_NULL)
record WindowView(
    int line,
    List<Integer> cohorts,
    OffsetDateTime lobbyOpens,
    OffsetDateTime opens,
    OffsetDateTime closes,
    @Nullable String commitment) {

  static WindowView of(BookingWindow window, ZoneId zone, @Nullable String commitment) {
    return new WindowView(
        window.line(),
        window.cohorts().stream().sorted().toList(),
        RefusalProblems.time(window.lobbyOpens(), zone),
        RefusalProblems.time(window.opens(), zone),
        RefusalProblems.time(window.closes(), zone),
        commitment);
  }
}
