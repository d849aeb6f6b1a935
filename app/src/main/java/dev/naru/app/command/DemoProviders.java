package dev.naru.app.command;

import dev.naru.app.provider.ProviderFile;
import dev.naru.common.text.LocalText;
import dev.naru.identity.provider.simulated.SimulatedSettings;
import dev.naru.identity.provider.simulated.SimulatedSettings.Outage;
import java.time.Duration;
import java.util.List;

/// The demo's three providers: a quick one, a slow one, and one that fails now and then.
final class DemoProviders {
  static final List<SimulatedSettings> ALL =
      List.of(
          new SimulatedSettings(
              "quick", new LocalText("빠른인증", "Quick check"), Duration.ofMillis(300), 500, 0, null),
          new SimulatedSettings(
              "phone",
              new LocalText("휴대폰 인증", "Phone check"),
              Duration.ofMillis(1500),
              300,
              0,
              null),
          new SimulatedSettings(
              "certificate",
              new LocalText("공동인증서", "Certificate"),
              Duration.ofMillis(800),
              100,
              0.02,
              new Outage(Duration.ofMinutes(2), Duration.ofSeconds(20))));

  static final ProviderFile FILE = ProviderFile.simulated(ALL);

  private DemoProviders() {}
}
