package dev.naru.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a killed program and its killed server leave running on a folder.
///
/// A process of the server notices only when it next waits that the server is gone. Until then it
/// holds the shared memory, and PostgreSQL refuses to start ("pre-existing shared memory block is
/// still in use"). A `pg_ctl` of the killed program may be starting the server again meanwhile. And
/// a server that has ended but was not fetched by its parent counts as running for PostgreSQL
/// ("lock file already exists"): for a second or two under a busy `init`, for ever in a container
/// whose first process fetches nobody.
///
/// Seen through `/proc`: on other systems nothing is found, and a start is tried again instead.
final class Remains {
  private static final Logger LOG = LoggerFactory.getLogger(Remains.class);
  private static final Path PROC = Path.of("/proc");

  /// A process that waits for a slow disk ends when the disk has answered.
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Duration LOOK = Duration.ofMillis(20);

  private Remains() {}

  /// Ends them all. To be called when no program runs on the folder. Ended like this they are what
  /// a crash makes of them: the next start recovers.
  ///
  /// @throws IOException when one does not end; the message says which
  static void end(Path data) throws IOException, InterruptedException {
    long since = System.nanoTime();
    for (List<ProcessHandle> left = of(data); !left.isEmpty(); left = of(data)) {
      List<Long> pids = left.stream().map(ProcessHandle::pid).toList();
      if (System.nanoTime() - since > LIMIT.toNanos()) {
        throw new IOException(
            "processes "
                + pids
                + " of an earlier server do not end (a disk that does not answer?); end them with"
                + " kill -9 and start again");
      }
      LOG.info("Ending processes {} that outlived a killed PostgreSQL", pids);
      left.forEach(ProcessHandle::destroyForcibly);
      Thread.sleep(LOOK);
    }
    forgetDefunct(data.resolve("postmaster.pid"));
  }

  /// None of its processes is left, so nobody writes to the folder: its file says nothing any more.
  private static void forgetDefunct(Path file) throws IOException {
    if (Files.exists(file)) {
      List<String> lines = Files.readAllLines(file);
      if (!lines.isEmpty() && isDefunct(lines.getFirst().strip())) {
        LOG.info("Forgetting PostgreSQL {}, which has ended", lines.getFirst());
        Files.deleteIfExists(file);
      }
    }
  }

  private static boolean isDefunct(String pid) throws IOException {
    Path status = PROC.resolve(pid).resolve("status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines.anyMatch(line -> line.startsWith("State:\tZ"));
    } catch (NoSuchFileException | UncheckedIOException e) {
      return false;
    }
  }

  static List<ProcessHandle> of(Path data) throws IOException {
    if (!Files.exists(data) || !Files.isDirectory(PROC)) {
      return List.of();
    }
    Path folder = data.toRealPath();
    return ProcessHandle.allProcesses()
        .filter(process -> isOrphan(process, folder) || isControl(process, folder))
        .toList();
  }

  /// The server's processes work in its folder and call themselves "postgres: …".
  private static boolean isOrphan(ProcessHandle process, Path folder) {
    return runs(process, "postgres")
        && process.parent().filter(parent -> runs(parent, "postgres")).isEmpty()
        && words(process).getFirst().startsWith("postgres: ")
        && folder.equals(workingFolder(process));
  }

  private static boolean isControl(ProcessHandle process, Path folder) {
    if (!runs(process, "pg_ctl")) {
      return false;
    }
    List<String> words = words(process);
    int option = words.indexOf("-D");
    return option >= 0
        && option + 1 < words.size()
        && folder.equals(workingFolder(process).resolve(words.get(option + 1)).normalize());
  }

  private static boolean runs(ProcessHandle process, String program) {
    return process.info().command().orElse("").endsWith("/" + program);
  }

  private static List<String> words(ProcessHandle process) {
    try {
      Path file = PROC.resolve(process.pid() + "/cmdline");
      return Arrays.asList(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0"));
    } catch (IOException e) {
      return List.of("");
    }
  }

  /// The root when the process has ended.
  private static Path workingFolder(ProcessHandle process) {
    try {
      return PROC.resolve(process.pid() + "/cwd").toRealPath();
    } catch (IOException e) {
      return Path.of("/");
    }
  }
}
