package dev.naru.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts our PostgreSQL again when it has ended without being told to: killed, out of memory, a
/// full disk. What is committed is there again; connections are made anew by the pool.
///
/// A crash of one of the server's own processes needs no help: the server restarts those itself.
final class PostgresWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresWatch.class);

  /// An outage is as long as this and the recovery: 0.2 s is little beside it.
  private static final Duration LOOK = Duration.ofMillis(200);

  /// While the disk is full each try fails within a second; two a second would only fill the log.
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Path data;
  private final int startSeconds;
  private final Path control;

  /// Held while the server is started, so that closing never leaves one behind.
  private final ReentrantLock starting = new ReentrantLock();

  private Postmaster server;
  private volatile boolean closed;

  private PostgresWatch(Path data, Duration startLimit, Postmaster server) {
    this.data = data;
    this.startSeconds = Math.toIntExact(startLimit.toSeconds());
    this.server = server;
    this.control = server.control();
  }

  /// @param data folder of a running server
  /// @param startLimit how long one start may take, recovery included
  static PostgresWatch over(Path data, Duration startLimit) throws IOException {
    Postmaster server =
        Postmaster.of(data).orElseThrow(() -> new IOException("the server in " + data + " ended"));
    PostgresWatch watch = new PostgresWatch(data, startLimit, server);
    Thread.ofPlatform().name("naru-postgres-watch").daemon().start(watch::run);
    return watch;
  }

  private void run() {
    try {
      while (!closed) {
        Thread.sleep(LOOK);
        if (!server.isAlive() && !restart()) {
          Thread.sleep(PAUSE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean restart() throws InterruptedException {
    starting.lock();
    try {
      if (closed) {
        return true;
      }
      LOG.warn("PostgreSQL has ended by itself; it is started again");
      Remains.end(data);
      int status = control();
      Optional<Postmaster> started = Postmaster.of(data);
      if (status != 0 || started.isEmpty()) {
        LOG.error("PostgreSQL does not start (pg_ctl ended with {}); tried again soon", status);
        return false;
      }
      server = started.get();
      LOG.info("PostgreSQL runs again");
      return true;
    } catch (IOException e) {
      LOG.error("PostgreSQL cannot be started: {}", e.getMessage());
      return false;
    } finally {
      starting.unlock();
    }
  }

  /// `restart` starts a server that is gone with the options it had, the port among them.
  private int control() throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      // PostgreSQL refuses root; the library starts it in a namespace of its own too.
      words.addAll(List.of("unshare", "-U"));
    }
    words.addAll(List.of(control.toString(), "-D", data.toString(), "-w", "-t"));
    words.addAll(List.of(String.valueOf(startSeconds), "restart"));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    var _ = Thread.ofVirtual().start(() -> log(process));
    return process.waitFor();
  }

  /// The server inherits the output of what started it: this reads for as long as it lives. Only
  /// why it does not run is told: refused statements name the rows of people.
  private static void log(Process process) {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains(" FATAL: ") || line.contains(" PANIC: ")) {
          LOG.warn("{}", line);
        }
      }
    } catch (IOException e) {
      LOG.debug("PostgreSQL closed its output", e);
    }
  }

  /// Lets the server end.
  @Override
  public void close() {
    starting.lock();
    try {
      closed = true;
    } finally {
      starting.unlock();
    }
  }
}
