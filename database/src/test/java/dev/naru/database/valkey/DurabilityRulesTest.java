package dev.naru.database.valkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.database.valkey.DurabilityRules.Verdict;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DurabilityRulesTest {
  private static final Map<String, String> DURABLE =
      Map.of(
          "appendonly", "yes",
          "appendfsync", "always",
          "maxmemory", "0",
          "maxmemory-policy", "allkeys-lru");

  private static Verdict judged(String... changed) {
    Map<String, String> settings = new HashMap<>(DURABLE);
    for (int i = 0; i < changed.length; i += 2) {
      settings.put(changed[i], changed[i + 1]);
    }
    return DurabilityRules.judge(settings);
  }

  @Test
  void whatIsOnDiskBeforeTheAnswerIsSafe() {
    assertThat(judged()).isInstanceOf(Verdict.Safe.class);
  }

  @Test
  void whatForgetsEverythingIsRefused() {
    assertThat(judged("appendonly", "no")).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void whatNeverFlushesIsRefused() {
    assertThat(judged("appendfsync", "no")).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void whatThrowsDataAwayWhenFullIsRefused() {
    assertThat(judged("maxmemory", "1000000")).isInstanceOf(Verdict.Refused.class);
    assertThat(judged("maxmemory", "1000000", "maxmemory-policy", "noeviction"))
        .isInstanceOf(Verdict.Safe.class);
  }

  @Test
  void whatFlushesEachSecondIsWarnedOf() {
    assertThat(judged("appendfsync", "everysec")).isInstanceOf(Verdict.Risky.class);
  }

  @Test
  void whatTellsNothingIsWarnedOf() {
    assertThat(DurabilityRules.judge(Map.of())).isInstanceOf(Verdict.Risky.class);
  }
}
