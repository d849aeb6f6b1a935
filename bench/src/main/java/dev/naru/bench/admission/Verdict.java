package dev.naru.bench.admission;

import java.util.List;

/// What came of a day.
///
/// @param booked people who got their slot
/// @param best as many as anybody could have served who knows everything beforehand
/// @param brokenSeconds in how many seconds the latency target was broken
/// @param refusedShare booking requests that were sent away
/// @param standingSeconds how long people stood at the full door, on average of all who booked
record Verdict(
    long booked, double best, int brokenSeconds, double refusedShare, double standingSeconds) {
  static final double GOODPUT = 0.9;
  static final int BROKEN_SECONDS = 10;

  /// Half as much again as booking's limit keeps to.
  static final double LATENCY_MILLIS = 600;

  /// Called people who find the door full. Two minutes' worth of them need four minutes to go
  /// through a door at its pace; on the day when that happens it makes sixteen seconds of the mean.
  static final double STANDING_SECONDS = 20;

  /// Of the booking requests; with the pace fixed at twice the capacity it would be most.
  static final double REFUSED = 0.25;

  /// The best that is possible: people enter at the ceiling from the first second, as far as there
  /// are any, book as soon as they chose on average, and booking is busy whenever somebody is
  /// there.
  static Verdict of(Scenario scenario, List<Sample> samples) {
    int choosing = (int) scenario.choosingSeconds();
    double requests = 1 / (1 - Day.SLOT_GONE);
    double people = scenario.lobby() * scenario.showUp();
    double waiting = 0;
    double best = 0;
    double[] arriving = new double[samples.size() + choosing + 1];
    for (Sample sample : samples) {
      int second = sample.second();
      people += scenario.joining().applyAsDouble(second) * scenario.showUp();
      double enter = scenario.cutOff().test(second) ? 0 : Math.min(people, sample.ceiling() / 60);
      people -= enter;
      arriving[second + choosing] += enter;
      waiting += arriving[second];
      double done = Math.min(waiting, sample.capacity() / 60 / requests);
      waiting -= done;
      best += done;
    }
    long booked = samples.stream().mapToLong(Sample::booked).sum();
    int broken =
        (int) samples.stream().filter(sample -> sample.latencyMillis() > LATENCY_MILLIS).count();
    double refused = samples.stream().mapToLong(Sample::refused).sum();
    double answered = samples.stream().mapToLong(Sample::answered).sum();
    double standing = samples.stream().mapToLong(Sample::standing).sum();
    return new Verdict(booked, best, broken, refused / (refused + answered), standing / booked);
  }

  /// Whether the goals of docs/line.md are reached.
  boolean isGood() {
    return goodput() > GOODPUT
        && brokenSeconds < BROKEN_SECONDS
        && refusedShare < REFUSED
        && standingSeconds < STANDING_SECONDS;
  }

  double goodput() {
    return booked / best;
  }
}
