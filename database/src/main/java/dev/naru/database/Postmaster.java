package dev.naru.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The running server of a data folder, as `postmaster.pid` tells of it.
record Postmaster(ProcessHandle process, int port) {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  /// A process that has ended and was not fetched by its parent has no command any more.
  static Optional<Postmaster> of(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 4) {
      return Optional.empty();
    }
    int port = Integer.parseInt(lines.get(3).strip());
    return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
        .filter(Postmaster::isServer)
        .map(process -> new Postmaster(process, port));
  }

  private static boolean isServer(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("postgres");
  }

  boolean isAlive() {
    return process.isAlive() && isServer(process);
  }

  /// The program that starts and stops it.
  Path control() {
    return Path.of(process.info().command().orElseThrow()).resolveSibling("pg_ctl");
  }

  /// Asks it to end; it does so as soon as it notices that its clients are gone.
  void stop() throws IOException {
    process.destroy();
    try {
      process.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "an earlier server (process "
              + process.pid()
              + ") does not stop; stop it by hand and start again",
          e);
    }
  }
}
