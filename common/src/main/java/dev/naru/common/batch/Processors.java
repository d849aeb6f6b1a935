package dev.naru.common.batch;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;

/// How busy the processors are that this program may use, whoever uses them.
final class Processors {
  /// How long a measurement is believed: long enough to be one, short against a minute's rush.
  private static final long GOOD_NANOS = 500_000_000;

  private static final OperatingSystemMXBean MACHINE =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final AtomicLong MEASURED = new AtomicLong(System.nanoTime() - GOOD_NANOS);
  private static volatile double load;

  private Processors() {}

  /// Mean of the last second or so, 0 (idle) to 1; 0 where the system does not tell.
  static double load() {
    long now = System.nanoTime();
    long measured = MEASURED.get();
    if (now - measured >= GOOD_NANOS && MEASURED.compareAndSet(measured, now)) {
      load = (load + Math.max(0, MACHINE.getCpuLoad())) / 2;
    }
    return load;
  }
}
