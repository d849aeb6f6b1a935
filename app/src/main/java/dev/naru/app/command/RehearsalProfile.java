package dev.naru.app.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.naru.rehearsal.crowd.CrowdPlan.Coming;
import dev.naru.rehearsal.crowd.CrowdPlan.Manners;
import dev.naru.rehearsal.crowd.Habits;
import dev.naru.rehearsal.people.ArrivalCurve;
import dev.naru.rehearsal.run.Goals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// How the crowd of a rehearsal comes and behaves, and what has to hold: a YAML file such as
/// examples/rehearsal.yaml. What is left out is as usual.
///
/// @param lobby share of the people who come before the opening
/// @param spread from the opening until the last of the others has come
/// @param think half of the people take at most this long for a decision
/// @param patience how long people try again when something fails
/// @param abandon share of those who leave the line
/// @param cheats share of those who try a trick
/// @param read share of those with an appointment who look at it again
/// @param move who take another time
/// @param cancel who give it back
/// @param logout who log out at the end
/// @param p99 goal: 99 of 100 calls of each kind take at most this
/// @param longestWait goal: 99 of 100 people wait at most this in the line
/// @param booked goal: share of the people who have an appointment at the end
/// @param finish goal: from the opening until everybody has left
record RehearsalProfile(
    @Nullable Double lobby,
    @Nullable Duration spread,
    @Nullable Duration think,
    @Nullable Duration patience,
    @Nullable Double abandon,
    @Nullable Double cheats,
    @Nullable Double read,
    @Nullable Double move,
    @Nullable Double cancel,
    @Nullable Double logout,
    @Nullable Duration p99,
    @JsonProperty("wait") @Nullable Duration longestWait,
    @Nullable Double booked,
    @Nullable Duration finish) {

  static final RehearsalProfile USUAL = of(Map.of());

  /// @throws IllegalStateException when the file is not right; the message says what
  static RehearsalProfile read(Path file) {
    try {
      Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
      return of(tree == null ? Map.of() : tree);
    } catch (YAMLException | IllegalArgumentException e) {
      String what =
          e.getCause() instanceof JsonProcessingException json
              ? json.getOriginalMessage()
              : String.valueOf(e.getMessage());
      throw new IllegalStateException(
          file + " is not right: " + what + " (see examples/rehearsal.yaml)", e);
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
  }

  private static RehearsalProfile of(Object tree) {
    return JsonMapper.builder()
        .addModule(new JavaTimeModule())
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build()
        .convertValue(tree, RehearsalProfile.class);
  }

  Coming coming() {
    return new Coming(or(lobby, 0.6), ArrivalCurve.national(or(spread, Duration.ofMinutes(5))));
  }

  /// @param cheatShare instead of the file's; null leaves that
  Manners manners(@Nullable Double cheatShare) {
    return new Manners(
        or(think, Duration.ofSeconds(8)),
        or(patience, Duration.ofMinutes(2)),
        or(abandon, 0.01),
        cheatShare == null ? or(cheats, 0.0) : cheatShare,
        new Habits(or(read, 0.2), or(move, 0.02), or(cancel, 0.02), or(logout, 0.3)));
  }

  Goals goals() {
    return new Goals(or(p99, Duration.ofSeconds(1)), longestWait, or(booked, 0.0), finish);
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
