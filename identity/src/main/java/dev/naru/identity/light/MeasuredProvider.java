package dev.naru.identity.light;

import static java.util.Locale.ROOT;

import dev.naru.common.text.LocalText;
import dev.naru.identity.provider.Check;
import dev.naru.identity.provider.IdentityProvider;
import dev.naru.identity.provider.ProviderAnswer;
import dev.naru.identity.provider.Start;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A provider with its traffic light and its bulkhead: every check is measured from start to end,
/// has a time limit, and is refused at once when too many run already or the last ones failed, so
/// that a slow or dead provider holds up nobody else.
///
/// The bulkhead stands before the breaker: what it refuses is no failure of the provider's, and no
/// success either, and the library's breaker knows only these two.
public final class MeasuredProvider implements IdentityProvider {
  private static final Logger LOG = LoggerFactory.getLogger(MeasuredProvider.class);

  /// Four times what it handles at once: who comes later would wait three times a check's own time
  /// and is better told to take another provider.
  private static final int MOST_PER_CAPACITY = 4;

  private final IdentityProvider provider;
  private final InstantSource clock;
  private final ProviderGuard guard;
  private final InFlight inFlight;
  private final LatencyWindow window = new LatencyWindow();
  private Light light = Light.SMOOTH;
  private @Nullable Duration lastMedian;

  public MeasuredProvider(IdentityProvider provider, InstantSource clock, Guarding guarding) {
    this.provider = provider;
    this.clock = clock;
    this.inFlight = new InFlight(MOST_PER_CAPACITY * provider.capacity());
    this.guard = new ProviderGuard(guarding, clock, this::changed);
  }

  private void changed(Breaker breaker) {
    LOG.warn("The breaker of identity provider {} is {}", id(), breaker.name().toLowerCase(ROOT));
    if (breaker == Breaker.CLOSED) {
      // The probes got through: an outage that is over must not keep people away for a minute.
      window.clear();
    }
  }

  @Override
  public String id() {
    return provider.id();
  }

  @Override
  public LocalText name() {
    return provider.name();
  }

  @Override
  public Start.Next next() {
    return provider.next();
  }

  @Override
  public int capacity() {
    return provider.capacity();
  }

  @Override
  public boolean isByTelephone() {
    return provider.isByTelephone();
  }

  /// Completed exceptionally when the provider breaks, takes too long or is shut. A start that
  /// fails is a failed check; one that succeeds says nothing yet: a provider that only hands out a
  /// form is not quick because of that.
  @Override
  public CompletionStage<Start> start(Check check) {
    return guard
        .start(() -> provider.start(check))
        .whenComplete(
            (_, broken) -> {
              if (broken != null) {
                failed(clock.instant(), cause(broken));
              }
            });
  }

  /// Never completed exceptionally: a provider that breaks is unavailable.
  @Override
  public CompletionStage<ProviderAnswer> complete(Check check, Map<String, String> answers) {
    InFlight.Running running = inFlight.begin(clock.instant());
    if (running == null) {
      // No failure of the provider's: it is congested, which its load says already.
      return CompletableFuture.completedFuture(new ProviderAnswer.Unavailable());
    }
    return guard
        .complete(() -> provider.complete(check, answers).thenApply(MeasuredProvider::orDown))
        .handle((answer, broken) -> ended(running, answer, broken));
  }

  /// Our own business, which says nothing about the provider.
  @Override
  public CompletionStage<Boolean> spend(Check check) {
    return provider.spend(check);
  }

  /// What a provider says of itself that is no answer: to the breaker a failure as any other.
  private static final class Down extends RuntimeException {}

  private static ProviderAnswer orDown(ProviderAnswer answer) {
    if (answer instanceof ProviderAnswer.Unavailable) {
      throw new Down();
    }
    return answer;
  }

  private ProviderAnswer ended(
      InFlight.Running running, @Nullable ProviderAnswer answer, @Nullable Throwable broken) {
    Instant now = clock.instant();
    boolean ofProvider = answer != null && isOfProvider(answer);
    inFlight.end(running, ofProvider, now);
    if (answer == null) {
      failed(now, cause(broken));
      return new ProviderAnswer.Unavailable();
    }
    if (ofProvider) {
      window.passed(now, running.age(now));
    }
    return answer;
  }

  /// What was refused without asking the provider says nothing about it: wrong codes and altered
  /// results must not hide that it fails.
  private static boolean isOfProvider(ProviderAnswer answer) {
    return switch (answer) {
      case ProviderAnswer.Verified _, ProviderAnswer.Pending _ -> true;
      case ProviderAnswer.NotVerified(var _, boolean asked) -> asked;
      case ProviderAnswer.Malformed _ -> false;
      case ProviderAnswer.Unavailable _ -> throw new IllegalStateException("see orDown");
    };
  }

  private static @Nullable Throwable cause(@Nullable Throwable broken) {
    return broken instanceof CompletionException ? broken.getCause() : broken;
  }

  private void failed(Instant now, @Nullable Throwable broken) {
    switch (broken) {
      // Never reached the provider.
      case CircuitBreakerOpenException _ -> {}
      case Down _, TimeoutException _ -> window.failed(now);
      case null, default -> {
        // The class alone: a message might repeat what a person has typed.
        LOG.warn("Identity provider {} broke: {}", id(), String.valueOf(broken).split(":", 2)[0]);
        window.failed(now);
      }
    }
  }

  /// How it does now.
  public synchronized ProviderStatus status() {
    Instant now = clock.instant();
    Measured measured =
        window.measure(now, inFlight.count(), capacity(), inFlight.silence(now), guard.breaker());
    light = LightRules.judge(light, measured);
    if (measured.median() != null) {
      lastMedian = measured.median();
    }
    return new ProviderStatus(id(), name(), next(), isByTelephone(), light, lastMedian, measured);
  }
}
