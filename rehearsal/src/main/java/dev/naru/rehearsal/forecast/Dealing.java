package dev.naru.rehearsal.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Deals digits to days so that the busiest day has as few people as possible. Ten digits can be
/// divided in 42,525 ways at most, so all of them are tried.
final class Dealing {
  private final long[] byDigit;
  private final long[] people;
  private final int[] dayOf;
  private int[] best = new int[0];
  private long busiest = Long.MAX_VALUE;

  private Dealing(long[] byDigit, int days) {
    this.byDigit = byDigit;
    this.people = new long[days];
    this.dayOf = new int[byDigit.length];
  }

  /// @param byDigit people of each digit
  /// @param days at most as many as digits
  /// @return the digits of each day, ascending; days in the order of their first digit
  static List<List<Integer>> of(long[] byDigit, int days) {
    Dealing dealing = new Dealing(byDigit, days);
    dealing.deal(0, 0);
    List<List<Integer>> dealt = new ArrayList<>();
    IntStream.range(0, days).forEach(day -> dealt.add(new ArrayList<>()));
    for (int digit = 0; digit < byDigit.length; digit++) {
      dealt.get(dealing.best[digit]).add(digit);
    }
    return dealt;
  }

  /// @param begun days that have a digit; which of the empty ones comes next makes no difference
  private void deal(int digit, int begun) {
    if (digit == byDigit.length) {
      busiest = Arrays.stream(people).max().orElse(0);
      best = dayOf.clone();
      return;
    }
    boolean emptyDaysNeedTheRest = people.length - begun == byDigit.length - digit;
    for (int day = emptyDaysNeedTheRest ? begun : 0;
        day < Math.min(begun + 1, people.length);
        day++) {
      people[day] += byDigit[digit];
      dayOf[digit] = day;
      if (people[day] < busiest) {
        deal(digit + 1, Math.max(begun, day + 1));
      }
      people[day] -= byDigit[digit];
    }
  }
}
