package dev.naru.rehearsal.crowd;

import dev.naru.rehearsal.http.Answer;
import dev.naru.rehearsal.http.Call;
import dev.naru.rehearsal.http.Request;
import java.util.List;

/// After the booking: a few look at it again, a few move it, a few give it back.
final class Aftermath {
  private final Persistence persistence;
  private final Thinking thinking;
  private final Tally tally;
  private final Steps steps;
  private final String campaign;
  private final Habits habits;

  Aftermath(
      Persistence persistence,
      Thinking thinking,
      Tally tally,
      Steps steps,
      String campaign,
      Habits habits) {
    this.persistence = persistence;
    this.thinking = thinking;
    this.tally = tally;
    this.steps = steps;
    this.campaign = campaign;
    this.habits = habits;
  }

  void enter(Person person, Reservation reservation) {
    tally.moved(person, Person.Stage.DONE);
    if (person.random.nextDouble() < habits.read()) {
      thinking.then(person, () -> read(person, reservation));
    } else {
      decide(person, reservation);
    }
  }

  private void read(Person person, Reservation reservation) {
    persistence.ask(
        person,
        Call.READ,
        Request.get(path(reservation)).by(person.session),
        answer -> {
          if (answer.isOk() && !answer.body().path("slot").asText().equals(reservation.slot())) {
            tally.contradiction(person, "the appointment is not in slot " + reservation.slot());
          }
          if (answer.status() == 404) {
            tally.contradiction(person, "appointment " + reservation.appointment() + " is lost");
          }
          decide(person, reservation);
        });
  }

  private void decide(Person person, Reservation reservation) {
    double mood = person.random.nextDouble();
    if (mood < habits.cancel()) {
      thinking.then(person, () -> cancel(person, reservation));
    } else if (mood < habits.cancel() + habits.move()) {
      thinking.then(person, () -> lookForAnother(person, reservation));
    } else {
      leave(person);
    }
  }

  private void cancel(Person person, Reservation reservation) {
    persistence.ask(
        person,
        Call.CANCEL,
        Request.delete(path(reservation)).by(person.session),
        answer -> {
          if (answer.isOk()) {
            tally.changed(reservation.with(Reservation.State.CANCELLED));
          } else {
            doubtful(reservation, answer);
          }
          leave(person);
        });
  }

  private void lookForAnother(Person person, Reservation reservation) {
    String date = reservation.startsAt().split("T", 2)[0];
    persistence.ask(
        person,
        Call.SLOTS,
        Booking.slotsOf(campaign, reservation.site(), date).by(person.session).with(person.pass),
        answer -> {
          List<String> others = Booking.freeSlots(answer.body().path("slots"));
          others.remove(reservation.slot());
          if (others.isEmpty()) {
            leave(person);
          } else {
            String other = others.get(person.random.nextInt(others.size()));
            thinking.then(person, () -> move(person, reservation, other));
          }
        });
  }

  private void move(Person person, Reservation reservation, String slot) {
    persistence.ask(
        person,
        Call.MOVE,
        Request.put(path(reservation) + "/slot")
            .saying("slot", slot)
            .by(person.session)
            .with(person.pass),
        answer -> {
          if (answer.isOk()) {
            tally.changed(
                new Reservation(
                    person.index,
                    reservation.appointment(),
                    reservation.dose(),
                    answer.body().path("site").asText(reservation.site()),
                    slot,
                    answer.body().path("startsAt").asText(),
                    reservation.following(),
                    Reservation.State.MOVED));
          } else {
            doubtful(reservation, answer);
          }
          leave(person);
        });
  }

  /// A refusal leaves all as it was; silence does not tell.
  private void doubtful(Reservation reservation, Answer answer) {
    if (answer.isPassing()) {
      tally.changed(reservation.with(Reservation.State.UNCERTAIN));
    }
  }

  private void leave(Person person) {
    steps.leave(person, new Departure.Served());
  }

  private static String path(Reservation reservation) {
    return "/api/v1/appointments/" + reservation.appointment();
  }
}
