package dev.naru.rehearsal.crowd;

import com.sun.management.OperatingSystemMXBean;
import dev.naru.rehearsal.http.Call;
import dev.naru.rehearsal.people.ArrivalCurve;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/// Measures by hand how many requests a crowd can make with one core. Run `main` twice, each on a
/// core of its own: `serve`, which prints an address, then `crowd ADDRESS PEOPLE`. CPU time is
/// counted, so that other programs on the machine do not matter much.
final class Throughput {
  private Throughput() {}

  public static void main(String... args) throws Exception {
    if (args[0].equals("serve")) {
      FakeNaru server =
          new FakeNaru(new FakeNaru.Setting(10, 4, 1_000_000, 0, 1_000_000_000, 0.5, 1, Set.of()));
      server.keepsLog = false;
      System.out.println(server.address());
      Thread.currentThread().join();
    }
    for (int round = 1; round <= 3; round++) {
      CrowdPlan plan =
          CrowdPlan.of(URI.create(args[1]), "autumn", Integer.parseInt(args[2]))
              .withSeed(round)
              .withArrivals(ArrivalCurve.national(Duration.ZERO))
              .withThinkMedian(Duration.ZERO);
      measure(plan);
    }
    System.exit(0);
  }

  private static void measure(CrowdPlan plan) throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = system.getProcessCpuTime();
    CrowdReport report = Crowd.start(plan).done().get();
    double cpu = (system.getProcessCpuTime() - before) / 1e9;
    long requests = report.outcome().requests();
    System.out.println(
        String.format(
            Locale.ROOT,
            "%d booked, %d requests, %.0f/s on the clock, %.0f/s of CPU, %.1f us each, p99 %d us",
            report.outcome().booked(),
            requests,
            requests / report.seconds(),
            requests / cpu,
            cpu / requests * 1e6,
            report.call(Call.BOOK).p99Micros()));
  }
}
