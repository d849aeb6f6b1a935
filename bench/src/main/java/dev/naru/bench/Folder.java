package dev.naru.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where a benchmark keeps its files.
///
/// @param kept whether they stay when it ends
public record Folder(Path path, boolean kept) implements AutoCloseable {
  /// The folder named, which stays; without a name one that goes.
  public static Folder open(@Nullable Path named) {
    try {
      return named == null
          ? new Folder(Files.createTempDirectory("naru-bench"), false)
          : new Folder(named.toAbsolutePath(), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (kept) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
