package dev.naru.bench.booking;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.naru.bench.Folder;
import dev.naru.database.Database;
import dev.naru.database.LocalPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// A real PostgreSQL with the product's schema and settings, and many slots.
final class BenchDatabase implements AutoCloseable {
  private static final String[] DURABLE = {"fsync", "synchronous_commit", "full_page_writes"};
  private static final String[] TOLD = {"shared_buffers", "max_wal_size", "wal_sync_method"};

  private final Folder folder;
  private final int earlier;
  private final LocalPostgres server;
  private final Database database;
  private final HikariDataSource large;

  private BenchDatabase(Folder folder, int earlier) {
    this.folder = folder;
    this.earlier = earlier;
    server = LocalPostgres.open(folder.path());
    database = server.database("bench");
    database.migrate("booking");
    for (String setting : DURABLE) {
      if (!database.show(setting).equals("on")) {
        throw new IllegalStateException(setting + " is " + database.show(setting));
      }
    }
    HikariDataSource usual = (HikariDataSource) database.dataSource();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(usual.getJdbcUrl());
    config.setUsername(usual.getUsername());
    config.setPassword(usual.getPassword());
    config.setConnectionInitSql(usual.getConnectionInitSql());
    config.setMaximumPoolSize(20);
    config.setMinimumIdle(0);
    large = new HikariDataSource(config);
  }

  /// Opens a database that has exactly this many slots.
  ///
  /// @param folder where it stays; null for one that goes when it is closed
  /// @param earlier appointments of an earlier campaign that stay whatever is emptied
  static BenchDatabase open(@Nullable Path folder, int slots, int earlier) {
    BenchDatabase opened = new BenchDatabase(Folder.open(folder), earlier);
    if (opened.number("SELECT count(*) FROM booking.slot") != slots) {
      opened.fill(slots);
    }
    return opened;
  }

  private void fill(int slots) {
    execute("TRUNCATE booking.slot RESTART IDENTITY");
    execute(
        """
        INSERT INTO booking.slot (campaign, product, site, starts_at, capacity, share_offset)
        SELECT 1, 0, n / %d, '2026-01-01'::timestamptz + n %% %d * interval '30 minutes',
               CASE WHEN n <= %d THEN %d ELSE 5 END, 0
          FROM generate_series(1, %d) AS n
        """
            .formatted(
                Shape.SLOTS_A_SITE, Shape.SLOTS_A_SITE, Shape.LARGE, Shape.LARGE_CAPACITY, slots));
    execute("VACUUM ANALYZE booking.slot");
  }

  /// Fills the tables of what people reserve and do on a day, so that looking somebody up costs
  /// what it costs on a busy one. Nobody who books is among them, and no counter is touched.
  void reserve(int people, LocalDate day) {
    execute("TRUNCATE booking.held, booking.person_day, booking.waitlist, booking.waitlist_site");
    String person = "sha256(n::text::bytea)";
    String from = " FROM generate_series(1, " + people + ") AS n";
    execute(
        "INSERT INTO booking.held (id, campaign, slot, kind, person, until)"
            + " SELECT gen_random_uuid(), 1, n, 2, %s, '2100-01-01'".formatted(person)
            + from);
    execute(
        "INSERT INTO booking.person_day (person, campaign, day, changes, holds)"
            + " SELECT %s, 1, '%s', 1, 1".formatted(person, day)
            + from);
    execute(
        "INSERT INTO booking.waitlist"
            + " (person, campaign, line, place, cohort, sites, from_day, to_day, joined)"
            + " SELECT %s, 1, 0, n, 0, ARRAY[1], '2026-01-01', '2026-02-01', now()"
                .formatted(person)
            + from);
    execute(
        "INSERT INTO booking.waitlist_site (campaign, site, line, place, person)"
            + " SELECT campaign, 1, line, place, person FROM booking.waitlist");
    execute("VACUUM ANALYZE booking.held, booking.person_day, booking.waitlist");
  }

  /// What a reader has to know of the server.
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("postgresql", database.show("server_version"));
    Stream.concat(Stream.of(DURABLE), Stream.of(TOLD))
        .forEach(setting -> settings.put(setting, database.show(setting)));
    return settings;
  }

  /// What a durable commit takes when nothing else goes on.
  double commitMillis() {
    execute("CREATE TABLE IF NOT EXISTS booking.commit_probe (n int)");
    long began = System.nanoTime();
    int commits = 50;
    for (int i = 0; i < commits; i++) {
      execute("INSERT INTO booking.commit_probe VALUES (1)");
    }
    return (System.nanoTime() - began) / 1e6 / commits;
  }

  /// How many transactions PostgreSQL broke off because they waited for each other.
  long deadlocks() {
    return number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
  }

  /// As the product's.
  DataSource pool() {
    return database.dataSource();
  }

  /// Up to twenty connections.
  DataSource largePool() {
    return large;
  }

  void empty() {
    execute("TRUNCATE booking.appointment, booking.appointment_event");
    execute(
        """
        INSERT INTO booking.appointment
          (id, campaign, person, dose, slot, asked_slot, admitted_session, admitted_until,
           booked_at, changed_at)
        SELECT gen_random_uuid(), 2, sha256(n::text::bytea), 1, n, n, gen_random_uuid(), now(),
               now(), now()
          FROM generate_series(1, %d) AS n
        """
            .formatted(earlier));
    execute("UPDATE booking.slot SET booked = 0 WHERE booked > 0");
    execute("VACUUM ANALYZE booking.slot");
    execute("CHECKPOINT");
  }

  long wal() {
    return number("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint");
  }

  long booked() {
    return number("SELECT sum(booked) FROM booking.slot");
  }

  long rows() {
    return number("SELECT count(*) FROM booking.appointment WHERE campaign = 1");
  }

  /// Processor time of all the server's processes that live.
  Duration cpu() {
    ProcessHandle backend = ProcessHandle.of(number("SELECT pg_backend_pid()")).orElseThrow();
    return backend
        .parent()
        .orElseThrow()
        .children()
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private void execute(String sql) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long number(String sql) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    large.close();
    database.close();
    server.close();
    folder.close();
  }
}
