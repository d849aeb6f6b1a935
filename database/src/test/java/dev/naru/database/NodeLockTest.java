package dev.naru.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.database.valkey.TestValkey;
import dev.naru.database.valkey.Valkey;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Nodes on a real database, with real Valkeys.
final class NodeLockTest {
  private static final TestValkey SERVER = TestValkey.start();
  private static final TestValkey ELSEWHERE = TestValkey.start();
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String TERMINATE =
      """
      SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'naru node'
      """;

  private final Database database = TestPostgres.with();
  private final Valkey shared = Valkey.connect(SERVER.address());
  private final Valkey other = Valkey.connect(ELSEWHERE.address());

  @AfterEach
  void closeAll() {
    empty(shared);
    empty(other);
    shared.close();
    other.close();
    database.close();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
    ELSEWHERE.close();
  }

  private static void empty(Valkey valkey) {
    valkey.send(Request.cmd(Command.FLUSHALL)).join();
  }

  private NodeLock taken(@Nullable Valkey valkey) {
    return NodeLock.take(database, valkey, () -> {});
  }

  private void isRefused(@Nullable Valkey valkey, String why) {
    assertThatThrownBy(() -> taken(valkey).close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("same --valkey");
  }

  private static void until(BooleanSupplier holds) {
    long since = System.nanoTime();
    while (!holds.getAsBoolean()) {
      assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(LIMIT);
      Thread.onSpinWait();
    }
  }

  /// @return the number in the last row; 0 when there is none
  private int ask(String query) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      int last = 0;
      while (row.next()) {
        last = row.getInt(1);
      }
      return last;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The server's process that holds the lock of a node.
  private int holder() {
    return ask(
        """
        SELECT pid FROM pg_locks JOIN pg_database d ON d.oid = database
        WHERE locktype = 'advisory' AND objid = 0 AND granted AND datname = current_database()
        """);
  }

  /// Asked once for both: between two questions the old holder can go and no new one be there yet.
  private static boolean isAnother(int holder, int before) {
    return holder != 0 && holder != before;
  }

  @Test
  void aNodeAloneKeepsAllOthersAwayUntilItEnds() {
    try (NodeLock alone = taken(null)) {
      assertThat(alone).isNotNull();
      isRefused(null, "another node runs");
      isRefused(shared, "a node without --valkey runs");
    }
    taken(shared).close();
    taken(null).close();
  }

  @Test
  void nodesThatShareAValkeyRunTogetherAndKeepOthersAway() {
    try (NodeLock first = taken(shared);
        NodeLock second = taken(Valkey.connect(SERVER.address()))) {
      assertThat(first).isNotSameAs(second);
      isRefused(null, "another node runs");
      isRefused(other, "another Valkey");
    }
    taken(other).close();
  }

  @Test
  void aValkeyThatHasServedBeforeIsAnotherToo() {
    taken(other).close();
    try (NodeLock first = taken(shared)) {
      assertThat(first).isNotNull();
      isRefused(other, "another Valkey");
    }
  }

  @Test
  void anotherDatabaseIsAnotherInstallation() {
    try (NodeLock here = taken(null);
        Database elsewhere = TestPostgres.with();
        NodeLock there = NodeLock.take(elsewhere, null, () -> {})) {
      assertThat(here).isNotSameAs(there);
    }
  }

  @Test
  void aValkeyThatComesBackEmptyIsKnownAgain() {
    try (NodeLock first = taken(shared)) {
      assertThat(first).isNotNull();
      int mark = shared.mark(0).join();
      empty(shared);
      until(() -> shared.mark(0).join() == mark);
      taken(shared).close();
    }
  }

  @Test
  void aLockThatWentWithItsConnectionIsTakenAgain() {
    try (NodeLock alone = taken(null)) {
      assertThat(alone).isNotNull();
      int before = holder();
      ask(TERMINATE);
      until(() -> isAnother(holder(), before));
      isRefused(null, "another node runs");
    }
  }

  @Test
  void aNodeWhoseLockAnotherHasTakenIsToldToEnd() throws Exception {
    CompletableFuture<Boolean> told = new CompletableFuture<>();
    try (NodeLock alone = NodeLock.take(database, null, () -> told.complete(true));
        Connection thief = database.dataSource().getConnection();
        Statement statement = thief.createStatement()) {
      assertThat(alone).isNotNull();
      CompletableFuture<Boolean> waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return statement.execute("SELECT pg_advisory_lock(%d, 0)".formatted(0x6E617275));
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      until(
          () ->
              ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                  == 1);
      ask(TERMINATE);
      assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(told.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
