package dev.naru.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `naru torture`: the packaged program and a real PostgreSQL, struck under load.
@Command(
    name = "naru torture",
    mixinStandardHelpOptions = true,
    subcommands = LineCommand.class,
    description = {
      "Kills, freezes and starves a running Naru and its PostgreSQL while people book, and settles",
      "accounts after each strike: nothing acknowledged is lost, nothing is doubled, no slot is",
      "over its capacity, every unknown outcome is found out by asking again with the same id.",
      "Ends with 1 if anything was wrong."
    },
    footer = {
      "",
      "The disk is filled and loses its power only as root (a tmpfs and a file are mounted), fsync",
      "fails only with strace (apt-get install strace); the table says what was left out."
    })
public final class TortureMain implements Callable<Integer> {
  @Option(names = "--minutes", defaultValue = "5", description = "How long (${DEFAULT-VALUE}).")
  private double minutes;

  @Option(names = "--seed", defaultValue = "20210826", description = "Of the order of strikes.")
  private long seed;

  @Option(names = "--people", defaultValue = "40", description = "Who book (${DEFAULT-VALUE}).")
  private int people;

  @Option(
      names = "--nodes",
      description =
          "Only this many programs on one PostgreSQL that is not theirs; otherwise one program"
              + " with its own, then two, then one on a small disk, then one on a disk whose power"
              + " is cut.")
  private @Nullable Integer nodes;

  @Option(names = "--only", split = ",", description = "Only these: ${COMPLETION-CANDIDATES}.")
  private Fault @Nullable [] only;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes all rounds there.")
  private @Nullable Path json;

  private static final Duration LIE = Duration.ofSeconds(8);

  private final TortureReport report = new TortureReport();

  private TortureMain() {}

  /// @param args options
  public static void main(String... args) {
    Logger.getLogger("").setLevel(Level.WARNING);
    CommandLine line = new CommandLine(new TortureMain());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(line.execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("naru-torture");
    try {
      if (nodes != null) {
        installation(nodes + " nodes", folder, minutes);
      } else {
        installation("alone", folder, minutes * 0.5);
        installation("2 nodes", folder, minutes * 0.25);
        onSmallDisk(folder, minutes * 0.1);
        onLoopDisk(folder, minutes * 0.15);
      }
    } finally {
      delete(folder);
    }
    report.print(System.out, seed);
    report.write(json, seed, minutes);
    return report.isRight() ? 0 : 1;
  }

  private void installation(String name, Path folder, double time, Fault... struck)
      throws Exception {
    Path own = Files.createDirectories(folder.resolve(name.replace(' ', '-')));
    int count = name.endsWith(" nodes") ? name.charAt(0) - '0' : 1;
    System.err.println("torture: starting " + name);
    try (Installation naru =
            count == 1 && nodes == null
                ? Installation.alone(own)
                : Installation.ofNodes(own, count);
        Torture torture = new Torture(naru, people, seed, Duration.ofSeconds(10))) {
      List<Fault> faults = new ArrayList<>();
      for (Fault fault : struck.length == 0 ? Fault.values() : struck) {
        if (only != null && !List.of(only).contains(fault)) {
          continue;
        }
        String why = fault.impossible(naru);
        if (why.isEmpty()) {
          faults.add(fault);
        } else {
          System.err.println("torture: " + fault + " is left out on " + name + ": " + why);
        }
      }
      // Ctrl-C leaves nothing running.
      Runtime.getRuntime().addShutdownHook(new Thread(naru::close));
      if (!faults.isEmpty()) {
        torture.run(
            faults, Duration.ofMillis((long) (time * 60_000)), round -> report.add(name, round));
      }
    }
  }

  private void onSmallDisk(Path folder, double time) throws Exception {
    Path disk = Files.createDirectories(folder.resolve("small-disk"));
    if (LoopDisk.run("mount", "-t", "tmpfs", "-o", "size=700m", "tmpfs", disk.toString()) != 0) {
      System.err.println("torture: DISK_FULL is left out: only root can mount a small disk");
      return;
    }
    try {
      installation("small disk", folder, time);
    } finally {
      LoopDisk.run("umount", disk.toString());
    }
  }

  /// And the control: when the disk has lied about what it has written, loss is noticed.
  private void onLoopDisk(Path folder, double time) throws Exception {
    Path own = Files.createDirectories(folder.resolve("loop-disk"));
    try (LoopDisk disk = new LoopDisk(own.resolve("data"))) {
      if (!disk.mount()) {
        System.err.println("torture: POWER_LOSS is left out: only root can mount a file (ext4)");
        return;
      }
      installation("loop disk", folder, time, Fault.POWER_LOSS);
    }
    if (!Fault.hasStrace()) {
      System.err.println("torture: the control of POWER_LOSS is left out: needs strace");
      return;
    }
    Path control = Files.createDirectories(folder.resolve("loop-disk-control"));
    try (LoopDisk disk = new LoopDisk(control.resolve("data"))) {
      report.control(disk.mount() && noticesLoss(control));
    }
  }

  private boolean noticesLoss(Path folder) throws Exception {
    try (Installation naru = Installation.alone(folder);
        Torture torture = new Torture(naru, people, seed, Duration.ZERO)) {
      Process lie = Fault.lieAboutFlushing(naru);
      try {
        Thread.sleep(LIE);
        Fault.POWER_LOSS.strike(naru, new Random(seed), Duration.ZERO);
      } catch (AssertionError e) {
        System.err.println("torture: control: it does not start any more");
        return true;
      } finally {
        lie.destroy();
      }
      List<String> faults = torture.settle();
      System.err.println("torture: control: " + faults.size() + " faults noticed");
      return faults.stream().anyMatch(fault -> fault.startsWith("lost"));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      Path[] all = files.sorted(Comparator.reverseOrder()).toArray(Path[]::new);
      Arrays.stream(all).forEach(file -> file.toFile().delete());
    }
  }
}
