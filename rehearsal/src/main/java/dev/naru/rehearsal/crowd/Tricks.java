package dev.naru.rehearsal.crowd;

import dev.naru.rehearsal.http.Answer;
import dev.naru.rehearsal.http.Call;
import dev.naru.rehearsal.http.Calls;
import dev.naru.rehearsal.http.Request;
import dev.naru.rehearsal.people.Citizen;
import dev.naru.rehearsal.people.Population;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The tricks of cheats, tried on the way of an ordinary person. Whatever was tried, the cheat goes
/// on honestly afterwards; a trick that the server lets pass is counted as a gain.
final class Tricks {
  private static final int HAMMER_BLOWS = 30;

  /// Ids of appointments that no honest person makes: one below the first attempt.
  private static final int SECOND_BOOKING = -1;

  private static final int EARLY_BOOKING = -2;

  /// @param what in a few words
  /// @param gains whether the answer gives something that nobody may have
  private record Attempt(String what, Request request, Gain gains) {}

  private interface Gain {
    void judge(Answer answer, Consumer<Boolean> verdict);
  }

  /// Papers of somebody else.
  private record Stolen(@Nullable String ticket, @Nullable String pass) {}

  private final Calls calls;
  private final Population population;
  private final Tally tally;
  private final String campaign;
  private final String path;
  private @Nullable Stolen stolen;

  Tricks(Calls calls, Population population, Tally tally, String campaign) {
    this.calls = calls;
    this.population = population;
    this.tally = tally;
    this.campaign = campaign;
    this.path = "/api/v1/campaigns/" + campaign;
  }

  /// Before joining.
  void verified(Person person, Runnable then) {
    if (person.trick == Trick.SECOND_DEVICE) {
      secondDevice(person, then);
    } else {
      then.run();
    }
  }

  /// With a number, not called yet.
  void joined(Person person, Runnable then) {
    if (person.trick == null) {
      then.run();
      return;
    }
    List<Attempt> attempts =
        switch (person.trick) {
          case HAMMERING -> Collections.nCopies(HAMMER_BLOWS, early(person));
          case DEEP_LINK -> deepLinks(person);
          case FORGED -> forgedTickets(person);
          case REPLAY, SECOND_DEVICE -> List.of();
        };
    attempt(person, attempts.iterator(), then);
  }

  /// With a pass.
  void admitted(Person person, Runnable then) {
    if (person.trick == null) {
      then.run();
      return;
    }
    List<Attempt> attempts =
        switch (person.trick) {
          case REPLAY -> replays(person);
          case FORGED -> forgedPasses(person);
          case HAMMERING, DEEP_LINK, SECOND_DEVICE -> List.of();
        };
    attempt(person, attempts.iterator(), then);
  }

  /// With an appointment: another one with the same pass.
  void booked(Person person, Reservation reservation, Runnable then) {
    if (person.trick != Trick.REPLAY) {
      then.run();
      return;
    }
    Request second = booking(person, SECOND_BOOKING, reservation.slot(), person.pass);
    attempt(
        person,
        List.of(new Attempt("a second booking with one pass", second, ok())).iterator(),
        then);
  }

  private void attempt(Person person, Iterator<Attempt> attempts, Runnable then) {
    if (!attempts.hasNext()) {
      then.run();
      return;
    }
    Attempt attempt = attempts.next();
    calls.send(
        Call.TRICK,
        attempt.request().over(person.index),
        answer ->
            attempt
                .gains()
                .judge(
                    answer,
                    gained -> {
                      count(person, attempt.what(), answer, gained);
                      attempt(person, attempts, then);
                    }));
  }

  private void count(Person person, String what, Answer answer, boolean gained) {
    Trick trick = person.trick;
    if (trick != null) {
      tally.tried(person, trick, what + ": " + answer.label(), gained);
    }
  }

  private static Gain ok() {
    return (answer, verdict) -> verdict.accept(answer.isOk());
  }

  /// Asks for admission at once. A pass is a gain unless the place has been called by now.
  private Attempt early(Person person) {
    return new Attempt(
        "admission at once",
        admission(person, person.ticket),
        (answer, verdict) -> {
          if (!answer.isOk()) {
            verdict.accept(false);
          } else {
            calls.send(
                Call.STATUS,
                Request.get(path + "/line").over(person.index),
                status -> verdict.accept(isBeforeTurn(person, status)));
          }
        });
  }

  private static boolean isBeforeTurn(Person person, Answer status) {
    LineStatus now = LineStatus.of(status.body());
    return status.isOk()
        && (!now.isOpen() || (person.place != Person.UNKNOWN && now.serving() < person.place));
  }

  private List<Attempt> deepLinks(Person person) {
    return List.of(
        early(person),
        new Attempt(
            "sites without a pass", Request.get(path + "/sites?limit=20").by(person.session), ok()),
        new Attempt(
            "sites with a ticket for a pass",
            Request.get(path + "/sites?limit=20").by(person.session).with(person.ticket),
            ok()),
        new Attempt(
            "a booking with a ticket for a pass",
            booking(person, EARLY_BOOKING, "1", person.ticket),
            ok()));
  }

  private List<Attempt> forgedTickets(Person person) {
    List<Attempt> attempts = new ArrayList<>();
    for (String forged : Forgery.of(person.ticket)) {
      attempts.add(new Attempt("a forged ticket", admission(person, forged), ok()));
    }
    for (String forged : Forgery.of(person.session)) {
      attempts.add(new Attempt("a forged session", Request.post(path + "/line").by(forged), ok()));
    }
    return attempts;
  }

  private List<Attempt> forgedPasses(Person person) {
    List<Attempt> attempts = new ArrayList<>();
    for (String forged : Forgery.of(person.pass)) {
      attempts.add(
          new Attempt(
              "sites with a forged pass",
              Request.get(path + "/sites?limit=20").by(person.session).with(forged),
              ok()));
      attempts.add(
          new Attempt(
              "a booking with a forged pass", booking(person, EARLY_BOOKING, "1", forged), ok()));
    }
    return attempts;
  }

  /// The papers of the cheat before this one.
  private List<Attempt> replays(Person person) {
    Stolen papers = stolen;
    stolen = new Stolen(person.ticket, person.pass);
    if (papers == null) {
      return List.of();
    }
    return List.of(
        new Attempt("another's ticket", admission(person, papers.ticket()), ok()),
        new Attempt(
            "sites with another's pass",
            Request.get(path + "/sites?limit=20").by(person.session).with(papers.pass()),
            ok()),
        new Attempt(
            "a booking with another's pass",
            booking(person, EARLY_BOOKING, "1", papers.pass()),
            ok()));
  }

  private Request admission(Person person, @Nullable String ticket) {
    return Request.post(path + "/admission")
        .saying("ticket", String.valueOf(ticket))
        .by(person.session);
  }

  private Request booking(Person person, int attempt, String slot, @Nullable String pass) {
    return Request.put("/api/v1/appointments/" + population.appointment(person.index, attempt))
        .saying("campaign", campaign, "slot", slot, "pass", String.valueOf(pass))
        .by(person.session);
  }

  /// The same person verifies on another phone.
  private void secondDevice(Person person, Runnable then) {
    UUID other = population.appointment(person.index, SECOND_BOOKING);
    String provider = "/api/v1/identity/" + person.provider;
    Citizen citizen = population.citizen(person.index);
    calls.send(
        Call.TRICK,
        Request.post(provider + "/start")
            .saying("campaign", campaign)
            .from(other)
            .over(person.index),
        started -> {
          if (!started.isOk()) {
            count(person, "a second device", started, false);
            then.run();
            return;
          }
          calls.send(
              Call.TRICK,
              Request.post(provider + "/complete")
                  .saying(citizen.form(started.body().path("request").asText()))
                  .from(other)
                  .over(person.index),
              answer -> {
                count(person, "a second device", answer, answer.isOk());
                then.run();
              });
        });
  }
}
