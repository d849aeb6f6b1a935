package dev.naru.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The PostgreSQL that the program has started for itself, seen from outside.
///
/// @param data the program's folder of data
record OwnPostgres(Path data) {
  /// The server, if it runs.
  Optional<ProcessHandle> process() {
    return line(0)
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
        .filter(process -> process.info().command().orElse("").endsWith("postgres"));
  }

  private Optional<String> line(int index) {
    try {
      List<String> lines = Files.readAllLines(data.resolve("postgres/postmaster.pid"));
      return lines.size() > index ? Optional.of(lines.get(index).strip()) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @throws SQLException when the server does not run, or not yet again
  Connection connection() throws SQLException {
    String port = line(3).orElseThrow(() -> new SQLException("PostgreSQL does not run"));
    try {
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:" + port + "/naru",
          "postgres",
          Files.readString(data.resolve("postgres.password"), UTF_8).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Ends the server if it runs.
  ///
  /// @throws AssertionError when it takes longer than the limit
  void end(Duration limit) {
    process().ifPresent(postmaster -> end(postmaster, limit));
  }

  private static void end(ProcessHandle postmaster, Duration limit) {
    postmaster.destroy();
    try {
      postmaster.onExit().get(limit.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw NaruProcess.interrupted(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("PostgreSQL " + postmaster.pid() + " does not end", e);
    }
  }
}
