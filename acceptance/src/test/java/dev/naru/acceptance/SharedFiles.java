package dev.naru.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// Public test suites and real lists that lie beside the checkout and are no part of it.
final class SharedFiles {
  private SharedFiles() {}

  /// The file or folder; the test is skipped where it is absent.
  static Path path(String name) {
    Path path = Path.of("..", "..", "shared").resolve(name).toAbsolutePath().normalize();
    assumeTrue(Files.exists(path), () -> "skipped: there is no " + path);
    return path;
  }
}
