package dev.naru.database;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Notices that a start of the server has failed. The library only looks whether the server answers
/// and would do so until its limit; an interrupt makes it return at once.
final class StartWatch {
  private static final Duration LOOK = Duration.ofMillis(10);

  private final Path data;
  private final int port;
  private final Thread starter = Thread.currentThread();
  private final AtomicBoolean failed = new AtomicBoolean();
  private final Thread watch;
  private volatile String program = "pg_ctl";

  private StartWatch(Path data, int port) {
    this.data = data;
    this.port = port;
    this.watch = Thread.ofPlatform().name("naru-postgres-start").daemon().unstarted(this::run);
  }

  /// @param port which the server that the current thread is about to start listens on
  static StartWatch over(Path data, int port) {
    StartWatch watch = new StartWatch(data, port);
    watch.watch.start();
    return watch;
  }

  private void run() {
    try {
      Optional<ProcessHandle> control = control();
      while (control.isEmpty()) {
        Thread.sleep(LOOK);
        control = control();
      }
      ProcessHandle process = control.get();
      program = process.info().command().orElse(program);
      while (process.isAlive()) {
        Thread.sleep(LOOK);
      }
      // It may also have ended because recovery takes longer than it waits: then the server lives.
      if (Postmaster.of(data).filter(server -> server.port() == port).isEmpty()) {
        failed.set(true);
        starter.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // Nothing is known: the library's limit holds.
    }
  }

  private Optional<ProcessHandle> control() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("/pg_ctl"))
        .filter(child -> child.info().commandLine().orElse("").contains(data.toString()))
        .findFirst();
  }

  /// Ends the watch.
  ///
  /// @return whether the start has failed
  boolean end() throws InterruptedException {
    watch.interrupt();
    boolean asked = Thread.interrupted();
    watch.join();
    asked |= Thread.interrupted();
    if (asked && !failed.get()) {
      throw new InterruptedException();
    }
    return failed.get();
  }

  /// The command that shows a person why the server does not start.
  String byHand() {
    return program + " -D " + data + " -o '-c unix_socket_directories=' start";
  }
}
