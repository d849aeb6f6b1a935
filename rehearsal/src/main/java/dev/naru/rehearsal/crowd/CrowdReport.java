package dev.naru.rehearsal.crowd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.naru.rehearsal.forecast.Quantiles;
import dev.naru.rehearsal.http.Call;
import dev.naru.rehearsal.http.CallReport;
import dev.naru.rehearsal.report.RunRecord.Sampled;
import dev.naru.rehearsal.report.RunRecord.Series;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a crowd went through.
///
/// @param server address
/// @param campaign id
/// @param people who were to come
/// @param seed that made them
/// @param complete false when it was stopped before everybody had left
/// @param seconds from the start to the end
/// @param outcome where everybody was at the end
/// @param reservations every booking that was acknowledged, by person
/// @param numbers the number in the line that each person was given, by index; -1 for none
/// @param lines the line of that number, by index; -1 for none
/// @param calls measurements by call
/// @param bookingsPerSecond acknowledged bookings in each second since the start
/// @param errors answers that should not exist, with how often: `book 500`
/// @param tried what cheats tried
/// @param overTime what happened when
/// @param inconsistencies the first hundred contradictions of the server; empty is right
public record CrowdReport(
    String server,
    String campaign,
    int people,
    long seed,
    boolean complete,
    double seconds,
    CrowdProgress outcome,
    List<Reservation> reservations,
    List<Long> numbers,
    List<Integer> lines,
    Map<String, CallReport> calls,
    List<Integer> bookingsPerSecond,
    Map<String, Integer> errors,
    List<Inconsistency> inconsistencies,
    Tried tried,
    OverTime overTime) {

  /// What cheats tried.
  ///
  /// @param attempts how many requests
  /// @param gained how many of them gave what nobody may have; 0 is right
  /// @param byTrick attempts by trick
  /// @param gains the first hundred gains, in words
  public record Tried(int attempts, int gained, Map<String, Integer> byTrick, List<String> gains) {}

  /// What happened when.
  ///
  /// @param openedSecond when booking opened; 0 or less when it was open already
  /// @param series counts of people and requests
  /// @param people some, followed closely
  /// @param joined how many got a number
  /// @param moved how many moved their appointment
  /// @param waitP50 seconds that half of the people waited at most, from the opening or from
  ///   joining
  /// @param waitP99 the same for 99 of 100
  /// @param promises whether people were called when the page had said
  /// @param forecast the waits as they were to be expected; null when nothing was to be expected
  public record OverTime(
      double openedSecond,
      List<Series> series,
      List<Sampled> people,
      int joined,
      int moved,
      double waitP50,
      double waitP99,
      Promises promises,
      @Nullable Quantiles forecast) {}

  /// Of the people who looked a minute after joining, and not in the line's first three minutes:
  ///
  /// @param made who were shown a range, and have been called since
  /// @param kept who were called inside of it
  public record Promises(int made, int kept) {}

  /// Mean bookings a second over the busiest seconds.
  ///
  /// @param most how many of the busiest seconds, above 0
  public double bookingsInBusiestSeconds(int most) {
    return bookingsPerSecond.stream()
        .sorted(Comparator.reverseOrder())
        .limit(most)
        .mapToInt(Integer::intValue)
        .average()
        .orElse(0);
  }

  /// How a call fared; all zero when nobody made it.
  public CallReport call(Call call) {
    return calls.getOrDefault(call.label(), CallReport.NONE);
  }

  /// The whole report as one JSON object.
  public String toJson() {
    try {
      return new ObjectMapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report is always JSON", e);
    }
  }
}
