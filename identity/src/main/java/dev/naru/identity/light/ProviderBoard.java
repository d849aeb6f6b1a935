package dev.naru.identity.light;

import dev.naru.identity.provider.IdentityProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All configured providers with their traffic lights.
public final class ProviderBoard {
  /// Best light first, then the quickest. Medians are compared in tenths of a second: providers
  /// that are equally quick for people do not change places all the time.
  private static final Comparator<ProviderStatus> PREFERENCE =
      Comparator.comparing(ProviderStatus::light)
          .thenComparingLong(status -> tenths(status.median()));

  private final Map<String, MeasuredProvider> providers = new LinkedHashMap<>();

  /// @throws IllegalArgumentException when two providers have the same id
  public ProviderBoard(List<IdentityProvider> providers, InstantSource clock, Guarding guarding) {
    for (IdentityProvider provider : providers) {
      MeasuredProvider measured = new MeasuredProvider(provider, clock, guarding);
      if (this.providers.put(provider.id(), measured) != null) {
        throw new IllegalArgumentException("two identity providers are named " + provider.id());
      }
    }
  }

  /// The provider with an id, or null.
  public @Nullable MeasuredProvider find(String id) {
    return providers.get(id);
  }

  /// All of them, the one to take first; equal ones in the configured order.
  public List<ProviderStatus> byPreference() {
    return providers.values().stream().map(MeasuredProvider::status).sorted(PREFERENCE).toList();
  }

  private static long tenths(@Nullable Duration median) {
    return median == null ? 0 : median.toMillis() / 100;
  }
}
