package dev.naru.rehearsal.crowd;

import dev.naru.rehearsal.crowd.CrowdReport.Tried;
import dev.naru.rehearsal.http.Answer;
import dev.naru.rehearsal.report.RunRecord.Group;
import dev.naru.rehearsal.report.Timeline;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/// Counts what happens to the people, over time too. Used on the event loop only.
final class Tally {
  private static final int KEPT_INCONSISTENCIES = 100;

  private final Map<Person.Stage, Integer> inStage = new EnumMap<>(Person.Stage.class);
  private final Map<String, Integer> refused = new TreeMap<>();
  private final Map<String, Integer> errors = new TreeMap<>();
  private final List<Inconsistency> inconsistencies = new ArrayList<>();
  private final Ledger ledger;
  private final long[] numbers;
  private final int[] lines;
  private int[] bookingsPerSecond = new int[64];
  private int seconds;
  private int arrived;
  private int verified;
  private int ineligible;
  private int admitted;
  private int booked;
  private int cancelled;
  private int noSlot;
  private int gaveUp;
  private int failed;
  private int abandoned;
  private int moved;
  private int joined;
  private final Map<Trick, int[]> tricks = new EnumMap<>(Trick.class);
  private final List<String> gains = new ArrayList<>();
  private final Timeline timeline;
  private final Samples samples;
  private final LongSupplier elapsedMillis;

  /// @param elapsedMillis since the start
  Tally(int people, Timeline timeline, Samples samples, LongSupplier elapsedMillis) {
    this.timeline = timeline;
    this.samples = samples;
    this.elapsedMillis = elapsedMillis;
    this.ledger = new Ledger(people);
    this.numbers = new long[people];
    this.lines = new int[people];
    Arrays.fill(numbers, -1);
    Arrays.fill(lines, -1);
  }

  void arrived(Person person) {
    arrived++;
    count(Group.ARRIVALS, "arrived");
    inStage.merge(person.stage, 1, Integer::sum);
  }

  void moved(Person person, Person.Stage to) {
    inStage.merge(person.stage, -1, Integer::sum);
    inStage.merge(to, 1, Integer::sum);
    person.stage = to;
  }

  void verified(Person person) {
    if (person.verifications == 1) {
      verified++;
      count(Group.ARRIVALS, "verified");
    }
  }

  /// Keeps the number that a person was given; they may be told it again, but never another one.
  void numbered(Person person, int line, long number) {
    long before = numbers[person.index];
    if (lines[person.index] == line && before != number) {
      contradiction(person, "number " + before + " became " + number);
    }
    if (before < 0) {
      joined++;
      count(Group.ARRIVALS, "joined");
    }
    samples.joined(person, elapsedMillis.getAsLong());
    numbers[person.index] = number;
    lines[person.index] = line;
  }

  void admitted(Person person) {
    if (person.admissions == 1) {
      admitted++;
      samples.called(person, elapsedMillis.getAsLong());
    }
  }

  void booked(Reservation reservation, long elapsedMillis) {
    booked++;
    samples.booked(reservation.person(), elapsedMillis);
    count(Group.BOOKINGS, "booked");
    int second = (int) (elapsedMillis / 1_000);
    if (second >= bookingsPerSecond.length) {
      bookingsPerSecond =
          Arrays.copyOf(bookingsPerSecond, Math.max(second + 1, bookingsPerSecond.length * 2));
    }
    bookingsPerSecond[second]++;
    seconds = second + 1;
    ledger.keep(reservation);
  }

  void changed(Reservation reservation) {
    if (reservation.state() == Reservation.State.CANCELLED) {
      cancelled++;
      count(Group.BOOKINGS, "cancelled");
    } else if (reservation.state() == Reservation.State.MOVED) {
      moved++;
      count(Group.BOOKINGS, "moved");
    }
    ledger.keep(reservation);
  }

  void contradiction(Person person, String what) {
    if (inconsistencies.size() < KEPT_INCONSISTENCIES) {
      inconsistencies.add(new Inconsistency(person.index, what));
    }
  }

  void left(Departure why) {
    switch (why) {
      case Departure.Served() -> {}
      case Departure.Ineligible() -> ineligible++;
      case Departure.NoSlot() -> noSlot++;
      case Departure.Abandoned() -> abandoned++;
      case Departure.GaveUp() -> gaveUp++;
      case Departure.Refused(String reason) -> refused.merge(reason, 1, Integer::sum);
      case Departure.Failed(String answer) -> {
        failed++;
        errors.merge(answer, 1, Integer::sum);
      }
    }
  }

  void shown(Person person, long ahead, LineStatus now) {
    samples.shown(person, ahead, now, elapsedMillis.getAsLong());
  }

  /// As [Samples#uninterestingMillis].
  long uninterestingMillis(Person person) {
    return samples.uninterestingMillis(person, elapsedMillis.getAsLong());
  }

  void turn(Person person) {
    samples.turn(person, elapsedMillis.getAsLong());
  }

  void paced(LineStatus now) {
    samples.paced(now.perMinute());
  }

  void tried(Person person, Trick trick, String what, boolean gained) {
    int[] counts = tricks.computeIfAbsent(trick, _ -> new int[2]);
    counts[0]++;
    count(Group.CHEATS, trick.label());
    if (gained) {
      counts[1]++;
      if (gains.size() < KEPT_INCONSISTENCIES) {
        gains.add("person " + person.index + ", " + what);
      }
    }
  }

  void answered(Answer answer) {
    if (!answer.isOk()) {
      count(Group.REFUSALS, answer.label());
    }
  }

  private void count(Group group, String name) {
    timeline.count(group, name, elapsedMillis.getAsLong() / 1_000.0, 1);
  }

  /// Reads what is a state rather than an event.
  void read(double second, double requestsPerSecond) {
    timeline.gauge(Group.LINE, "lobby", second, now(Person.Stage.LOBBY));
    timeline.gauge(Group.LINE, "waiting", second, now(Person.Stage.WAITING));
    timeline.gauge(Group.LINE, "admitted", second, now(Person.Stage.BOOKING));
    timeline.gauge(Group.REQUESTS, "requests", second, requestsPerSecond);
  }

  Tried tried() {
    int attempts = 0;
    int gained = 0;
    Map<String, Integer> byTrick = new TreeMap<>();
    for (Map.Entry<Trick, int[]> trick : tricks.entrySet()) {
      attempts += trick.getValue()[0];
      gained += trick.getValue()[1];
      byTrick.put(trick.getKey().label(), trick.getValue()[0]);
    }
    return new Tried(attempts, gained, byTrick, List.copyOf(gains));
  }

  int joined() {
    return joined;
  }

  int moved() {
    return moved;
  }

  private int now(Person.Stage stage) {
    return inStage.getOrDefault(stage, 0);
  }

  /// How many have come and left again.
  int gone() {
    return now(Person.Stage.GONE);
  }

  CrowdProgress progress(
      double elapsed, long requests, double perSecond, int inFlight, String quantiles) {
    return new CrowdProgress(
        elapsed,
        arrived,
        verified,
        ineligible,
        now(Person.Stage.LOBBY),
        now(Person.Stage.WAITING),
        admitted,
        booked,
        cancelled,
        Map.copyOf(refused),
        noSlot,
        abandoned,
        gaveUp,
        failed,
        gone(),
        requests,
        perSecond,
        inFlight,
        quantiles);
  }

  List<Reservation> reservations() {
    return ledger.reservations();
  }

  /// Boxed only while somebody looks: a nation has millions.
  List<Long> numbers() {
    return new AbstractList<>() {
      @Override
      public Long get(int index) {
        return numbers[index];
      }

      @Override
      public int size() {
        return numbers.length;
      }
    };
  }

  List<Integer> lines() {
    return new AbstractList<>() {
      @Override
      public Integer get(int index) {
        return lines[index];
      }

      @Override
      public int size() {
        return lines.length;
      }
    };
  }

  List<Integer> bookingsPerSecond() {
    return Arrays.stream(bookingsPerSecond, 0, seconds).boxed().toList();
  }

  Map<String, Integer> errors() {
    return new TreeMap<>(errors);
  }

  List<Inconsistency> inconsistencies() {
    return List.copyOf(inconsistencies);
  }
}
