package dev.naru.database.valkey;

import java.util.Map;

/// Whether a server keeps what it has acknowledged, by its settings.
final class DurabilityRules {
  /// What [#judge] looks at.
  static final String[] SETTINGS = {"appendonly", "appendfsync", "maxmemory", "maxmemory-policy"};

  private DurabilityRules() {}

  sealed interface Verdict {
    /// What was acknowledged is on disk.
    record Safe() implements Verdict {}

    /// It can be used, and something may be lost.
    record Risky(String warning) implements Verdict {}

    /// It must not be used.
    record Refused(String reason) implements Verdict {}
  }

  /// @param settings as the server told them; empty when it tells nobody
  static Verdict judge(Map<String, String> settings) {
    String appendonly = settings.get("appendonly");
    String fsync = settings.get("appendfsync");
    if (appendonly == null || fsync == null) {
      return new Verdict.Risky(
          "IT DOES NOT TELL ITS SETTINGS. SEE TO IT THAT IT RUNS WITH appendonly yes,"
              + " appendfsync always AND maxmemory-policy noeviction");
    }
    if (!appendonly.equals("yes")) {
      return new Verdict.Refused(
          "runs with appendonly="
              + appendonly
              + " and forgets everything when it stops;"
              + " set appendonly yes and appendfsync always");
    }
    if (fsync.equals("no")) {
      return new Verdict.Refused(
          "runs with appendfsync=no and could lose half a minute of what it acknowledged;"
              + " set appendfsync always");
    }
    String memory = settings.getOrDefault("maxmemory", "0");
    String policy = settings.getOrDefault("maxmemory-policy", "noeviction");
    if (!memory.equals("0") && !policy.equals("noeviction")) {
      return new Verdict.Refused(
          "runs with maxmemory-policy="
              + policy
              + " and throws data away when it is full;"
              + " set maxmemory-policy noeviction");
    }
    return fsync.equals("always")
        ? new Verdict.Safe()
        : new Verdict.Risky(
            "IT RUNS WITH appendfsync "
                + fsync
                + ": WHEN ITS MACHINE LOSES POWER, THE LAST TWO"
                + " SECONDS OF WHAT IT ACKNOWLEDGED ARE LOST. SET appendfsync always");
  }
}
