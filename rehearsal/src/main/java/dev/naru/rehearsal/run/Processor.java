package dev.naru.rehearsal.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Processor time of a process and of all that it started. Who has ended keeps what was last read.
final class Processor {
  private final long pid;
  private final Map<Long, Duration> known = new HashMap<>();

  Processor(long pid) {
    this.pid = pid;
  }

  /// Seconds used so far.
  double seconds() {
    Optional<ProcessHandle> root = ProcessHandle.of(pid);
    root.ifPresent(
        process ->
            Stream.concat(Stream.of(process), process.descendants())
                .forEach(
                    one ->
                        one.info()
                            .totalCpuDuration()
                            .ifPresent(used -> known.put(one.pid(), used))));
    return known.values().stream().mapToDouble(used -> used.toNanos() / 1e9).sum();
  }
}
