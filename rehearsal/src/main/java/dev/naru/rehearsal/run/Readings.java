package dev.naru.rehearsal.run;

import com.sun.management.OperatingSystemMXBean;
import dev.naru.rehearsal.report.RunRecord.Group;
import dev.naru.rehearsal.report.RunRecord.Series;
import dev.naru.rehearsal.report.Timeline;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what the run costs, on a thread of its own: the server's metrics from its management port,
/// the database's processor time where that runs on this machine, and the crowd's own.
final class Readings implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Readings.class);
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int OK = 200;
  private static final String CPU_NANOS = "process_cpu_time_ns_total";

  /// Seconds of processor time since the first reading; NaN when unknown.
  record Used(double server, double database, double crowd) {}

  private final Timeline timeline;
  private final @Nullable URI metrics;
  private final @Nullable Processor database;
  private final int stepSeconds;
  private final OperatingSystemMXBean own =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Thread thread;
  private final Map<String, double[]> cpu = new HashMap<>();
  private long start;

  /// @param metrics address of the server's metrics; null when it is not known
  /// @param database process of the database; null when it is not on this machine
  Readings(@Nullable URI metrics, @Nullable Long database, int stepSeconds) {
    this.metrics = metrics;
    this.database = database == null ? null : new Processor(database);
    this.stepSeconds = stepSeconds;
    this.timeline = new Timeline(stepSeconds);
    this.thread = Thread.ofPlatform().daemon().name("naru-readings").unstarted(this::run);
  }

  void start() {
    start = System.nanoTime();
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        read();
        Thread.sleep(stepSeconds * 1_000L);
      }
    } catch (InterruptedException e) {
      LOG.debug("Readings end");
    }
  }

  private void read() throws InterruptedException {
    processor("crowd", own.getProcessCpuTime() / 1e9);
    memory("crowd heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() * 1.0);
    Processor known = database;
    if (known != null) {
      processor("database", known.seconds());
    }
    if (metrics != null) {
      try {
        HttpResponse<String> answer = http.send(request(metrics), BodyHandlers.ofString());
        if (answer.statusCode() == OK) {
          server(answer.body());
        }
      } catch (IOException | NumberFormatException e) {
        LOG.debug("The server's metrics cannot be read", e);
      }
    }
  }

  private static HttpRequest request(URI metrics) {
    return HttpRequest.newBuilder(metrics).timeout(LIMIT).build();
  }

  private void server(String text) {
    Map<String, Double> values = new HashMap<>();
    for (String line : text.lines().toList()) {
      int space = line.lastIndexOf(' ');
      if (space > 0 && line.charAt(0) != '#') {
        int brace = line.indexOf('{');
        String name = line.substring(0, brace > 0 ? brace : space);
        String key = line.contains("area=\"heap\"") ? name + " heap" : name;
        values.merge(key, Double.parseDouble(line.substring(space + 1)), Double::sum);
      }
    }
    Double nanos = values.get(CPU_NANOS);
    if (nanos != null) {
      processor("server", nanos / 1e9);
    }
    gauge(Group.MEMORY, "server heap", values.get("jvm_memory_used_bytes heap"));
    gauge(Group.DATABASE, "booking queue", values.get("naru_booking_waiting"));
    gauge(Group.DATABASE, "sessions", values.get("naru_sessions"));
  }

  private void gauge(Group group, String name, @Nullable Double value) {
    if (value != null) {
      timeline.gauge(group, name, elapsed(), value);
    }
  }

  private void memory(String name, double bytes) {
    timeline.gauge(Group.MEMORY, name, elapsed(), bytes);
  }

  /// Cores in use are the growth of processor time since the reading before.
  private synchronized void processor(String name, double seconds) {
    double now = elapsed();
    double[] before = cpu.get(name);
    if (before == null) {
      cpu.put(name, new double[] {seconds, now, seconds});
      return;
    }
    if (now > before[1] && seconds >= before[0]) {
      timeline.gauge(Group.CPU, name, now, (seconds - before[0]) / (now - before[1]));
    }
    before[0] = seconds;
    before[1] = now;
  }

  private double elapsed() {
    return (System.nanoTime() - start) / 1e9;
  }

  synchronized Used used() {
    return new Used(used("server"), used("database"), used("crowd"));
  }

  private double used(String name) {
    double[] known = cpu.get(name);
    return known == null ? Double.NaN : known[0] - known[2];
  }

  /// After [#close].
  List<Series> series() {
    return timeline.series();
  }

  /// Reads once more and ends.
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
      read();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.close();
  }
}
