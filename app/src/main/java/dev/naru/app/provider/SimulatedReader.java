package dev.naru.app.provider;

import dev.naru.identity.provider.About;
import dev.naru.identity.provider.simulated.SimulatedProvider;
import dev.naru.identity.provider.simulated.SimulatedSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A provider that believes everybody.
final class SimulatedReader implements ProviderFile.KindReader {
  @Override
  public List<String> keys() {
    return List.of("medianLatency", "failureRatio", "outage");
  }

  @Override
  public ProviderFile.Factory read(About about, Values values) {
    Duration median = values.duration("medianLatency", Duration.ofSeconds(10));
    double failures = values.share("failureRatio", 0);
    Outage outage = outage(values);
    return tools ->
        of(
            new SimulatedSettings(
                about.id(),
                about.name(),
                median,
                about.capacity(),
                failures,
                outage == null
                    ? null
                    : new SimulatedSettings.Outage(outage.every(), outage.lasting())),
            tools);
  }

  static SimulatedProvider of(SimulatedSettings settings, ProviderTools tools) {
    return new SimulatedProvider(settings, tools.clock(), tools.random(), tools.later());
  }

  private record Outage(Duration every, Duration lasting) {}

  private static @Nullable Outage outage(Values values) {
    Values outage = values.below("outage", List.of("every", "lasting"));
    if (outage == null) {
      return null;
    }
    Duration every = outage.duration("every", Duration.ofDays(1));
    Duration lasting = outage.duration("lasting", Duration.ofDays(1));
    if (!lasting.isPositive() || lasting.compareTo(every) >= 0) {
      outage.mistake("lasting", "more than nothing and less than every");
    }
    return new Outage(every, lasting);
  }
}
