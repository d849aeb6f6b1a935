package dev.naru.rehearsal.http;

import dev.naru.rehearsal.report.RunRecord.Quantiles;
import java.util.List;
import java.util.Map;

/// How one call fared. Latencies count from the moment at which the call was meant to be made, so
/// that waiting for a connection is part of them.
///
/// @param count answered or lost attempts
/// @param answers how often which status and problem came, such as `409 slot-full` or `lost`
/// @param all the same with one more quantile
/// @param overTime the same for each step of the run so far
public record CallReport(
    long count,
    long p50Micros,
    long p90Micros,
    long p99Micros,
    long maxMicros,
    Map<String, Long> answers,
    Quantiles all,
    List<Quantiles> overTime) {

  /// A call that nobody made.
  public static final CallReport NONE =
      new CallReport(0, 0, 0, 0, 0, Map.of(), Quantiles.NONE, List.of());
}
