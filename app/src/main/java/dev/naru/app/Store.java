package dev.naru.app;

import dev.naru.database.Database;
import dev.naru.database.LocalPostgres;
import dev.naru.database.NodeLock;
import dev.naru.database.valkey.Valkey;
import dev.naru.waitingroom.line.LineHome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The database of an installation, opened with every schema in place, the server it runs on if
/// that is ours, and the Valkey that several nodes share if there is one.
public final class Store implements AutoCloseable {
  private static final String NAME = "naru";
  private static final String[] STATIONS = {"identity", "waitingroom", "booking"};

  private final Database database;
  private final @Nullable LocalPostgres server;
  private final @Nullable RandomAccessFile lock;

  private final @Nullable Valkey valkey;
  private final boolean keepsLinesInValkey;
  private @Nullable NodeLock held;

  private Store(
      Database database, @Nullable LocalPostgres server, @Nullable RandomAccessFile lock) {
    this(database, server, lock, null, false);
  }

  private Store(
      Database database,
      @Nullable LocalPostgres server,
      @Nullable RandomAccessFile lock,
      @Nullable Valkey valkey,
      boolean keepsLinesInValkey) {
    this.database = database;
    this.server = server;
    this.lock = lock;
    this.valkey = valkey;
    this.keepsLinesInValkey = keepsLinesInValkey;
  }

  /// The same beside a Valkey, which is closed with it.
  ///
  /// @param keepsLines whether the lines keep there what moves
  public Store beside(Valkey shared, boolean keepsLines) {
    return new Store(database, server, lock, shared, keepsLines);
  }

  /// Keeps nodes away, until it is closed, that would remember sessions elsewhere.
  ///
  /// @param lost called when another node has got hold of it: this one must end
  /// @throws IllegalStateException when such a node runs; the message says what to do
  void hold(Runnable lost) {
    held = NodeLock.take(database, valkey, lost);
  }

  /// Opens the database of a folder, whose server is started.
  ///
  /// @param folder made when it is missing
  /// @param alone whether to refuse when another Naru runs on the folder; otherwise it is joined
  /// @throws IllegalStateException when it cannot be opened; the message says why
  public static Store in(Path folder, boolean alone) {
    RandomAccessFile lock = lock(folder);
    if (lock == null && alone) {
      throw taken(folder);
    }
    return on(LocalPostgres.open(folder), server -> server.database(NAME), lock);
  }

  /// Opens an empty database in a folder; what was in it is gone.
  ///
  /// @throws IllegalStateException when another Naru runs on the folder, or it cannot be opened
  public static Store emptied(Path folder) {
    RandomAccessFile lock = lock(folder);
    if (lock == null) {
      throw taken(folder);
    }
    return on(LocalPostgres.open(folder), server -> server.emptyDatabase(NAME), lock);
  }

  /// A server that cannot be used is not left running.
  private static Store on(
      LocalPostgres server,
      Function<LocalPostgres, Database> database,
      @Nullable RandomAccessFile lock) {
    try {
      return new Store(migrated(database.apply(server)), server, lock);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static IllegalStateException taken(Path folder) {
    return new IllegalStateException(
        "another Naru runs with the data in " + folder + "; stop it, or choose another folder");
  }

  /// Opens an external database.
  ///
  /// @param url `postgresql://host:port/database`, with or without `jdbc:` before it
  public static Store at(String url, String user, String password) {
    String jdbc = url.startsWith("jdbc:") ? url : "jdbc:" + url;
    if (!jdbc.startsWith("jdbc:postgresql://") || URI.create(jdbc.substring(5)).getHost() == null) {
      throw new IllegalStateException(
          "'" + url + "' is not the address of a PostgreSQL (postgresql://host:5432/naru)");
    }
    return new Store(migrated(Database.connect(jdbc, user, password)), null, null);
  }

  private static Database migrated(Database database) {
    for (String station : STATIONS) {
      database.migrate(station);
    }
    return database;
  }

  /// Null when another process holds the folder.
  private static @Nullable RandomAccessFile lock(Path folder) {
    try {
      Files.createDirectories(folder);
      RandomAccessFile file = new RandomAccessFile(folder.resolve("naru.lock").toFile(), "rw");
      FileLock lock = file.getChannel().tryLock();
      if (lock == null) {
        file.close();
        return null;
      }
      return file;
    } catch (IOException e) {
      throw new IllegalStateException("the folder " + folder + " cannot be used", e);
    }
  }

  /// The database.
  public Database database() {
    return database;
  }

  /// Where the lines are kept.
  public LineHome lines() {
    return valkey != null && keepsLinesInValkey
        ? new LineHome.InValkey(database.dataSource(), valkey)
        : new LineHome.InPostgres(database.dataSource());
  }

  /// What the nodes share, connected for the sessions; null when there is one node.
  public @Nullable Valkey valkey() {
    return valkey;
  }

  @Override
  public void close() {
    if (held != null) {
      held.close();
    }
    if (valkey != null) {
      valkey.close();
    }
    database.close();
    if (server != null) {
      server.close();
    }
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
