package dev.naru.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresTest {
  @Test
  void theServerIsDurableAndItsSchemaIsMigrated() throws SQLException {
    try (Database database = TestPostgres.with("example")) {
      assertThat(database.show("fsync")).isEqualTo("on");
      assertThat(database.show("synchronous_commit")).isEqualTo("on");
      database.migrate("example");
      try (Connection connection = database.dataSource().getConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT count(*) FROM example.example")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getInt(1)).isZero();
      }
    }
  }

  @Test
  void aDatabaseThatCouldLoseDataIsRefused(@TempDir Path folder) throws SQLException {
    try (LocalPostgres server = LocalPostgres.open(folder)) {
      try (Database database = server.database("careless");
          Connection connection = database.dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("ALTER DATABASE careless SET synchronous_commit = off");
      }
      assertThatThrownBy(() -> server.database("careless"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("synchronous_commit=off");
    }
  }

  @Test
  void oneProcessAnswersHoweverManyRowsAreExpected() throws SQLException {
    try (Database database = TestPostgres.with();
        Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE many AS SELECT n FROM generate_series(1, 500000) AS n");
      statement.execute("ANALYZE many");
      assertThat(plan(statement)).doesNotContain("Workers Planned");
      statement.execute("SET max_parallel_workers_per_gather = 2");
      assertThat(plan(statement)).as("as PostgreSQL would").contains("Workers Planned");
    }
  }

  @Test
  void aTableIsAnalysedFromASmallSample() throws SQLException {
    try (Database database = TestPostgres.with();
        Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE many AS SELECT n FROM generate_series(1, 50000) AS n");
      statement.execute("ANALYZE many");
      assertThat(ranges(statement)).isEqualTo(10);
      statement.execute("SET default_statistics_target = 100");
      statement.execute("ANALYZE many");
      assertThat(ranges(statement)).as("as PostgreSQL would").isEqualTo(100);
    }
  }

  /// How many ranges the values of `many` were divided into; a sample has 300 rows for each.
  private static int ranges(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT cardinality(histogram_bounds::text::int[]) - 1 FROM pg_stats"
                + " WHERE tablename = 'many'")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static String plan(Statement statement) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (ResultSet line = statement.executeQuery("EXPLAIN SELECT count(*) FROM many")) {
      while (line.next()) {
        plan.append(line.getString(1)).append('\n');
      }
    }
    return plan.toString();
  }

  @Test
  void whatWasWrittenIsThereAfterARestartAndNobodyEntersWithoutThePassword(@TempDir Path folder)
      throws Exception {
    int port;
    try (LocalPostgres server = LocalPostgres.open(folder);
        Database database = server.database("naru");
        Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE kept (id int)");
      statement.execute("INSERT INTO kept VALUES (1)");
      port = Integer.parseInt(database.show("port"));
      assertThatThrownBy(
              () ->
                  DriverManager.getConnection(
                      "jdbc:postgresql://127.0.0.1:" + port + "/naru", "postgres", "wrong"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password");
      try (LocalPostgres joined = LocalPostgres.open(folder);
          Database same = joined.database("naru")) {
        assertThat(same.show("port")).isEqualTo(String.valueOf(port));
      }
    }
    try (LocalPostgres server = LocalPostgres.open(folder);
        Database database = server.database("naru");
        Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT id FROM kept")) {
      assertThat(row.next()).isTrue();
    }
    assertThat(Files.getPosixFilePermissions(folder.resolve("postgres.password"))).hasSize(2);
  }

  @Test
  void aServerThatIsKilledIsStartedAgainWithAllThatWasCommitted(@TempDir Path folder)
      throws Exception {
    try (LocalPostgres server = LocalPostgres.open(folder);
        Database database = server.database("naru")) {
      patiently(database, "CREATE TABLE kept (id int PRIMARY KEY)");
      ProcessHandle running = another(folder, ProcessHandle.current());
      for (int id = 1; id <= 2; id++) {
        patiently(database, "INSERT INTO kept VALUES (" + id + ")");
        running.destroyForcibly();
        running = another(folder, running);
        patiently(database, "DELETE FROM kept WHERE id = " + id);
        patiently(database, "INSERT INTO kept VALUES (" + id + ")");
      }
    }
    assertThat(Postmaster.of(folder.resolve("postgres"))).as("nothing is left running").isEmpty();
  }

  /// The process of a server that is not the given one. A killed server's connections may answer a
  /// moment longer.
  private static ProcessHandle another(Path folder, ProcessHandle old) throws Exception {
    long since = System.nanoTime();
    while (true) {
      Optional<ProcessHandle> now =
          Postmaster.of(folder.resolve("postgres")).map(Postmaster::process);
      if (now.isPresent() && !now.get().equals(old)) {
        return now.get();
      }
      assertThat(System.nanoTime() - since).as("away for too long").isLessThan(60_000_000_000L);
      Thread.sleep(10);
    }
  }

  /// Until it answers again, one row is changed. Connections that died meanwhile are found out by
  /// using them.
  private static void patiently(Database database, String sql) throws InterruptedException {
    long since = System.nanoTime();
    while (true) {
      try (Connection connection = database.dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        int rows = statement.executeUpdate(sql);
        assertThat(rows).isEqualTo(sql.startsWith("CREATE") ? 0 : 1);
        return;
      } catch (SQLException e) {
        assertThat(System.nanoTime() - since).as("away for too long").isLessThan(60_000_000_000L);
        Thread.sleep(50);
      }
    }
  }
}
