package dev.naru.bench.admission;

import dev.naru.waitingroom.admission.EntryBucket;
import dev.naru.waitingroom.control.AdmissionControl;
import dev.naru.waitingroom.control.ControlState;
import dev.naru.waitingroom.control.Door;
import dev.naru.waitingroom.control.Observation;
import dev.naru.waitingroom.control.Orders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// One day, person by person, on virtual time: who is called comes or not, sooner or later, enters,
/// chooses, books, and comes back when sent away. Controller, door and limit are the program's own.
final class Day {
  private static final int STEPS = 20;
  private static final double STEP = 1.0 / STEPS;

  /// Of those who come, one in ten was making coffee.
  private static final double LATE = 0.1;

  private static final double LATE_SECONDS = 600;
  private static final double POLL_SECONDS = 3;

  /// Nobody chooses quicker than this part of the mean.
  private static final double SHORTEST_CHOOSING = 0.27;

  /// One booking in seven finds the slot gone, and takes another.
  static final double SLOT_GONE = 0.15;

  private static final double LONGEST_PAUSE = 30;

  private final Scenario scenario;
  private final SplittableRandom random;
  private final Fault fault;
  private final Booking booking;
  private final EntryBucket door = new EntryBucket();
  private final List<List<Person>> agenda = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private double joined;
  private double serving;
  private long called;
  private long entered;
  private long turnedAway;
  private long booked;

  private Day(Scenario scenario, Fault fault) {
    this.scenario = scenario;
    this.fault = fault;
    this.booking = new Booking(fault == Fault.NO_LIMIT, scenario.refusal());
    this.random = new SplittableRandom(scenario.seed());
    this.joined = scenario.lobby();
    for (int i = 0; i <= scenario.seconds() * STEPS; i++) {
      agenda.add(new ArrayList<>());
    }
  }

  static List<Sample> run(Scenario scenario, Fault fault) {
    Day day = new Day(scenario, fault);
    day.run();
    return day.samples;
  }

  private void run() {
    ControlState state =
        ControlState.start(scenario.orders().apply(0.0).limits(scenario.campaignPace()));
    for (int second = 0; second < scenario.seconds(); second++) {
      Orders orders = scenario.orders().apply((double) second);
      long calledBefore = called;
      long enteredBefore = entered;
      long turnedAwayBefore = turnedAway;
      long answeredBefore = booking.answered;
      long refusedBefore = booking.refused;
      long bookedBefore = booked;
      Orders.Limits limits = orders.limits(scenario.campaignPace());
      state = spoilt(state, limits);
      double calling = fault == Fault.EVERYBODY_COMES ? state.pace() : state.callPerMinuteNow();
      call(second, orders.door() == Door.OPEN ? calling / 60 : 0);
      for (int step = 0; step < STEPS; step++) {
        steps(second * STEPS + step, (int) Math.max(1, Math.round(state.pace())));
      }
      samples.add(
          new Sample(
              second,
              60 * scenario.capacity().applyAsDouble(second),
              orders.door() == Door.OPEN ? limits.ceiling() : 0,
              state.pace(),
              calling,
              60 * (entered - enteredBefore),
              60 * (booking.answered - answeredBefore),
              60 * (booking.refused - refusedBefore),
              booked - bookedBefore,
              booking.latencyMillis(),
              AdmissionControl.COME_BACK_SECONDS * (turnedAway - turnedAwayBefore),
              (long) joined,
              (long) serving,
              state.range().expectedSlow(),
              state.range().expectedFast()));
      state =
          AdmissionControl.step(
              state,
              new Observation(
                  1,
                  (double) (called - calledBefore),
                  (double) (entered - enteredBefore),
                  fault == Fault.TURNED_AWAY_UNCOUNTED
                      ? 0
                      : (double) (turnedAway - turnedAwayBefore),
                  new Observation.Load(
                      (double) (booking.answered - answeredBefore),
                      (double) (booked - bookedBefore),
                      (double) (booking.refused - refusedBefore),
                      booking.latencyMillis())),
              limits,
              orders.door() == Door.OPEN);
    }
  }

  private ControlState spoilt(ControlState state, Orders.Limits limits) {
    return switch (fault) {
      case NONE, NO_LIMIT, EVERYBODY_COMES, TURNED_AWAY_UNCOUNTED, NO_TURN -> state;
      case FIXED_PACE ->
          new ControlState(limits.ceiling(), 0, 0, state.showUp(), state.demand(), state.range());
      case NO_PATIENCE ->
          new ControlState(
              state.pace(),
              state.calmSeconds(),
              scenario.seconds(),
              state.showUp(),
              state.demand(),
              state.range());
      case NEVER_GROWS ->
          new ControlState(
              Math.min(state.pace(), limits.start()),
              0,
              0,
              state.showUp(),
              state.demand(),
              state.range());
    };
  }

  private void call(int second, double people) {
    joined += scenario.joining().applyAsDouble(second);
    serving = Math.min(joined, serving + people);
    for (; called < (long) serving; called++) {
      if (random.nextDouble() < scenario.showUp()) {
        double delay =
            random.nextDouble() * POLL_SECONDS
                + (random.nextDouble() < LATE ? random.nextDouble() * LATE_SECONDS : 0);
        later(second * STEPS, delay, new Person());
      }
    }
  }

  private void later(int step, double seconds, Person person) {
    int at = step + Math.max(1, (int) (seconds * STEPS));
    if (at < agenda.size()) {
      agenda.get(at).add(person);
    }
  }

  private void steps(int step, int entering) {
    for (Person person : agenda.get(step)) {
      if (person.inside) {
        book(step, person);
      } else if (scenario.cutOff().test(step * STEP)) {
        later(step, AdmissionControl.COME_BACK_SECONDS * jitter(), person);
      } else if (door.take(Instant.ofEpochMilli((long) (step * 1000 * STEP)), entering)) {
        entered++;
        person.inside = true;
        later(step, choosing(), person);
      } else {
        turnedAway++;
        later(step, AdmissionControl.COME_BACK_SECONDS * jitter(), person);
      }
    }
    agenda.get(step).clear();
    booking.run(
        (step + 1) * STEP,
        scenario.capacity().applyAsDouble(step * STEP),
        person -> decided(step, person));
  }

  private void book(int step, Person person) {
    int comeBack = booking.ask(person);
    if (comeBack > 0) {
      double pause = Math.min(LONGEST_PAUSE, 2 * Math.pow(1.6, person.refusals++));
      later(step, (fault == Fault.NO_TURN ? pause : Math.max(pause, comeBack)) * jitter(), person);
    }
  }

  private void decided(int step, Person person) {
    person.refusals = 0;
    if (random.nextDouble() < SLOT_GONE) {
      later(step, 3 + random.nextDouble() * 10, person);
    } else {
      booked++;
    }
  }

  private double choosing() {
    return scenario.choosingSeconds()
        * (SHORTEST_CHOOSING - (1 - SHORTEST_CHOOSING) * Math.log(1 - random.nextDouble()));
  }

  private double jitter() {
    return 0.8 + random.nextDouble() * 0.4;
  }
}
