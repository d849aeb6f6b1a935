package dev.naru.acceptance;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A file system in a file, whose power can be cut: what was not flushed to it is gone then. Needs
/// root, Linux and ext4.
///
/// @param at where it is mounted; the file lies beside it
record LoopDisk(Path at) implements AutoCloseable {
  /// Room for the log that PostgreSQL keeps (1.5 GB); the file has holes.
  private static final long BYTES = 3L << 30;

  /// EXT4_IOC_SHUTDOWN, as the kernel's fs/ext4/ext4.h defines it.
  private static final long SHUTDOWN = 0x8004587DL;

  /// Not even the journal is flushed.
  private static final int NOTHING_FLUSHED = 2;

  private static final Duration UNMOUNT_LIMIT = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(100);

  /// Makes one and mounts it.
  ///
  /// @return whether that is possible here
  boolean mount() throws IOException {
    Files.createDirectories(at);
    try (RandomAccessFile file = new RandomAccessFile(image().toFile(), "rw")) {
      file.setLength(BYTES);
    }
    return Files.isExecutable(Path.of("/usr/sbin/mkfs.ext4"))
        && run("/usr/sbin/mkfs.ext4", "-q", "-F", image().toString()) == 0
        && again();
  }

  private Path image() {
    return at.resolveSibling(at.getFileName() + ".img");
  }

  /// Whether a folder is one.
  static boolean isAt(Path folder) {
    try {
      return Files.getFileStore(folder).name().startsWith("/dev/loop");
    } catch (IOException e) {
      return false;
    }
  }

  /// Cuts the power: from now on every write fails, and what was not flushed never was.
  @SuppressWarnings("restricted")
  void cut() {
    Linker linker = Linker.nativeLinker();
    MethodHandle open =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("open"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    MethodHandle ioctl =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("ioctl"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
            Linker.Option.firstVariadicArg(2));
    MethodHandle close =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("close"), FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment how = arena.allocate(JAVA_INT);
      how.set(JAVA_INT, 0, NOTHING_FLUSHED);
      int folder = (int) open.invokeExact(arena.allocateFrom(at.toString()), 0);
      int failed = (int) ioctl.invokeExact(folder, SHUTDOWN, how);
      int closed = (int) close.invokeExact(folder);
      if (failed != 0 || closed != 0) {
        throw new IllegalStateException("the power of " + at + " could not be cut");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// After [#cut] and the end of everybody who had files open: what a machine finds when it starts.
  void restore() throws IOException {
    unmount();
    if (!again()) {
      throw new IllegalStateException(image() + " cannot be mounted again");
    }
  }

  private boolean again() throws IOException {
    return run("mount", "-o", "loop", image().toString(), at.toString()) == 0;
  }

  private void unmount() throws IOException {
    long since = System.nanoTime();
    while (run("umount", at.toString()) != 0) {
      if (System.nanoTime() - since > UNMOUNT_LIMIT.toNanos()) {
        throw new IllegalStateException(at + " stays in use");
      }
      NaruProcess.pause(LOOK);
    }
  }

  /// Runs a command of the system to its end.
  ///
  /// @return its exit status
  static int run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw NaruProcess.interrupted(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (isAt(at)) {
      unmount();
    }
    Files.deleteIfExists(image());
  }
}
