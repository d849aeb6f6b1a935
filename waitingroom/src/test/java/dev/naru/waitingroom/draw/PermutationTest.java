package dev.naru.waitingroom.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {
  /// A seed for the n-th trial: the trials are the same in each run, so the tests never flicker.
  private static byte[] seed(long n) {
    return ByteBuffer.allocate(32).putLong(n).array();
  }

  private static void assertEveryPlaceOnce(long size, LongUnaryOperator permutation) {
    BitSet seen = new BitSet();
    for (long i = 0; i < size; i++) {
      long place = permutation.applyAsLong(i);
      assertThat(place).isBetween(0L, size - 1);
      assertThat(seen.get((int) place)).as("place %d twice", place).isFalse();
      seen.set((int) place);
    }
  }

  @Property(tries = 300)
  void everyPlaceIsGivenOnce(@ForAll @LongRange(min = 0) long seed, @ForAll @IntRange int size) {
    int people = size % 5_000 + 1;
    assertEveryPlaceOnce(people, new Permutation(seed(seed), people)::apply);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 7, 9, 16, 17, 97, 256, 1_024, 1_025, 65_536, 1_000_003})
  void everyPlaceIsGivenOnceAtTheEdges(long size) {
    assertEveryPlaceOnce(size, new Permutation(seed(size), size)::apply);
  }

  @Test
  void moreThanTheLargestDrawIsRefused() {
    assertThatThrownBy(() -> new Permutation(seed(1), Permutation.LARGEST + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNumberBeyondTheLobbyHasNoDrawnPlace() {
    Permutation permutation = new Permutation(seed(1), 10);
    assertThatThrownBy(() -> permutation.apply(10)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> permutation.apply(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  /// Pearson's statistic over equally likely cells, in standard deviations from its mean.
  private static double deviation(long[] counts) {
    double expected = LongStream.of(counts).sum() / (double) counts.length;
    double chi = 0;
    for (long count : counts) {
      chi += (count - expected) * (count - expected) / expected;
    }
    double freedom = counts.length - 1.0;
    return (chi - freedom) / Math.sqrt(2 * freedom);
  }

  /// How often the person with each number gets each place, over many seeds.
  private static double deviationOfPlaces(int size, int seeds, boolean biased) {
    long[] counts = new long[size * size];
    for (int trial = 0; trial < seeds; trial++) {
      Permutation permutation = new Permutation(seed(trial), size);
      for (int i = 0; i < size; i++) {
        long place = permutation.apply(i);
        // The control: one person in a hundred draws has their place improved by one.
        long shown = biased && i == 0 && trial % 100 < 10 && place > 0 ? place - 1 : place;
        counts[i * size + (int) shown]++;
      }
    }
    return deviation(counts);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 37})
  void everybodyGetsEveryPlaceEquallyOften(int size) {
    assertThat(deviationOfPlaces(size, 4_000, false)).isBetween(-4.0, 4.0);
  }

  @Test
  void aPlantedBiasIsFound() {
    assertThat(deviationOfPlaces(3, 4_000, true)).isGreaterThan(4.0);
  }

  private static double deviationOfOrders(int size, int rounds, int seeds) {
    Map<List<Long>, Long> orders = new HashMap<>();
    for (int trial = 0; trial < seeds; trial++) {
      Permutation permutation = new Permutation(seed(trial), size, rounds);
      orders.merge(
          LongStream.range(0, size).map(permutation::apply).boxed().toList(), 1L, Long::sum);
    }
    int possible = (int) LongStream.rangeClosed(1, size).reduce(1, (a, b) -> a * b);
    long[] counts = new long[possible];
    int next = 0;
    for (long count : orders.values()) {
      counts[next++] = count;
    }
    return deviation(counts);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void allOrdersOfAFewPeopleAreEquallyLikely(int size) {
    assertThat(deviationOfOrders(size, Permutation.ROUNDS, 20_000)).isBetween(-4.0, 4.0);
  }

  @Test
  void tooFewRoundsWouldBeFound() {
    assertThat(deviationOfOrders(4, 4, 20_000)).isGreaterThan(4.0);
  }
}
