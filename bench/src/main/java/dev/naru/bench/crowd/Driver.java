package dev.naru.bench.crowd;

import com.sun.management.OperatingSystemMXBean;
import dev.naru.rehearsal.crowd.Crowd;
import dev.naru.rehearsal.crowd.CrowdPlan;
import dev.naru.rehearsal.crowd.CrowdReport;
import dev.naru.rehearsal.crowd.Habits;
import dev.naru.rehearsal.http.Connections;
import dev.naru.rehearsal.people.ArrivalCurve;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/// A crowd in a program of its own, which prints what it cost: one line, numbers with a space
/// between.
final class Driver {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private Driver() {}

  /// @param args `asks` or `waits`, the port, and how many people
  public static void main(String... args) throws Exception {
    URI server = URI.create("http://127.0.0.1:" + args[1]);
    int people = Integer.parseInt(args[2]);
    if (args[0].equals("asks")) {
      ask(server, people);
    } else {
      await(server, people);
    }
    System.exit(0);
  }

  private static CrowdPlan plan(URI server, int people, Duration spread) {
    return CrowdPlan.of(server, "demo", people)
        .withLobbyShare(0)
        .withArrivals(new ArrivalCurve(spread, 0.5, 0.5))
        .withThinkMedian(Duration.ZERO)
        .withConnections(Connections.shared(256))
        .withHabits(new Habits(0.2, 0.02, 0.02, 0.3));
  }

  /// As many requests as a core can make; a first run warms up.
  private static void ask(URI server, int people) {
    Crowd.start(plan(server, people / 2, Duration.ZERO)).done().join();
    long before = SYSTEM.getProcessCpuTime();
    CrowdReport report = Crowd.start(plan(server, people, Duration.ZERO)).done().join();
    double cpu = (SYSTEM.getProcessCpuTime() - before) / 1e9;
    long requests = report.outcome().requests();
    if (report.outcome().booked() != people) {
      throw new IllegalStateException("not everybody booked: " + report.outcome());
    }
    System.out.println(
        String.format(
            Locale.ROOT,
            "%d %.3f %.3f %d",
            requests,
            report.seconds(),
            cpu,
            report.outcome().booked()));
  }

  /// Everybody comes within twenty seconds, and waits.
  private static void await(URI server, int people) throws InterruptedException {
    long empty = liveBytes();
    try (Crowd crowd = Crowd.start(plan(server, people, Duration.ofSeconds(20)))) {
      while (crowd.progress().waiting() < people) {
        if (crowd.done().isDone()) {
          throw new IllegalStateException("nobody waits: " + crowd.progress());
        }
        Thread.sleep(200);
      }
      long full = liveBytes();
      System.out.println(
          crowd.progress().waiting()
              + " "
              + crowd.progress().gaveUp()
              + " "
              + full
              + " "
              + (full - empty) / people);
    }
  }

  private static long liveBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
