package dev.naru.rehearsal.crowd;

import dev.naru.rehearsal.http.Answer;
import dev.naru.rehearsal.http.Call;
import dev.naru.rehearsal.http.Calls;
import dev.naru.rehearsal.http.Request;
import org.jspecify.annotations.Nullable;

/// The second station: join, watch the shared status, ask for admission when called.
final class Queueing {
  /// As long as the server lets the status be cached.
  private static final long STATUS_MILLIS = 1_000;

  /// Polls are spread upwards only: nobody asks earlier than told.
  private static final double JITTER = 0.3;

  private final Agenda agenda;
  private final Persistence persistence;
  private final Tally tally;
  private final Steps steps;
  private final String path;
  private final double abandon;
  private final boolean shares;
  private final Shared status;
  private @Nullable PublishedDraw drawn;
  private PublishedDraw.@Nullable Places places;
  private Answer parsed = Answer.LOST;
  private LineStatus latest = LineStatus.of(Answer.LOST.body());

  Queueing(
      Calls calls,
      Agenda agenda,
      Persistence persistence,
      Tally tally,
      Steps steps,
      CrowdPlan plan) {
    this.agenda = agenda;
    this.persistence = persistence;
    this.tally = tally;
    this.steps = steps;
    this.path = "/api/v1/campaigns/" + plan.campaign();
    this.abandon = plan.manners().abandon();
    this.shares = plan.sharedStatus();
    Request request = Request.get(path + "/line");
    this.status =
        new Shared(
            agenda, shares ? STATUS_MILLIS : 0, then -> calls.send(Call.STATUS, request, then));
  }

  void join(Person person) {
    Request request = Request.post(path + "/line").by(person.session);
    persistence.ask(
        person,
        Call.JOIN,
        request,
        answer -> {
          if (answer.isOk()) {
            joined(person, answer);
          } else {
            steps.unexpected(person, Call.JOIN, answer);
          }
        });
  }

  private void joined(Person person, Answer answer) {
    person.ticket = answer.body().path("ticket").asText();
    person.line = answer.body().path("line").asInt();
    person.place = answer.body().path("place").asLong(Person.UNKNOWN);
    person.number = answer.body().path("number").asLong();
    tally.numbered(person, person.line, person.number);
    boolean lobby = answer.body().path("lobby").asBoolean() && person.place == Person.UNKNOWN;
    tally.moved(person, lobby ? Person.Stage.LOBBY : Person.Stage.WAITING);
    boolean leaves = abandon > 0 && person.random.nextDouble() < abandon;
    steps.wait(
        person,
        () -> {
          if (leaves) {
            steps.leave(person, new Departure.Abandoned());
          } else {
            look(person);
          }
        });
  }

  private void look(Person person) {
    persistence.persist(
        person.random,
        status::read,
        answer -> {
          if (answer.isOk()) {
            consider(person, parse(answer));
          } else {
            steps.unexpected(person, Call.STATUS, answer);
          }
        });
  }

  /// The same answer serves many; it is understood once.
  private LineStatus parse(Answer answer) {
    if (parsed != answer) {
      parsed = answer;
      latest = LineStatus.of(answer.body());
      tally.paced(latest);
    }
    return latest;
  }

  private void consider(Person person, LineStatus now) {
    if (now.isClosed() || (now.line() >= 0 && now.line() != person.line)) {
      steps.leave(person, new Departure.Refused("line-closed"));
    } else if (!now.isOpen()) {
      lookAgain(person, untilOpening(now));
    } else {
      if (person.stage == Person.Stage.LOBBY) {
        tally.moved(person, Person.Stage.WAITING);
      }
      if (person.place == Person.UNKNOWN && now.draw() != null) {
        person.place = placeOf(person.number, now.draw());
      }
      if (person.place != Person.UNKNOWN) {
        tally.shown(person, Math.max(0, person.place - now.serving()), now);
      }
      if (person.place == Person.UNKNOWN || now.serving() >= person.place) {
        tally.turn(person);
        askAdmission(person);
      } else {
        lookAgain(person, pauseMillis(person, person.place - now.serving(), now));
      }
    }
  }

  /// As the server says; or longer where that makes no difference to it. Who shares the status with
  /// others causes no request by looking at it, and a million who look every few seconds and cannot
  /// be called yet were half of the crowd's work.
  private long pauseMillis(Person person, long ahead, LineStatus now) {
    long told = now.pauseMillis(ahead);
    return shares
        ? Math.max(told, Math.min(now.spareMillis(ahead), tally.uninterestingMillis(person)))
        : told;
  }

  /// As the page computes it; nobody has to ask.
  private long placeOf(long number, PublishedDraw draw) {
    PublishedDraw.Places known = places;
    if (known == null || !draw.equals(drawn)) {
      known = draw.places();
      places = known;
      drawn = draw;
    }
    return known.of(number);
  }

  /// Those in the lobby look again soon after the opening, as their page would. Who shares the
  /// status does not look long before it.
  private long untilOpening(LineStatus now) {
    long told = Math.clamp(now.untilOpeningMillis(), now.nearMillis(), now.farMillis());
    double early = (now.untilOpeningMillis() - now.farMillis()) / (1 + JITTER);
    return shares ? Math.max(told, Math.round(early)) : told;
  }

  private void lookAgain(Person person, long pauseMillis) {
    double jitter = 1 + person.random.nextDouble() * JITTER;
    agenda.after(Math.round(pauseMillis * jitter), () -> look(person));
  }

  void askAdmission(Person person) {
    Request request =
        Request.post(path + "/admission")
            .saying("ticket", String.valueOf(person.ticket))
            .by(person.session);
    persistence.ask(person, Call.ADMISSION, request, answer -> admission(person, answer));
  }

  private void admission(Person person, Answer answer) {
    if (answer.isOk()) {
      person.pass = answer.body().path("pass").asText();
      person.admissions++;
      tally.admitted(person);
      tally.moved(person, Person.Stage.BOOKING);
      steps.book(person);
    } else if (answer.status() == 425) {
      notYet(person, answer);
    } else {
      steps.unexpected(person, Call.ADMISSION, answer);
    }
  }

  /// Too early; the refusal says which place is one's own.
  private void notYet(Person person, Answer answer) {
    long place = answer.body().path("place").asLong(Person.UNKNOWN);
    if (place != Person.UNKNOWN) {
      if (person.place != Person.UNKNOWN && person.place != place) {
        tally.contradiction(person, "place " + person.place + " is " + place + " for the server");
      }
      person.place = place;
    }
    long ahead = Math.max(0, person.place - answer.body().path("serving").asLong());
    lookAgain(person, Math.max(latest.pauseMillis(ahead), answer.retryAfterMillis()));
  }
}
