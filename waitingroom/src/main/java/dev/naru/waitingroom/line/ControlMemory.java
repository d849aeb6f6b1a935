package dev.naru.waitingroom.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.naru.waitingroom.control.ControlState;
import dev.naru.waitingroom.control.Observation;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the controller remembers, and up to where it has counted.
///
/// @param called the last place called that it has seen
/// @param entered people who had entered
/// @param turnedAway how often somebody had been told at a full door to come back
/// @param nodes what each node had said of its booking, by its id
record ControlMemory(
    ControlState state, long called, long entered, long turnedAway, Map<String, Said> nodes) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// What a node says of its booking. Counts go up for as long as it runs.
  ///
  /// @param atMillis when it said so, in milliseconds since 1970 by its clock
  record Said(long atMillis, long answered, long served, long refused, double latencyMillis) {
    boolean isFresh(Instant now) {
      return atMillis > now.minus(LineStore.FRESH).toEpochMilli();
    }

    /// How much of what it has counted since belongs to the last step: all of it, but of a node
    /// that was silent for a while only what it did in such a time. Else an hour's bookings would
    /// have happened in the second in which it is heard of again.
    double share(Said before, double seconds) {
      long millis = atMillis - before.atMillis;
      return millis > LineStore.FRESH.toMillis() ? Math.min(1, seconds * 1_000 / millis) : 1;
    }
  }

  /// As it is stored.
  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers can be written", e);
    }
  }

  /// A memory that another version wrote is no reason to stop: the controller begins anew.
  static @Nullable ControlMemory ofJson(@Nullable String json) {
    try {
      return json == null ? null : JSON.readValue(json, ControlMemory.class);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /// The counters now.
  record Counters(long entered, long turnedAway, Map<String, Said> nodes) {}

  /// What has happened since. Of a node that is heard of for the first time nothing has.
  Observation since(Counters counters, long serving, double seconds, Instant now) {
    return new Observation(
        seconds,
        (double) Math.max(0, serving - called),
        (double) Math.max(0, counters.entered() - entered),
        (double) Math.max(0, counters.turnedAway() - turnedAway),
        counters.nodes().values().stream().anyMatch(said -> said.isFresh(now))
            ? load(counters.nodes(), seconds, now)
            : null);
  }

  private Observation.Load load(Map<String, Said> later, double seconds, Instant now) {
    double answered = 0;
    double served = 0;
    double refused = 0;
    double latencyMillis = 0;
    for (Map.Entry<String, Said> node : later.entrySet()) {
      Said said = node.getValue();
      Said before = nodes.get(node.getKey());
      if (before != null) {
        double share = said.share(before, seconds);
        answered += share * (said.answered - before.answered);
        served += share * (said.served - before.served);
        refused += share * (said.refused - before.refused);
      }
      if (said.isFresh(now)) {
        latencyMillis = Math.max(latencyMillis, said.latencyMillis);
      }
    }
    return new Observation.Load(answered, served, refused, latencyMillis);
  }

  /// Counted up to now.
  static ControlMemory of(ControlState state, Counters counters, long serving) {
    return new ControlMemory(
        state, serving, counters.entered(), counters.turnedAway(), counters.nodes());
  }
}
