package dev.naru.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What happens to machines.
enum Fault {
  /// The program is killed; whoever watches over it starts it again.
  KILL_NARU,
  /// The database server is killed. Nobody helps.
  KILL_POSTGRES,
  /// One of the server's processes is killed: the server ends all connections and recovers.
  KILL_BACKEND,
  /// Program and database are killed together.
  KILL_BOTH,
  /// The database answers nothing for ten seconds, and then goes on.
  FREEZE_POSTGRES,
  /// The disk says that it could not write the log: the server panics and recovers.
  FSYNC_ERROR,
  /// The disk is full for five seconds.
  DISK_FULL,
  /// The machine loses its power and is started again.
  POWER_LOSS;

  private static final Duration FULL = Duration.ofSeconds(5);
  private static final Duration TRACED = Duration.ofSeconds(3);

  /// Why it cannot be done here; empty when it can.
  String impossible(Installation installation) {
    return switch (this) {
      case KILL_NARU, KILL_POSTGRES, KILL_BACKEND, FREEZE_POSTGRES -> "";
      case KILL_BOTH -> installation.common() == null ? "" : "only with an embedded PostgreSQL";
      case FSYNC_ERROR -> hasStrace() ? "" : "needs strace";
      case DISK_FULL ->
          isSmallDisk(installation.nodes().getFirst().data()) ? "" : "only on a small disk";
      case POWER_LOSS ->
          LoopDisk.isAt(installation.nodes().getFirst().data())
              ? ""
              : "only on a disk whose power can be cut";
    };
  }

  static boolean hasStrace() {
    return Files.isExecutable(Path.of("/usr/bin/strace"));
  }

  private static boolean isSmallDisk(Path folder) {
    try {
      return Files.getFileStore(folder).getTotalSpace() < 2L << 30;
    } catch (IOException e) {
      return false;
    }
  }

  /// Does it, and whatever somebody else than the program would do about it.
  void strike(Installation installation, Random random, Duration freeze)
      throws IOException, InterruptedException {
    NaruProcess node = installation.nodes().get(random.nextInt(installation.nodes().size()));
    switch (this) {
      case KILL_NARU -> {
        node.kill9();
        Thread.sleep(random.nextInt(500));
        node.serve();
      }
      case KILL_POSTGRES -> installation.postmaster().destroyForcibly();
      case KILL_BACKEND -> {
        List<ProcessHandle> all = installation.postgres();
        if (all.size() > 1) {
          all.get(1 + random.nextInt(all.size() - 1)).destroyForcibly();
        }
      }
      case KILL_BOTH -> {
        installation.postmaster().destroyForcibly();
        node.kill9();
        node.serve();
      }
      case FREEZE_POSTGRES -> {
        List<ProcessHandle> frozen = installation.postgres();
        signal("STOP", frozen);
        Thread.sleep(freeze);
        signal("CONT", frozen);
      }
      case FSYNC_ERROR -> failFsync(installation);
      case DISK_FULL -> fillDisk(node.data());
      case POWER_LOSS -> losePower(installation, node);
    }
  }

  private static void signal(String name, List<ProcessHandle> processes)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(process -> command.add(String.valueOf(process.pid())));
    new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private static void losePower(Installation installation, NaruProcess node)
      throws IOException, InterruptedException {
    List<ProcessHandle> postgres = installation.postgres();
    LoopDisk disk = new LoopDisk(node.data());
    disk.cut();
    node.kill9();
    postgres.forEach(ProcessHandle::destroyForcibly);
    disk.restore();
    node.serve();
  }

  private static void failFsync(Installation installation)
      throws IOException, InterruptedException {
    Process strace = onFlush(installation, "error=EIO:when=1");
    Thread.sleep(TRACED);
    strace.destroy();
    strace.waitFor();
  }

  /// The control of [#POWER_LOSS]: a disk that says it has written and has not.
  ///
  /// @return what makes it lie until it is ended
  static Process lieAboutFlushing(Installation installation) throws IOException {
    return onFlush(installation, "retval=0");
  }

  private static Process onFlush(Installation installation, String what) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/strace",
                "-f",
                "-q",
                "-e",
                "trace=fdatasync",
                "-e",
                "inject=fdatasync:" + what));
    installation
        .postgres()
        .forEach(process -> command.addAll(List.of("-p", String.valueOf(process.pid()))));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(installation.folder().resolve("strace.log").toFile())
        .start();
  }

  private static void fillDisk(Path folder) throws IOException, InterruptedException {
    Path ballast = folder.resolve("ballast");
    byte[] megabyte = new byte[1 << 20];
    try (var out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(megabyte);
      }
    } catch (IOException e) {
      // It is full now: that was the intention.
    }
    Thread.sleep(FULL);
    Files.delete(ballast);
  }
}
