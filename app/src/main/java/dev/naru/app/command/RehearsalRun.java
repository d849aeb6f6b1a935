package dev.naru.app.command;

import dev.naru.rehearsal.report.RunRecord.About;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What ran, where, and how to do it again.
///
/// @param command that repeats it
record RehearsalRun(
    String campaign, URI server, long seed, String command, String startedAt, double load) {

  RehearsalRun(String campaign, URI server, long seed, String command) {
    this(
        campaign,
        server,
        seed,
        command,
        OffsetDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS).toString(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  About about(int people) {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.put("load before", String.format(Locale.ROOT, "%.1f", load));
    return new About(
        String.format(Locale.ROOT, "Rehearsal with %,d people", people),
        startedAt,
        seed,
        command,
        server.toString(),
        campaign,
        Map.of("naru", "0.1.0", "java", System.getProperty("java.version")),
        machine);
  }
}
