package dev.naru.rehearsal.crowd;

import com.fasterxml.jackson.databind.JsonNode;
import dev.naru.rehearsal.http.Answer;
import dev.naru.rehearsal.http.Call;
import dev.naru.rehearsal.http.Calls;
import dev.naru.rehearsal.http.Request;
import dev.naru.rehearsal.people.Population;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The first station: choose a provider by its light, and be verified. Who is turned away for now
/// tries again, with another provider if there is one.
final class Verification {
  /// As long as the server lets the lights be cached.
  private static final long LIGHTS_MILLIS = 2_000;

  /// A provider says "not verified" to some by mistake, to others because it means it.
  private static final int DENIALS = 3;

  private static final Set<String> FORM_FIELDS = Set.of("name", "birthDate", "phone", "ci");

  private record Provider(String id, String light) {}

  /// One person's way to a session.
  private static final class Try {
    final long since;
    int failures;
    int denials;
    String avoid = "";

    Try(long since) {
      this.since = since;
    }
  }

  private final Calls calls;
  private final Agenda agenda;
  private final Persistence persistence;
  private final Population population;
  private final Tally tally;
  private final Steps steps;
  private final String campaign;
  private final Shared lights;

  /// Providers that want a browser or a phone: the crowd has neither.
  private final Set<String> unusable = new HashSet<>();

  Verification(
      Calls calls,
      Agenda agenda,
      Persistence persistence,
      Population population,
      Tally tally,
      Steps steps,
      String campaign) {
    this.calls = calls;
    this.agenda = agenda;
    this.persistence = persistence;
    this.population = population;
    this.tally = tally;
    this.steps = steps;
    this.campaign = campaign;
    this.lights =
        new Shared(
            agenda,
            LIGHTS_MILLIS,
            then -> calls.send(Call.PROVIDERS, Request.get("/api/v1/providers"), then));
  }

  void enter(Person person) {
    person.verifications++;
    attempt(person, new Try(agenda.elapsedMillis()));
  }

  private void attempt(Person person, Try attempt) {
    persistence.persist(
        person.random,
        lights::read,
        answer -> {
          if (!answer.isOk()) {
            steps.unexpected(person, Call.PROVIDERS, answer);
            return;
          }
          Provider provider = choose(answer.body(), attempt.avoid, person.random);
          if (provider == null) {
            again(person, attempt, Call.PROVIDERS, answer);
          } else {
            start(person, attempt, provider.id());
          }
        });
  }

  private void start(Person person, Try attempt, String provider) {
    Request request =
        Request.post("/api/v1/identity/" + provider + "/start")
            .saying("campaign", campaign)
            .from(population.device(person.index))
            .over(person.index);
    calls.send(
        Call.START,
        request,
        answer -> {
          if (answer.isOk() && isForm(answer.body())) {
            complete(person, attempt, provider, answer.body().path("request").asText());
          } else if (answer.isOk()) {
            unusable.add(provider);
            attempt(person, attempt);
          } else {
            attempt.avoid = provider;
            again(person, attempt, Call.START, answer);
          }
        });
  }

  private void complete(Person person, Try attempt, String provider, String request) {
    calls.send(
        Call.COMPLETE,
        Request.post("/api/v1/identity/" + provider + "/complete")
            .saying(population.citizen(person.index).form(request))
            .from(population.device(person.index))
            .over(person.index),
        answer -> {
          if (answer.isOk()) {
            person.provider = provider;
            verified(person, answer);
          } else {
            attempt.avoid = provider;
            again(person, attempt, Call.COMPLETE, answer);
          }
        });
  }

  private void verified(Person person, Answer answer) {
    person.session = answer.body().path("session").asText();
    tally.verified(person);
    if (answer.body().path("eligibility").path("eligible").asBoolean()) {
      steps.join(person);
    } else {
      steps.leave(person, new Departure.Ineligible());
    }
  }

  /// Tries again after a while if that may help. Whoever is shut out by a session on another device
  /// waits for its end only if that is near; a restarted server may have forgotten the request.
  private void again(Person person, Try attempt, Call call, Answer answer) {
    long wait = answer.body().path("secondsLeft").asLong() * 1_000;
    boolean passing =
        switch (answer.code()) {
          case "session-elsewhere" -> !persistence.isOver(attempt.since - wait);
          case "not-verified" -> ++attempt.denials < DENIALS;
          default -> answer.isPassing() || answer.status() == 404 || call == Call.PROVIDERS;
        };
    if (!passing) {
      steps.unexpected(person, call, answer);
    } else if (persistence.isOver(attempt.since)) {
      steps.leave(person, new Departure.GaveUp());
    } else {
      long pause = Persistence.pause(attempt.failures++, answer, person.random);
      agenda.after(Math.max(wait, pause), () -> attempt(person, attempt));
    }
  }

  /// People take a green one from the top of the list rather than a slow one from its end.
  private @Nullable Provider choose(JsonNode body, String avoid, RandomGenerator random) {
    List<Provider> usable = new ArrayList<>();
    for (JsonNode provider : body.path("providers")) {
      String id = provider.path("id").asText();
      String light = provider.path("light").asText();
      boolean form = "form".equals(provider.path("kind").asText("form"));
      if (form && weight(light) > 0 && !unusable.contains(id)) {
        usable.add(new Provider(id, light));
      }
    }
    if (usable.size() > 1) {
      usable.removeIf(provider -> provider.id().equals(avoid));
    }
    double[] weights = new double[usable.size()];
    double all = 0;
    for (int rank = 0; rank < weights.length; rank++) {
      weights[rank] = weight(usable.get(rank).light()) / (rank + 1);
      all += weights[rank];
    }
    double point = random.nextDouble() * all;
    for (int rank = 0; rank < weights.length; rank++) {
      point -= weights[rank];
      if (point < 0) {
        return usable.get(rank);
      }
    }
    return usable.isEmpty() ? null : usable.getLast();
  }

  private static double weight(String light) {
    return switch (light) {
      case "smooth" -> 1;
      case "delayed" -> 0.4;
      case "congested" -> 0.1;
      default -> 0;
    };
  }

  private static boolean isForm(JsonNode started) {
    for (JsonNode field : started.path("fields")) {
      String name = field.isTextual() ? field.asText() : field.path("name").asText();
      if (!FORM_FIELDS.contains(name)) {
        return false;
      }
    }
    return "form".equals(started.path("next").asText());
  }
}
