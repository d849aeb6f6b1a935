package dev.naru.rehearsal.crowd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Counts what happens to the people. Used on the event loop only.
final class Tally {
  private static final int KEPT_INCONSISTENCIES = 100;

  private final Map<Person.Stage, Integer> inStage = new EnumMap<>(Person.Stage.class);
  private final Map<String, Integer> refused = new TreeMap<>();
  private final Map<String, Integer> errors = new TreeMap<>();
  private final List<Inconsistency> inconsistencies = new ArrayList<>();
  private final @Nullable Reservation[] reservations;
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

  Tally(int people) {
    this.reservations = new Reservation[people];
    this.numbers = new long[people];
    this.lines = new int[people];
    Arrays.fill(numbers, -1);
    Arrays.fill(lines, -1);
  }

  void arrived(Person person) {
    arrived++;
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
    }
  }

  /// Keeps the number that a person was given; they may be told it again, but never another one.
  void numbered(Person person, int line, long number) {
    long before = numbers[person.index];
    if (lines[person.index] == line && before != number) {
      contradiction(person, "number " + before + " became " + number);
    }
    numbers[person.index] = number;
    lines[person.index] = line;
  }

  void admitted(Person person) {
    if (person.admissions == 1) {
      admitted++;
    }
  }

  void booked(Reservation reservation, long elapsedMillis) {
    booked++;
    int second = (int) (elapsedMillis / 1_000);
    if (second >= bookingsPerSecond.length) {
      bookingsPerSecond =
          Arrays.copyOf(bookingsPerSecond, Math.max(second + 1, bookingsPerSecond.length * 2));
    }
    bookingsPerSecond[second]++;
    seconds = second + 1;
    reservations[reservation.person()] = reservation;
  }

  void changed(Reservation reservation) {
    if (reservation.state() == Reservation.State.CANCELLED) {
      cancelled++;
    }
    reservations[reservation.person()] = reservation;
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
      case Departure.GaveUp() -> gaveUp++;
      case Departure.Refused(String reason) -> refused.merge(reason, 1, Integer::sum);
      case Departure.Failed(String answer) -> {
        failed++;
        errors.merge(answer, 1, Integer::sum);
      }
    }
  }

  private int now(Person.Stage stage) {
    return inStage.getOrDefault(stage, 0);
  }

  /// How many have come and left again.
  int gone() {
    return now(Person.Stage.GONE);
  }

  CrowdProgress progress(double elapsed, long requests, double perSecond, int inFlight) {
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
        gaveUp,
        failed,
        gone(),
        requests,
        perSecond,
        inFlight);
  }

  List<Reservation> reservations() {
    return Arrays.stream(reservations).filter(Objects::nonNull).map(Tally::present).toList();
  }

  List<Long> numbers() {
    return Arrays.stream(numbers).boxed().toList();
  }

  List<Integer> lines() {
    return Arrays.stream(lines).boxed().toList();
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

  private static Reservation present(@Nullable Reservation reservation) {
    return Objects.requireNonNull(reservation);
  }
}
