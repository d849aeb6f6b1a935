package dev.naru.bench.booking;

import dev.naru.bench.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// A disk that takes longer for each flush: the benchmark starts itself once more with a library
/// preloaded that waits in `fdatasync` and `fsync`, and PostgreSQL inherits it.
final class SlowDisk {
  private static final String MILLIS = "NARU_BENCH_SYNC_MILLIS";
  private static final String SOURCE =
      """
      #define _GNU_SOURCE
      #include <stdlib.h>
      #include <sys/syscall.h>
      #include <time.h>
      #include <unistd.h>
      static void delay(void) {
        const char *millis = getenv("NARU_BENCH_SYNC_MILLIS");
        long n = millis ? atol(millis) : 0;
        struct timespec time = {n / 1000, n % 1000 * 1000000L};
        nanosleep(&time, 0);
      }
      int fdatasync(int file) { delay(); return syscall(SYS_fdatasync, file); }
      int fsync(int file) { delay(); return syscall(SYS_fsync, file); }
      """;

  private SlowDisk() {}

  /// Whether this process has been started by [#again].
  static boolean isOn() {
    return System.getenv(MILLIS) != null;
  }

  /// Runs the same command once more, with its output here.
  ///
  /// @return its exit status
  /// @throws IllegalStateException when the machine lacks what that takes; the message says what
  static int again(int millis) throws IOException, InterruptedException {
    try (Folder folder = Folder.open(null)) {
      // PostgreSQL runs as another user when this is root.
      Files.setPosixFilePermissions(folder.path(), PosixFilePermissions.fromString("rwxr-xr-x"));
      Path library = compiled(folder.path());
      ProcessHandle.Info self = ProcessHandle.current().info();
      List<String> line = new ArrayList<>();
      line.add(self.command().orElseThrow());
      line.addAll(List.of(self.arguments().orElseThrow()));
      ProcessBuilder again = new ProcessBuilder(line).inheritIO();
      again.environment().put("LD_PRELOAD", library.toString());
      again.environment().put(MILLIS, String.valueOf(millis));
      return again.start().waitFor();
    }
  }

  private static Path compiled(Path folder) throws IOException, InterruptedException {
    Path source = Files.writeString(folder.resolve("slow.c"), SOURCE);
    Path library = folder.resolve("slow.so");
    try {
      int status =
          new ProcessBuilder("gcc", "-shared", "-fPIC", "-O1", "-o", library + "", source + "")
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0) {
        throw new IllegalStateException("gcc could not compile the library that delays flushes");
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "--sync-delay needs gcc on Linux (Debian, Ubuntu: apt-get install gcc libc6-dev)", e);
    }
    return library;
  }
}
