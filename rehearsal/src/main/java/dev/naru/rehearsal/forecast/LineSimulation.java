package dev.naru.rehearsal.forecast;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/// One window, person by person: they come, are called in order, see it, and book. Two streams of
/// events, arrivals and the line's ticks, are merged in order of time ([Calling]).
///
/// Seconds count from the opening. Places below the size of the lobby are those of the draw.
final class LineSimulation {
  /// People's thinking is log-normal, as that of a rehearsal's crowd.
  private static final double SIGMA = 0.8;

  private final Assumptions assumed;
  private final int windowSeconds;
  private final SplittableRandom random;
  private final int lobby;
  private final int[] districts;
  private final float[] joined;
  private final float[] booked;

  private LineSimulation(long[] byDistrict, int windowSeconds, Assumptions assumed, long seed) {
    int people = Math.toIntExact(Arrays.stream(byDistrict).sum());
    this.assumed = assumed;
    this.windowSeconds = windowSeconds;
    this.random = new SplittableRandom(seed);
    this.lobby = (int) Math.round(people * assumed.lobby());
    this.districts = shuffled(byDistrict, people);
    this.joined = new float[people];
    this.booked = new float[people];
  }

  /// Runs a window to its end.
  ///
  /// @param byDistrict how many come
  /// @param seconds after the opening at which those come who are not in the lobby, by quantile
  static Outcome run(
      long[] byDistrict,
      int windowSeconds,
      DoubleUnaryOperator seconds,
      Assumptions assumed,
      long seed) {
    LineSimulation line = new LineSimulation(byDistrict, windowSeconds, assumed, seed);
    line.arrive(seconds);
    Calling calling = Calling.of(line.joined, assumed.perMinute(), windowSeconds);
    line.bookAll(calling.called());
    return new Outcome(
        line.lobby,
        calling.longestLine(),
        calling.longestLineAt(),
        line.districts,
        line.joined,
        calling.called(),
        line.booked);
  }

  /// Everybody comes independently of the others; the times are made in order, so that nothing has
  /// to be sorted (each next one is the least of those that are left).
  private void arrive(DoubleUnaryOperator seconds) {
    double logLeft = 0;
    for (int place = lobby; place < joined.length; place++) {
      logLeft += Math.log(1 - random.nextDouble()) / (joined.length - place);
      joined[place] = (float) seconds.applyAsDouble(-Math.expm1(logLeft));
    }
  }

  private void bookAll(float[] called) {
    double notice = assumed.notice().toMillis() / 1_000.0;
    double think = assumed.think().toMillis() / 1_000.0;
    for (int place = 0; place < called.length; place++) {
      double taken = notice * random.nextDouble() + think * Math.exp(SIGMA * random.nextGaussian());
      double done = called[place] + taken;
      booked[place] = done < windowSeconds ? (float) done : Float.NaN;
    }
  }

  private int[] shuffled(long[] byDistrict, int people) {
    int[] shuffled = new int[people];
    int filled = 0;
    for (int district = 0; district < byDistrict.length; district++) {
      int next = filled + (int) byDistrict[district];
      Arrays.fill(shuffled, filled, next, district);
      filled = next;
    }
    for (int i = people - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = shuffled[i];
      shuffled[i] = shuffled[other];
      shuffled[other] = kept;
    }
    return shuffled;
  }
}
