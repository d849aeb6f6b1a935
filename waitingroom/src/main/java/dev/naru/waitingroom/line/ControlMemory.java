package dev.naru.waitingroom.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.naru.waitingroom.control.ControlState;
import dev.naru.waitingroom.control.Observation;
import org.jspecify.annotations.Nullable;

/// What the controller remembers, and up to where it has counted.
///
/// @param called the last place called that it has seen
/// @param entered people who had entered
/// @param turnedAway how often somebody had been told at a full door to come back
/// @param answered booking requests decided, as the nodes counted them
/// @param served people who booked, likewise
/// @param refused booking requests sent away, likewise
record ControlMemory(
    ControlState state,
    long called,
    long entered,
    long turnedAway,
    long answered,
    long served,
    long refused) {

  private static final ObjectMapper JSON = new ObjectMapper();

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

  /// The counters of all nodes now.
  ///
  /// @param load null when no booking station has said anything of late
  record Counters(long entered, long turnedAway, @Nullable Load load) {
    record Load(long answered, long served, long refused, double latencyMillis) {}
  }

  /// What has happened since. A node that ended takes its counts along: then nothing has.
  Observation since(Counters now, long serving, double seconds) {
    Counters.Load load = now.load();
    return new Observation(
        seconds,
        (double) Math.max(0, serving - called),
        (double) Math.max(0, now.entered() - entered),
        (double) Math.max(0, now.turnedAway() - turnedAway),
        load == null
            ? null
            : new Observation.Load(
                (double) Math.max(0, load.answered() - answered),
                (double) Math.max(0, load.served() - served),
                (double) Math.max(0, load.refused() - refused),
                load.latencyMillis()));
  }

  /// Counted up to now.
  static ControlMemory of(ControlState state, Counters now, long serving) {
    Counters.Load load = now.load();
    return new ControlMemory(
        state,
        serving,
        now.entered(),
        now.turnedAway(),
        load == null ? 0 : load.answered(),
        load == null ? 0 : load.served(),
        load == null ? 0 : load.refused());
  }
}
