package dev.naru.rehearsal.crowd;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// What the server tells everybody about the line.
///
/// @param line its number; -1 when none is named
/// @param phase as the server calls it
/// @param untilOpeningMillis by the server's own clock; 0 or less once open
/// @param draw from which places are computed; null before it
/// @param serving all places up to this one have been called
/// @param perMinute pace; 0 when unknown
/// @param slow slowest pace to reckon with, a minute; 0 when unknown
/// @param fast fastest
/// @param nearMillis how long to wait before asking again when the turn is near
/// @param farMillis the same when it is far
record LineStatus(
    int line,
    String phase,
    long untilOpeningMillis,
    @Nullable PublishedDraw draw,
    long serving,
    double perMinute,
    double slow,
    double fast,
    long nearMillis,
    long farMillis) {

  /// When the server does not say: near and far intervals that hurt nobody.
  private static final double NEAR_SECONDS = 5;

  private static final double FAR_SECONDS = 30;

  /// Near is who may be called within this, as the server means it.
  private static final double NEAR_MINUTES = 2;

  /// The page says "soon" rather than a range that ends before this.
  private static final double SOON_MINUTES = 2;

  static LineStatus of(JsonNode body) {
    JsonNode poll = body.path("pollSeconds");
    double near = Math.max(0, poll.path("near").asDouble(NEAR_SECONDS));
    double far = Math.max(near, poll.path("far").asDouble(FAR_SECONDS));
    return new LineStatus(
        body.path("line").asInt(-1),
        body.path("phase").asText(),
        millis(body.path("opensAt")) - millis(body.path("serverTime")),
        PublishedDraw.of(body.path("draw")),
        body.path("serving").asLong(),
        body.path("perMinute").asDouble(),
        body.path("expect").path("slow").asDouble(),
        body.path("expect").path("fast").asDouble(),
        Math.round(near * 1_000),
        Math.round(far * 1_000));
  }

  boolean isOpen() {
    return draw != null || serving > 0 || (untilOpeningMillis <= 0 && !"lobby".equals(phase));
  }

  boolean isClosed() {
    return "over".equals(phase);
  }

  /// A range of seconds still to wait.
  record Range(double least, double most) {}

  /// How long the page says that somebody waits still, rounded outwards as the page does it.
  ///
  /// @param ahead how many are still to be called
  /// @return null when nothing is promised
  @Nullable Range promised(long ahead) {
    if (perMinute == 0 || slow == 0 || fast == 0) {
      return null;
    }
    double least = rounded(ahead / fast, 0);
    double most = rounded((ahead + 1) / slow, 1);
    return most < SOON_MINUTES ? new Range(0, 60 * SOON_MINUTES) : new Range(60 * least, 60 * most);
  }

  private static double rounded(double minutes, int up) {
    int step = minutes < 10 ? 1 : minutes < 60 ? 5 : 10;
    return (Math.floor(minutes / step) + up) * step;
  }

  /// How long to wait before asking again, before jitter.
  ///
  /// @param ahead how many are still to be called
  long pauseMillis(long ahead) {
    return ahead <= perMinute * NEAR_MINUTES ? nearMillis : farMillis;
  }

  /// Three quarters of the time in which the line will not reach somebody, at the fastest pace to
  /// reckon with; 0 when that is unknown.
  ///
  /// @param ahead how many are still to be called
  long spareMillis(long ahead) {
    return fast > 0 ? Math.round(ahead / fast * 45_000) : 0;
  }

  private static long millis(JsonNode time) {
    try {
      return OffsetDateTime.parse(time.asText()).toInstant().toEpochMilli();
    } catch (DateTimeParseException e) {
      return 0;
    }
  }
}
