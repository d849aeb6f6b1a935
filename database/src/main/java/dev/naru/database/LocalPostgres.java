package dev.naru.database;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.OperatingSystemMXBean;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A real PostgreSQL server in a folder of ours, for those who bring none.
///
/// The library that unpacks and starts it is made for tests: it turns `fsync` off and lets
/// everybody in. Both are put right here, and [Database] checks the first. A server that outlived a
/// killed Naru is stopped cleanly and started again, what is left of a killed one is ended
/// ([Remains]); one that belongs to a running Naru is joined. One that ends by itself is started
/// again ([PostgresWatch]).
public final class LocalPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalPostgres.class);

  /// Crash recovery of 1.5 GB of log took 5 to 12 s, 3.6 GB took 33 s (design, booking engine).
  private static final String MAX_WAL_SIZE = "1536MB";

  /// Log files are used again instead of being made, zeroed and flushed anew when the rush comes.
  private static final String MIN_WAL_SIZE = "1GB";

  /// Whenever a table has grown by a tenth, PostgreSQL samples 300 times as many rows and sorts
  /// each column. With its own 100 that kept a processor busy for 1.4 s a minute while people
  /// booked; no plan of Naru needs to know that much (adr/0050).
  private static final String STATISTICS_TARGET = "10";

  /// Initialising and crash recovery on a slow disk; the library's own limit is 10 s.
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  /// A start that fails can find the port taken, or on some systems [Remains] that nobody sees.
  private static final int TRIES = 3;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /// The library holds a lock on it as long as it lives.
  private static final String LOCK = "epg-lock";

  private static final String ACCESS =
      """
      # Written by Naru: nobody enters without the password in ../postgres.password.
      local all all               scram-sha-256
      host  all all 127.0.0.1/32  scram-sha-256
      host  all all ::1/128       scram-sha-256
      """;

  private final int port;
  private final String password;

  /// Null when the server belongs to another process.
  private final @Nullable Own own;

  private record Own(EmbeddedPostgres server, PostgresWatch watch) {}

  private LocalPostgres(int port, String password, @Nullable Own own) {
    this.port = port;
    this.password = password;
    this.own = own;
  }

  /// Starts the server of a folder, or joins it when a running Naru has started it.
  ///
  /// @param folder made when it is missing; the server's files go into `postgres` below it
  /// @throws IllegalStateException when the server does not start; the message says what to look at
  public static LocalPostgres open(Path folder) {
    try {
      Files.createDirectories(folder);
      Path data = folder.resolve("postgres");
      String password = password(folder.resolve("postgres.password"));
      Optional<Postmaster> running = Postmaster.of(data);
      if (running.isPresent() && isHeld(data)) {
        return new LocalPostgres(running.get().port(), password, null);
      }
      EmbeddedPostgres server = start(data, password);
      requirePassword(server, data, password);
      PostgresWatch watch = PostgresWatch.over(data, START_LIMIT);
      return new LocalPostgres(server.getPort(), password, new Own(server, watch));
    } catch (IOException e) {
      throw new IllegalStateException(
          "PostgreSQL in " + folder + " did not start: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PostgreSQL started", e);
    }
  }

  private static EmbeddedPostgres start(Path data, String password)
      throws IOException, InterruptedException {
    for (int tries = 1; ; tries++) {
      clear(data);
      int port = freePort();
      StartWatch watch = StartWatch.over(data, port);
      EmbeddedPostgres server;
      boolean failed;
      try {
        server = start(data, password, port);
      } finally {
        failed = watch.end();
      }
      if (!failed) {
        return server;
      }
      server.close();
      if (tries == TRIES) {
        throw new IOException(
            "the server ended while it started, "
                + TRIES
                + " times; this shows why: "
                + watch.byHand());
      }
      LOG.warn("PostgreSQL ended while it started; it is started again");
      Thread.sleep(PAUSE);
    }
  }

  /// Ends whatever a killed program has left running on the folder.
  private static void clear(Path data) throws IOException, InterruptedException {
    if (Files.exists(data.resolve(LOCK)) && isHeld(data)) {
      throw new IOException("another program is starting it; try again in a moment");
    }
    Remains.end(data);
    Optional<Postmaster> running = Postmaster.of(data);
    if (running.isPresent()) {
      LOG.info("Stopping the PostgreSQL that outlived a killed Naru");
      running.get().stop();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static EmbeddedPostgres start(Path data, String password, int port) throws IOException {
    try {
      return EmbeddedPostgres.builder()
          .setPort(port)
          .setDataDirectory(data)
          .setCleanDataDirectory(false)
          .setRegisterShutdownHook(false)
          .setPGStartupWait(START_LIMIT)
          .setConnectConfig("password", password)
          .setLocaleConfig("locale", "C.UTF-8")
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("full_page_writes", "on")
          .setServerConfig("max_connections", "60")
          .setServerConfig("max_wal_size", MAX_WAL_SIZE)
          .setServerConfig("shared_buffers", sharedBuffersMegabytes() + "MB")
          .setServerConfig("min_wal_size", MIN_WAL_SIZE)
          .setServerConfig("jit", "off")
          .setServerConfig("default_statistics_target", STATISTICS_TARGET)
          .setServerConfig("listen_addresses", "127.0.0.1")
          .setServerConfig("unix_socket_directories", "")
          .start();
    } catch (RuntimeException e) {
      throw new IOException(
          "the server in " + data + " could not be started (is the folder writable?)", e);
    }
  }

  /// A twelfth of the memory: with 7.2 million slots, 2 GB instead of 512 MB saved the database a
  /// tenth of its processor time (docs/performance.md). At least 256 MB, at most 2 GB.
  private static long sharedBuffersMegabytes() {
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return Math.clamp(machine.getTotalMemorySize() / 12 / 1_048_576, 256, 2048);
  }

  private static void requirePassword(EmbeddedPostgres server, Path data, String password)
      throws IOException {
    Path access = data.resolve("pg_hba.conf");
    if (Files.readString(access).equals(ACCESS)) {
      return;
    }
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER USER postgres PASSWORD '" + password + "'");
      Path draft = Files.writeString(data.resolve("pg_hba.conf.new"), ACCESS);
      Files.move(draft, access, StandardCopyOption.ATOMIC_MOVE);
      statement.execute("SELECT pg_reload_conf()");
    } catch (SQLException e) {
      throw new IOException("the password could not be set", e);
    }
  }

  private static String password(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      Path draft =
          Files.createTempFile(
              file.toAbsolutePath().getParent(),
              "password",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(draft, HexFormat.of().formatHex(random));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file, US_ASCII).strip();
  }

  /// Whether a live process holds the library's lock on the folder.
  private static boolean isHeld(Path data) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(data.resolve(LOCK).toFile(), "rw");
        FileLock lock = file.getChannel().tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  /// Opens a database on this server, making it when it is missing.
  ///
  /// @param name lower case letters, digits and underscores
  public Database database(String name) {
    try (Connection connection =
            DriverManager.getConnection(url("postgres"), "postgres", password);
        Statement statement = connection.createStatement()) {
      boolean exists =
          statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + name + "'").next();
      if (!exists) {
        statement.execute("CREATE DATABASE " + checked(name));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("database " + name + " cannot be opened", e);
    }
    return Database.connect(url(name), "postgres", password);
  }

  /// Opens an empty database on this server; what was in one of that name is gone.
  public Database emptyDatabase(String name) {
    try (Connection connection =
            DriverManager.getConnection(url("postgres"), "postgres", password);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + checked(name) + " WITH (FORCE)");
    } catch (SQLException e) {
      throw new IllegalStateException("database " + name + " cannot be emptied", e);
    }
    return database(name);
  }

  private static String checked(String name) {
    if (!name.matches("[a-z][a-z0-9_]{0,40}")) {
      throw new IllegalArgumentException("not a database name: " + name);
    }
    return name;
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /// Stops the server cleanly if it is ours.
  @Override
  public void close() {
    if (own != null) {
      own.watch().close();
      try {
        own.server().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
