package dev.naru.identity.provider.simulated;

import dev.naru.common.text.LocalText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a simulated provider behaves.
///
/// @param id lower case letters, digits and hyphens, 1 to 32
/// @param name what people call it
/// @param medianLatency half of the checks take longer, as long as nobody waits; up to 10 s
/// @param capacity how many checks run at once; twice as many wait, the rest is refused
/// @param failureRatio share of checks that fail, 0 to 1
/// @param outage when it is down altogether; null for never
public record SimulatedSettings(
    String id,
    LocalText name,
    Duration medianLatency,
    int capacity,
    double failureRatio,
    @Nullable Outage outage) {

  /// It fails now and then.
  ///
  /// @param every from the beginning of one outage to that of the next
  /// @param lasting shorter than `every`
  public record Outage(Duration every, Duration lasting) {
    public Outage {
      if (!lasting.isPositive() || lasting.compareTo(every) >= 0) {
        throw new IllegalArgumentException("an outage is shorter than the time between two");
      }
    }
  }

  public SimulatedSettings {
    if (!id.matches("[a-z0-9-]{1,32}")) {
      throw new IllegalArgumentException(
          "provider ids have 1 to 32 lower case letters, digits and hyphens, not '" + id + "'");
    }
    if (medianLatency.isNegative() || medianLatency.compareTo(Duration.ofSeconds(10)) > 0) {
      throw new IllegalArgumentException("provider " + id + ": the median latency is 0 to 10 s");
    }
    if (capacity < 1 || capacity > 1_000_000) {
      throw new IllegalArgumentException("provider " + id + ": the capacity is 1 to 1000000");
    }
    if (!(failureRatio >= 0 && failureRatio <= 1)) {
      throw new IllegalArgumentException("provider " + id + ": the failure ratio is 0 to 1");
    }
  }
}
