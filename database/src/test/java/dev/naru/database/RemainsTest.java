package dev.naru.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RemainsTest {
  private static final int ROUNDS = Integer.getInteger("naru.remains.rounds", 1);
  private static final long MINUTE = 60_000_000_000L;

  @Test
  void aFolderOpensAtOnceAfterProgramAndBusyServerWereKilled(@TempDir Path folder)
      throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Process program = KilledProgram.start(folder);
      server(folder).destroyForcibly();
      program.destroyForcibly().waitFor();
      assertThat(Remains.of(folder.resolve("postgres"))).as("busy when it was killed").isNotEmpty();
      opens(folder, "both killed");

      program = KilledProgram.start(folder);
      server(folder).destroyForcibly();
      while (program.descendants().noneMatch(RemainsTest::isControl)) {
        Thread.sleep(1);
      }
      program.destroyForcibly().waitFor();
      opens(folder, "killed while it was starting its server again");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aServerThatHasEndedAndWasNotFetchedByItsParentKeepsNoneFromStarting(@TempDir Path folder)
      throws Exception {
    LocalPostgres.open(folder).close();
    Process parent = new ProcessBuilder("sh", "-c", "sleep 0.2 & echo $!; exec sleep 600").start();
    try {
      String defunct = parent.inputReader().readLine();
      Path status = Path.of("/proc", defunct, "status");
      while (!Files.readString(status).contains("State:\tZ")) {
        Thread.sleep(5);
      }
      Files.writeString(
          folder.resolve("postgres/postmaster.pid"), defunct + "\n" + folder + "\n0\n1\n");
      opens(folder, "ended, not fetched");
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void aServerThatCannotStartIsNoticedAndItIsSaidHowToSeeWhy(@TempDir Path folder)
      throws Exception {
    LocalPostgres.open(folder).close();
    Files.writeString(
        folder.resolve("postgres/postgresql.conf"), "nonsense = 1\n", StandardOpenOption.APPEND);
    long since = System.nanoTime();
    assertThatThrownBy(() -> LocalPostgres.open(folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ended while it started")
        .hasMessageContaining("/pg_ctl -D " + folder.resolve("postgres"));
    assertThat(System.nanoTime() - since).isLessThan(MINUTE);
  }

  private static ProcessHandle server(Path folder) throws Exception {
    return Postmaster.of(folder.resolve("postgres")).orElseThrow().process();
  }

  private static boolean isControl(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("/pg_ctl");
  }

  private static void opens(Path folder, String after) {
    long since = System.nanoTime();
    try (LocalPostgres server = LocalPostgres.open(folder);
        Database database = server.database("naru")) {
      assertThat(database.show("fsync")).isEqualTo("on");
      long nanos = System.nanoTime() - since;
      System.out.println(after + ": open again after " + nanos / 1_000_000 + " ms");
      assertThat(nanos).as(after).isLessThan(MINUTE);
    }
  }
}
