package dev.naru.rehearsal.forecast;

import dev.naru.rehearsal.residents.Residents;
import dev.naru.rehearsal.residents.Residents.District;
import java.time.LocalDate;
import java.util.OptionalLong;
import java.util.Set;

/// How many people of each district and digit may book.
///
/// A table of residents knows ages, a campaign wants dates of birth. Everybody of an age was born
/// within one year; the forecast takes each day of that year as equally likely, and so counts how
/// many of its days a campaign admits and which digit they have. Digit 1 (days 1, 11, 21, 31) gets
/// 43 of 365 days, digit 0 (10, 20, 30) only 35.
final class Eligible {
  static final int DIGITS = 10;

  /// The last age of a table is open at the end: a hundred and older.
  private static final int OLDEST_SPAN = 10;

  private final long[][] people;

  private Eligible(long[][] people) {
    this.people = people;
  }

  /// @param wanted if it is given, the residents are scaled to so many
  static Eligible of(Residents residents, LocalDate from, LocalDate to, OptionalLong wanted) {
    int ages = residents.districts().getFirst().byAge().size();
    double[][] shares = new double[ages][];
    for (int age = 0; age < ages; age++) {
      shares[age] = shares(residents.asOf(), age, age == ages - 1 ? OLDEST_SPAN : 1, from, to);
    }
    double[] cells = new double[residents.districts().size() * DIGITS];
    for (int i = 0; i < residents.districts().size(); i++) {
      District district = residents.districts().get(i);
      for (int age = 0; age < ages; age++) {
        for (int digit = 0; digit < DIGITS; digit++) {
          cells[i * DIGITS + digit] += district.byAge().get(age) * shares[age][digit];
        }
      }
    }
    long all = Math.round(Apportionment.sum(cells));
    long[] whole = Apportionment.of(cells, Math.min(all, wanted.orElse(all)));
    long[][] people = new long[residents.districts().size()][DIGITS];
    for (int cell = 0; cell < whole.length; cell++) {
      people[cell / DIGITS][cell % DIGITS] = whole[cell];
    }
    return new Eligible(people);
  }

  /// Everybody who may book.
  long total() {
    long sum = 0;
    for (long[] district : people) {
      for (long some : district) {
        sum += some;
      }
    }
    return sum;
  }

  /// Those of some digits, by district.
  ///
  /// @param digits empty means all
  long[] byDistrict(Set<Integer> digits) {
    long[] sums = new long[people.length];
    for (int i = 0; i < people.length; i++) {
      for (int digit = 0; digit < DIGITS; digit++) {
        sums[i] += digits.isEmpty() || digits.contains(digit) ? people[i][digit] : 0;
      }
    }
    return sums;
  }

  /// Takes away those who come, a share of each digit that is admitted.
  ///
  /// @return who comes, by district
  long[] take(Set<Integer> digits, double share) {
    double[] cells = new double[people.length * DIGITS];
    double all = 0;
    for (int i = 0; i < people.length; i++) {
      for (int digit = 0; digit < DIGITS; digit++) {
        if (digits.isEmpty() || digits.contains(digit)) {
          cells[i * DIGITS + digit] = people[i][digit] * share;
          all += people[i][digit];
        }
      }
    }
    long[] coming = Apportionment.of(cells, Math.round(all * share));
    long[] districts = new long[people.length];
    for (int cell = 0; cell < coming.length; cell++) {
      people[cell / DIGITS][cell % DIGITS] -= coming[cell];
      districts[cell / DIGITS] += coming[cell];
    }
    return districts;
  }

  /// By digit, the share of the days of birth of an age that a campaign admits.
  static double[] shares(LocalDate asOf, int age, int span, LocalDate from, LocalDate to) {
    LocalDate first = asOf.minusYears((long) age + span).plusDays(1);
    LocalDate last = asOf.minusYears(age);
    long[] days = new long[DIGITS];
    LocalDate begin = first.isBefore(from) ? from : first;
    LocalDate end = last.isAfter(to) ? to : last;
    for (LocalDate day = begin; !day.isAfter(end); day = day.plusDays(1)) {
      days[day.getDayOfMonth() % DIGITS]++;
    }
    double all = last.toEpochDay() - first.toEpochDay() + 1;
    double[] shares = new double[DIGITS];
    for (int digit = 0; digit < DIGITS; digit++) {
      shares[digit] = days[digit] / all;
    }
    return shares;
  }
}
