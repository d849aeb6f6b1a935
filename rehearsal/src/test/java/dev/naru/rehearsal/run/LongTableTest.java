package dev.naru.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LongTableTest {
  @Test
  void itCountsAsAMapDoes() {
    LongTable table = new LongTable();
    Map<UUID, Integer> map = new HashMap<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      UUID key = new UUID(random.nextInt(3), random.nextInt(4_000));
      int more = random.nextInt(-3, 4);
      int sum = map.merge(key, more, Integer::sum);
      assertThat(table.add(key.getMostSignificantBits(), key.getLeastSignificantBits(), more))
          .isEqualTo(sum);
    }
    Map<UUID, Integer> seen = new HashMap<>();
    table.forEach((high, low, value) -> seen.put(new UUID(high, low), value));
    assertThat(seen).isEqualTo(map);
    assertThat(table.size()).isEqualTo(map.size());
    assertThat(table.get(9, 9, 42)).isEqualTo(42);
  }
}
