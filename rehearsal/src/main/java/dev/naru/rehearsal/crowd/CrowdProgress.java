package dev.naru.rehearsal.crowd;

import java.util.Map;

/// Where everybody is at a moment.
///
/// @param seconds since the start
/// @param arrived have come so far
/// @param verified have proved who they are
/// @param ineligible were told that they may not book now
/// @param inLobby wait for the opening
/// @param waiting have a number and wait for their turn
/// @param admitted were called and have a pass
/// @param booked have got an appointment, even if they gave it back later
/// @param cancelled gave it back
/// @param refused were refused for good, by the server's reason
/// @param noSlot found nothing free
/// @param abandoned left the line of their own will
/// @param gaveUp lost patience with a server that did not answer
/// @param errors met an answer that should not exist
/// @param left are done, whatever came of it
/// @param requests sent since the start
/// @param requestsPerSecond over about the last second
/// @param inFlight requests under way
/// @param quantiles latencies of all calls so far, in words
public record CrowdProgress(
    double seconds,
    int arrived,
    int verified,
    int ineligible,
    int inLobby,
    int waiting,
    int admitted,
    int booked,
    int cancelled,
    Map<String, Integer> refused,
    int noSlot,
    int abandoned,
    int gaveUp,
    int errors,
    int left,
    long requests,
    double requestsPerSecond,
    int inFlight,
    String quantiles) {

  static final CrowdProgress NONE =
      new CrowdProgress(0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, "");
}
