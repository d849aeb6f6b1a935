package dev.naru.rehearsal.forecast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Deals digits to days: the largest first, each to the day that has the fewest people so far. The
/// busiest day is then at most a digit larger than an even share.
final class Dealing {
  private Dealing() {}

  /// @param byDigit people of each digit
  /// @return the digits of each day, ascending
  static List<List<Integer>> of(long[] byDigit, int days) {
    List<List<Integer>> dealt = new ArrayList<>();
    IntStream.range(0, days).forEach(day -> dealt.add(new ArrayList<>()));
    long[] people = new long[days];
    IntStream.range(0, byDigit.length)
        .boxed()
        .sorted(Comparator.comparingLong((Integer digit) -> -byDigit[digit]))
        .forEach(
            digit -> {
              int least = 0;
              for (int day = 1; day < days; day++) {
                least = people[day] < people[least] ? day : least;
              }
              people[least] += byDigit[digit];
              dealt.get(least).add(digit);
            });
    return dealt.stream().map(day -> day.stream().sorted().toList()).toList();
  }
}
