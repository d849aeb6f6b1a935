package dev.naru.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// A PostgreSQL to keep a nation's bookings in: a pool of connections to it, and its migrations.
///
/// A database that could lose an acknowledged booking is refused at the door: `fsync`,
/// `full_page_writes` and `synchronous_commit` have to be on.
public final class Database implements AutoCloseable {
  /// More connections were slower on two cores, fewer starved the console (design, "findings").
  private static final int POOL = 12;

  /// Nothing that is asked is large, but PostgreSQL cannot guess how many rows come after a
  /// transaction: to read ten new rows of the outbox it started two processes, many times a second.
  private static final String ONE_PROCESS = "SET max_parallel_workers_per_gather = 0";

  /// Else the server would not miss a machine that has lost its power for hours, and the slots or
  /// the node that it had locked would stay locked. This way it takes eleven seconds.
  static final String MISSED_SOON =
      "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3";

  private final HikariDataSource pool;

  private Database(HikariDataSource pool) {
    this.pool = pool;
  }

  /// Connects to a running server.
  ///
  /// @param url `jdbc:postgresql://host:port/database`
  /// @throws IllegalStateException when it cannot be reached or could lose data; the message says
  ///   why
  public static Database connect(String url, String user, String password) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setPoolName("naru");
    config.setMaximumPoolSize(POOL);
    config.setConnectionTimeout(2_000);
    config.setInitializationFailTimeout(10_000);
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("ApplicationName", "naru");
    config.setConnectionInitSql(ONE_PROCESS + "; " + MISSED_SOON);
    Database database = new Database(open(config, url));
    database.refuseIfItCouldLoseData();
    return database;
  }

  private static HikariDataSource open(HikariConfig config, String url) {
    try {
      return new HikariDataSource(config);
    } catch (RuntimeException e) {
      String where = url.startsWith("jdbc:") ? URI.create(url.substring(5)).getAuthority() : url;
      throw new IllegalStateException(
          "PostgreSQL at " + where + " cannot be reached: " + rootMessage(e), e);
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable cause = e.getCause();
    return cause == null ? String.valueOf(e.getMessage()) : rootMessage(cause);
  }

  private void refuseIfItCouldLoseData() {
    for (String setting : new String[] {"fsync", "full_page_writes", "synchronous_commit"}) {
      String value = show(setting);
      if (value.equals("off")) {
        close();
        throw new IllegalStateException(
            "PostgreSQL runs with "
                + setting
                + "=off and could lose acknowledged bookings; turn it on");
      }
    }
  }

  /// The value of a server setting.
  public String show(String setting) {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT current_setting('" + setting.replace("'", "''") + "')")) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL does not answer", e);
    }
  }

  /// Whether it answers within two seconds.
  public boolean answers() {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid(2);
    } catch (SQLException e) {
      return false;
    }
  }

  /// Brings a station's schema up to date. Safe to call again and from several nodes at once.
  ///
  /// @param station name of its schema; its migrations are on the class path under `db/<station>`
  public void migrate(String station) {
    Flyway.configure(Database.class.getClassLoader())
        .dataSource(pool)
        .schemas(station)
        .defaultSchema(station)
        .locations("classpath:db/" + station)
        .load()
        .migrate();
  }

  /// A connection of its own, beside the pool; the caller closes it.
  Connection connection() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", pool.getUsername());
    properties.setProperty("password", pool.getPassword());
    properties.setProperty("ApplicationName", "naru node");
    properties.setProperty("loginTimeout", "2");
    properties.setProperty("socketTimeout", "5");
    return DriverManager.getConnection(pool.getJdbcUrl(), properties);
  }

  /// The pool.
  public DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }
}
