package dev.naru.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One real PostgreSQL for all tests of a JVM, with an empty database for whoever asks.
public final class TestPostgres {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static @Nullable LocalPostgres server;

  private TestPostgres() {}

  /// An empty database with the schema of the given stations.
  public static synchronized Database with(String... stations) {
    Database database = server().database("test_" + COUNT.incrementAndGet());
    for (String station : stations) {
      database.migrate(station);
    }
    return database;
  }

  private static LocalPostgres server() {
    LocalPostgres running = server;
    if (running == null) {
      Path folder = temporary();
      LocalPostgres started = LocalPostgres.open(folder);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    started.close();
                    delete(folder);
                  }));
      server = started;
      return started;
    }
    return running;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("naru-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
