package dev.naru.rehearsal.crowd;

import dev.naru.rehearsal.http.Answer;
import dev.naru.rehearsal.http.Call;
import dev.naru.rehearsal.http.Calls;
import dev.naru.rehearsal.http.Request;
import dev.naru.rehearsal.people.Population;

/// The whole way of everybody: the stations, wired.
final class Journey implements Steps {
  /// How often somebody is verified before going home: a session that nobody uses ends after ten
  /// minutes, and the wait may last longer than an hour.
  private static final int VERIFICATIONS = 10;

  private final Persistence persistence;
  private final Population population;
  private final Tally tally;
  private final Habits habits;
  private final Verification verification;
  private final Queueing queueing;
  private final Booking booking;
  private final Aftermath aftermath;
  private final Tricks tricks;
  private final double cheats;

  Journey(CrowdPlan plan, Calls calls, Agenda agenda, Population population, Tally tally) {
    this.population = population;
    this.tally = tally;
    this.habits = plan.manners().habits();
    this.cheats = plan.manners().cheats();
    this.persistence = new Persistence(calls, agenda, plan.manners().patience());
    Thinking thinking = new Thinking(agenda, plan.manners().thinkMedian());
    String campaign = plan.campaign();
    this.verification =
        new Verification(calls, agenda, persistence, population, tally, this, campaign);
    this.queueing = new Queueing(calls, agenda, persistence, tally, this, plan);
    this.booking = new Booking(agenda, persistence, population, thinking, tally, this, campaign);
    this.aftermath = new Aftermath(persistence, thinking, tally, this, campaign, habits);
    this.tricks = new Tricks(calls, population, tally, campaign);
  }

  /// Somebody comes.
  void arrive(int index) {
    Person person = new Person(index, population.behaviour(index));
    if (cheats > 0 && person.random.nextDouble() < cheats) {
      Trick[] all = Trick.values();
      person.trick = all[person.random.nextInt(all.length)];
    }
    tally.arrived(person);
    verify(person);
  }

  @Override
  public void verify(Person person) {
    verification.enter(person);
  }

  @Override
  public void join(Person person) {
    tricks.verified(person, () -> queueing.join(person));
  }

  @Override
  public void askAdmission(Person person) {
    queueing.askAdmission(person);
  }

  @Override
  public void book(Person person) {
    tricks.admitted(person, () -> booking.enter(person));
  }

  @Override
  public void wait(Person person, Runnable then) {
    tricks.joined(person, then);
  }

  @Override
  public void settle(Person person, Reservation reservation) {
    tricks.booked(person, reservation, () -> aftermath.enter(person, reservation));
  }

  @Override
  public void unexpected(Person person, Call call, Answer answer) {
    if (answer.isPassing()) {
      leave(person, new Departure.GaveUp());
    } else if (answer.status() == 401 && person.verifications < VERIFICATIONS) {
      tally.moved(person, Person.Stage.VERIFYING);
      verify(person);
    } else if ((answer.status() == 403 || answer.status() == 409) && !answer.code().isEmpty()) {
      leave(person, new Departure.Refused(answer.code()));
    } else {
      leave(person, new Departure.Failed(call.label() + " " + answer.label()));
    }
  }

  /// Counts why somebody leaves, and lets those log out who do; what the server says to that
  /// concerns nobody any more.
  @Override
  public void leave(Person person, Departure why) {
    tally.left(why);
    boolean goodbye = person.session != null && person.random.nextDouble() < habits.logout();
    if (goodbye && !(why instanceof Departure.GaveUp)) {
      Request request = Request.delete("/api/v1/me/session").by(person.session);
      persistence.ask(person, Call.LOGOUT, request, answer -> forget(person));
    } else {
      forget(person);
    }
  }

  private void forget(Person person) {
    person.session = null;
    tally.moved(person, Person.Stage.GONE);
  }
}
