package dev.naru.identity.light;

import dev.naru.identity.provider.ProviderAnswer;
import dev.naru.identity.provider.Start;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The time limit and the circuit breaker in front of one provider, for every call that asks it.
/// Holds no thread while a call runs.
final class ProviderGuard {
  private static final TypeLiteral<CompletionStage<Start>> START = new TypeLiteral<>() {};
  private static final TypeLiteral<CompletionStage<ProviderAnswer>> ANSWER = new TypeLiteral<>() {};

  private final Guard guard;
  private final InstantSource clock;
  private final Duration pause;
  private volatile CircuitBreakerState state = CircuitBreakerState.CLOSED;
  private volatile Instant openedAt = Instant.EPOCH;

  /// @param onChange told the breaker's new state
  ProviderGuard(Guarding guarding, InstantSource clock, Consumer<Breaker> onChange) {
    this.clock = clock;
    this.pause = guarding.pause();
    this.guard =
        Guard.create()
            .withTimeout()
            .duration(guarding.limit().toMillis(), ChronoUnit.MILLIS)
            .done()
            .withCircuitBreaker()
            .requestVolumeThreshold(guarding.calls())
            .failureRatio(0.5)
            .delay(guarding.pause().toMillis(), ChronoUnit.MILLIS)
            .successThreshold(guarding.probes())
            .onStateChange(
                changed -> {
                  if (changed == CircuitBreakerState.OPEN) {
                    openedAt = clock.instant();
                  }
                  state = changed;
                  onChange.accept(breaker());
                })
            .done()
            .build();
  }

  /// @return completed exceptionally with what the call threw or was completed with, with a
  ///   timeout, or with the breaker's refusal
  CompletionStage<Start> start(Supplier<CompletionStage<Start>> call) {
    return guard.get(call, START);
  }

  /// As [#start].
  CompletionStage<ProviderAnswer> complete(Supplier<CompletionStage<ProviderAnswer>> call) {
    return guard.get(call, ANSWER);
  }

  /// An open breaker notices that its pause is over only when somebody calls, and nobody calls a
  /// provider that is shown as shut: so the pause is looked at here.
  Breaker breaker() {
    return switch (state) {
      case CLOSED -> Breaker.CLOSED;
      case HALF_OPEN -> Breaker.PROBING;
      case OPEN -> clock.instant().isBefore(openedAt.plus(pause)) ? Breaker.OPEN : Breaker.PROBING;
    };
  }
}
