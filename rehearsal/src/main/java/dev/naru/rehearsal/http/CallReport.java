package dev.naru.rehearsal.http;

import java.util.Map;

/// How one call fared. Latencies count from the moment at which the call was meant to be made, so
/// that waiting for a connection is part of them.
///
/// @param count answered or lost attempts
/// @param answers how often which status and problem came, such as `409 slot-full` or `lost`
public record CallReport(
    long count,
    long p50Micros,
    long p90Micros,
    long p99Micros,
    long maxMicros,
    Map<String, Long> answers) {

  /// A call that nobody made.
  public static final CallReport NONE = new CallReport(0, 0, 0, 0, 0, Map.of());
}
