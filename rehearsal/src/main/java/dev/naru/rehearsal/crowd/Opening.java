package dev.naru.rehearsal.crowd;

import com.fasterxml.jackson.databind.JsonNode;
import dev.naru.rehearsal.people.ArrivalCurve;
import dev.naru.rehearsal.people.BirthDates;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/// The booking window that a crowd comes for: the first of the campaign that is not over.
///
/// @param births who may come
/// @param today by the server's clock, in universal time
/// @param untilLobbyMillis from now, by the server's clock; 0 or less once it is open
/// @param untilOpenMillis from now; 0 or less once it is open
record Opening(BirthDates births, LocalDate today, long untilLobbyMillis, long untilOpenMillis) {
  /// The last tenth of the time before the opening is left free, so that those who mean to be in
  /// the lobby have joined it when the draw takes place.
  private static final double LOBBY_PART = 0.9;

  /// @param campaign as the server describes it
  /// @throws IllegalArgumentException when it has no window left, or does not say what it needs to
  static Opening of(JsonNode campaign) {
    Instant now = time(campaign.path("serverTime"));
    for (JsonNode window : campaign.path("windows")) {
      if (time(window.path("closes")).isAfter(now)) {
        Set<Integer> cohorts = new HashSet<>();
        window.path("cohorts").forEach(cohort -> cohorts.add(cohort.asInt()));
        JsonNode eligible = campaign.path("eligible");
        return new Opening(
            new BirthDates(date(eligible.path("bornFrom")), date(eligible.path("bornTo")), cohorts),
            LocalDate.ofInstant(now, ZoneOffset.UTC),
            time(window.path("lobbyOpens")).toEpochMilli() - now.toEpochMilli(),
            time(window.path("opens")).toEpochMilli() - now.toEpochMilli());
      }
    }
    throw new IllegalArgumentException("the campaign is over, or has no windows");
  }

  /// When everybody comes.
  ///
  /// @return milliseconds from now and index of each, as `millis << 32 | index`, earliest first
  long[] arrivals(CrowdPlan plan) {
    SplittableRandom random = new SplittableRandom(plan.seed());
    ArrivalCurve curve = plan.coming().arrivals();
    long lobbyFrom = Math.max(0, untilLobbyMillis);
    long open = Math.max(0, untilOpenMillis);
    double span = Math.min(open - lobbyFrom, curve.spread().toMillis()) * LOBBY_PART;
    double decay = curve.decay();
    long[] arrivals = new long[plan.people()];
    for (int index = 0; index < arrivals.length; index++) {
      boolean early = random.nextDouble() < plan.coming().lobbyShare();
      double quantile = random.nextDouble();
      long millis =
          early && open > 0
              ? lobbyFrom + Math.round(quantile * span)
              : open + Math.round(ArrivalCurve.partAt(decay, quantile) * curve.spread().toMillis());
      arrivals[index] = millis << Integer.SIZE | index;
    }
    Arrays.sort(arrivals);
    return arrivals;
  }

  private static Instant time(JsonNode time) {
    try {
      return OffsetDateTime.parse(time.asText()).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("the campaign has a wrong time: " + time, e);
    }
  }

  private static LocalDate date(JsonNode date) {
    try {
      return LocalDate.parse(date.asText());
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("the campaign has a wrong date: " + date, e);
    }
  }
}
