package dev.naru.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Bypass B15: nothing fails open.
@ExtendWith(SharedNaru.class)
class OutageTest {
  private static final String OPEN_DOORS = "SELECT count(*) FROM waitingroom.admission";

  /// Longer than the status takes to notice (3 s) and than the pool waits (5 s);
  /// `NARU_OUTAGE_SECONDS=60` for a long one.
  private static final Duration OUTAGE =
      Duration.ofSeconds(Long.parseLong(System.getenv().getOrDefault("NARU_OUTAGE_SECONDS", "8")));

  /// The status says so after 3 s; a machine under load gets twice as long.
  private static final Duration NOTICED = Duration.ofSeconds(6);

  @Test
  void withoutItsDatabaseNobodyGetsInAndNobodyLosesAPlace(NaruProcess naru) throws Exception {
    Citizen called = Citizen.anybody(naru.uri(), SharedNaru.OPEN);
    called.verify().must(200);
    String number = called.join().must(200).text("number");
    Citizen verified = Citizen.anybody(naru.uri(), SharedNaru.OPEN);
    verified.verify().must(200);
    Citizen admitted = Citizen.anybody(naru.uri(), SharedNaru.OPEN).admitted();
    String slot = admitted.freeSlots(1).getFirst();
    UUID id = UUID.randomUUID();
    long before = Books.of(naru).number(OPEN_DOORS);

    List<ProcessHandle> database = database(naru);
    signal("STOP", database);
    List<CompletableFuture<Answer>> asked = new ArrayList<>();
    try {
      asked.add(CompletableFuture.supplyAsync(called::admission));
      asked.add(CompletableFuture.supplyAsync(verified::join));
      asked.add(admitted.bookAsync(id, slot));
      long since = System.nanoTime();
      String asOf = called.status().must(200).text("asOf");
      long serving = called.status().body().path("serving").asLong();
      while (System.nanoTime() - since < OUTAGE.toNanos()) {
        NaruProcess.pause(Duration.ofMillis(500));
        Answer status = called.status().must(200);
        assertThat(status.body().path("serving").asLong()).as("the line stands").isEqualTo(serving);
        if (System.nanoTime() - since > NOTICED.toNanos()) {
          assertThat(status.body().at("/notice/en").asText())
              .as("since %s", asOf)
              .contains("everybody keeps their place");
        }
      }
      assertThat(asked).as("nobody is let in").noneMatch(OutageTest::hasSucceeded);
    } finally {
      signal("CONT", database);
    }

    asked.forEach(CompletableFuture::join);
    assertThat(called.join().must(200).text("number")).isEqualTo(number);
    called.waitUntilCalled();
    verified.join().must(200);
    assertThat(admitted.book(id, slot).status()).as("the same request again").isIn(200, 201);
    assertThat(admitted.me().must(200).body().path("appointments")).hasSize(1);
    assertThat(Books.of(naru).number(OPEN_DOORS)).isEqualTo(before + 1);
    assertThat(Books.of(naru).faults()).isEmpty();
    awaitNotice(called);
  }

  private static boolean hasSucceeded(CompletableFuture<Answer> asked) {
    return asked.isDone() && asked.join().status() < 300;
  }

  private static void awaitNotice(Citizen citizen) {
    for (int tries = 0; citizen.status().must(200).body().has("notice"); tries++) {
      assertThat(tries).as("the notice goes away").isLessThan(50);
      NaruProcess.pause(Duration.ofMillis(200));
    }
  }

  private static List<ProcessHandle> database(NaruProcess naru) {
    ProcessHandle postmaster = naru.postmaster().orElseThrow();
    return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
  }

  /// Processes of this test's own PostgreSQL only.
  private static void signal(String name, List<ProcessHandle> processes)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(process -> command.add(String.valueOf(process.pid())));
    new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
