package dev.naru.rehearsal.people;

import java.time.LocalDate;
import java.time.Period;
import java.util.random.RandomGenerator;

/// How many people there are of each age.
public final class Ages {
  private static final int DECADE = 10;

  /// Residents of Korea in October 2021 by decade of age, in thousands, from 0-9 to 100 and above
  /// (Ministry of the Interior and Safety, residents by single year of age, rounded).
  public static final Ages KOREA_2021 =
      decades(3_793, 4_722, 6_692, 6_740, 8_170, 8_622, 7_124, 3_711, 1_817, 261, 10);

  private final double[] weights;
  private final double most;

  /// @param weights how many are of each age, from 0; the last counts for all older ones
  public Ages(double... weights) {
    double highest = 0;
    for (double weight : weights) {
      if (!(weight >= 0)) {
        throw new IllegalArgumentException("no number of people: " + weight);
      }
      highest = Math.max(highest, weight);
    }
    if (highest == 0) {
      throw new IllegalArgumentException("there is nobody");
    }
    this.weights = weights.clone();
    this.most = highest;
  }

  private static Ages decades(double... people) {
    double[] weights = new double[people.length * DECADE];
    for (int age = 0; age < weights.length; age++) {
      weights[age] = people[age / DECADE] / DECADE;
    }
    return new Ages(weights);
  }

  /// Whether somebody of this age is taken, so that those who are taken are spread by age as the
  /// people are.
  ///
  /// @param today when the age counts
  boolean takes(LocalDate born, LocalDate today, RandomGenerator random) {
    int age = Math.clamp(Period.between(born, today).getYears(), 0, weights.length - 1);
    return random.nextDouble() * most < weights[age];
  }

  /// Whether there is anybody born between these days.
  boolean anyBetween(LocalDate from, LocalDate to, LocalDate today) {
    for (LocalDate date = from; !date.isAfter(to); date = date.plusMonths(6)) {
      if (weights[Math.clamp(Period.between(date, today).getYears(), 0, weights.length - 1)] > 0) {
        return true;
      }
    }
    return false;
  }
}
