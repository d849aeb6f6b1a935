package dev.naru.database.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class ValkeyTest {
  private static final Script COUNT =
      Script.of("return redis.call('INCRBY', KEYS[1], tonumber(ARGV[1]))");
  private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

  private static CompletableFuture<Response> count(Valkey valkey) {
    return valkey.run(COUNT, List.of(new byte[] {'n', 0, -1}), List.of("1".getBytes(UTF_8)));
  }

  private static long counted(Valkey valkey) {
    return number(count(valkey));
  }

  private static long number(CompletableFuture<Response> answer) {
    return Long.parseLong(answer.join().toString());
  }

  private static void failsSoon(ThrowingCallable ask) {
    long since = System.nanoTime();
    assertThatThrownBy(ask).hasRootCauseInstanceOf(ValkeyAway.class);
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(TWO_SECONDS);
  }

  private static void heals(Valkey valkey) {
    long since = System.nanoTime();
    while (!valkey.answers()) {
      assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void commandsAreAnsweredInTheirOrder() {
    try (TestValkey server = TestValkey.start();
        Valkey valkey = Valkey.connect(server.address(), COUNT)) {
      List<CompletableFuture<Response>> answers = new ArrayList<>();
      for (int i = 0; i < 5_000; i++) {
        answers.add(count(valkey));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(number(answers.get(i))).isEqualTo(i + 1);
      }
    }
  }

  @Test
  void aKilledServerFailsSoonAndHealsWithWhatItAcknowledged() {
    try (TestValkey server = TestValkey.start();
        Valkey valkey = Valkey.connect(server.address(), COUNT)) {
      assertThat(counted(valkey)).isEqualTo(1);
      server.kill();
      failsSoon(() -> counted(valkey));
      assertThat(valkey.answers()).isFalse();

      server.startAgain();
      heals(valkey);
      // The server has forgotten the script, not the number.
      assertThat(counted(valkey)).isEqualTo(2);
    }
  }

  @Test
  void aFrozenServerFailsSoonAndHeals() {
    try (TestValkey server = TestValkey.start();
        Valkey valkey = Valkey.connect(server.address(), COUNT)) {
      assertThat(counted(valkey)).isEqualTo(1);
      server.freeze();
      failsSoon(() -> counted(valkey));
      server.thaw();
      heals(valkey);
      assertThat(counted(valkey)).isBetween(2L, 3L);
    }
  }

  @Test
  void aServerThatForgetsIsRefused() {
    try (TestValkey server = TestValkey.start("--appendonly", "no")) {
      assertThatThrownBy(() -> Valkey.connect(server.address(), COUNT))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("appendonly");
    }
  }

  @Test
  void aServerThatComesBackForgetfulIsNotUsed() throws Exception {
    try (TestValkey server = TestValkey.start();
        Valkey valkey = Valkey.connect(server.address(), COUNT)) {
      server.kill();
      server.startAgain("--appendonly", "no");
      for (int i = 0; i < 20; i++) {
        assertThat(valkey.answers()).isFalse();
        Thread.sleep(50);
      }
      server.kill();
      server.startAgain();
      heals(valkey);
    }
  }

  @Test
  void aPasswordOpensAndWithoutItTheReasonIsSaid() {
    try (TestValkey server =
        TestValkey.start(
            "--appendonly", "yes", "--appendfsync", "always", "--requirepass", "open: sesame/")) {
      try (Valkey valkey = Valkey.connect(ValkeyAddress.of(server.url(), "open: sesame/"), COUNT)) {
        assertThat(counted(valkey)).isEqualTo(1);
      }
      assertThatThrownBy(() -> Valkey.connect(server.address(), TWO_SECONDS, COUNT))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("NOAUTH");
    }
  }

  @Test
  void aMistakeOfOursIsNoOutage() {
    try (TestValkey server = TestValkey.start();
        Valkey valkey = Valkey.connect(server.address(), COUNT)) {
      assertThatThrownBy(() -> valkey.run(COUNT, List.of(), List.of()).join())
          .hasRootCauseInstanceOf(IllegalStateException.class);
      assertThat(valkey.answers()).isTrue();
    }
  }

  @Test
  void noServerIsSaid() {
    ValkeyAddress nowhere = ValkeyAddress.of("redis://127.0.0.1:1", null);
    assertThatThrownBy(() -> Valkey.connect(nowhere, TWO_SECONDS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("127.0.0.1:1 cannot be reached");
  }
}
