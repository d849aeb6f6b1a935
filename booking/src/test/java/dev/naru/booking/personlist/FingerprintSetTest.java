package dev.naru.booking.personlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FingerprintSetTest {
  private static FingerprintSet of(Set<Long> fingerprints) {
    return new FingerprintSet(
        new TreeSet<>(fingerprints).stream().mapToLong(Long::longValue).toArray());
  }

  @Property(tries = 500)
  void itHasWhatWasPutInAndNothingElse(
      @ForAll Set<Long> fingerprints, @ForAll List<Long> questions) {
    FingerprintSet set = of(fingerprints);
    assertThat(set.size()).isEqualTo(fingerprints.size());
    assertThat(fingerprints).allMatch(set::contains);
    for (long question : questions) {
      assertThat(set.contains(question)).isEqualTo(fingerprints.contains(question));
    }
  }

  @Test
  void theEndsOfTheNumbersAreInOrderToo() {
    FingerprintSet set = of(Set.of(Long.MIN_VALUE, -1L, 0L, 1L, Long.MAX_VALUE));
    for (long there : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
      assertThat(set.contains(there)).isTrue();
    }
    for (long not : new long[] {Long.MIN_VALUE + 1, -2, 2, Long.MAX_VALUE - 1}) {
      assertThat(set.contains(not)).isFalse();
    }
  }

  @Test
  void aHundredThousandTakeTenBytesEach() {
    Random random = new Random(4);
    Set<Long> many = new TreeSet<>();
    while (many.size() < 100_000) {
      many.add(random.nextLong());
    }
    FingerprintSet set = of(many);
    assertThat(many).allMatch(set::contains);
    assertThat(random.longs(100_000).filter(set::contains)).isEmpty();
    assertThat(set.bytes()).isLessThan(1_000_000);
  }

  @Test
  void anEmptySetHasNobody() {
    assertThat(of(Set.of()).contains(0)).isFalse();
  }

  @Test
  void whatIsOutOfOrderIsRefused() {
    assertThatThrownBy(() -> new FingerprintSet(new long[] {1, 3, 2}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FingerprintSet(new long[] {1, 1}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
