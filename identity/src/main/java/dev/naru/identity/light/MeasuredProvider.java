package dev.naru.identity.light;

import dev.naru.common.text.LocalText;
import dev.naru.identity.provider.Check;
import dev.naru.identity.provider.IdentityProvider;
import dev.naru.identity.provider.Later;
import dev.naru.identity.provider.ProviderAnswer;
import dev.naru.identity.provider.Start;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A provider with its traffic light: every check is measured from start to end, has a time limit,
/// and is refused at once when too many run already, so that a slow provider holds up nobody else.
public final class MeasuredProvider implements IdentityProvider {
  private static final Logger LOG = LoggerFactory.getLogger(MeasuredProvider.class);

  /// Four times what it handles at once: who comes later would wait three times a check's own time
  /// and is better told to take another provider.
  private static final int MOST_PER_CAPACITY = 4;

  private final IdentityProvider provider;
  private final InstantSource clock;
  private final Later later;
  private final Duration limit;
  private final LatencyWindow window = new LatencyWindow();
  private final AtomicInteger inFlight = new AtomicInteger();
  private Light light = Light.SMOOTH;
  private @Nullable Duration lastMedian;

  /// @param limit for one check; whoever waits longer has reloaded the page
  public MeasuredProvider(
      IdentityProvider provider, InstantSource clock, Later later, Duration limit) {
    this.provider = provider;
    this.clock = clock;
    this.later = later;
    this.limit = limit;
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
  public CompletionStage<Start> start(Check check) {
    return provider.start(check);
  }

  /// Never completed exceptionally: a provider that breaks is unavailable.
  @Override
  public CompletionStage<ProviderAnswer> complete(Check check, Map<String, String> answers) {
    if (inFlight.incrementAndGet() > MOST_PER_CAPACITY * capacity()) {
      inFlight.decrementAndGet();
      window.failed(clock.instant());
      return CompletableFuture.completedFuture(new ProviderAnswer.Unavailable());
    }
    Instant started = clock.instant();
    CompletableFuture<ProviderAnswer> answer = ask(check, answers);
    CompletableFuture<ProviderAnswer> measured =
        answer.handle((given, broken) -> ended(started, given, broken));
    if (!answer.isDone()) {
      later.after(limit, () -> answer.complete(new ProviderAnswer.Unavailable()));
    }
    return measured;
  }

  private CompletableFuture<ProviderAnswer> ask(Check asked, Map<String, String> answers) {
    CompletableFuture<ProviderAnswer> check = new CompletableFuture<>();
    try {
      var _ =
          provider
              .complete(asked, answers)
              .whenComplete(
                  (answer, broken) -> {
                    if (broken == null) {
                      check.complete(answer);
                    } else {
                      check.completeExceptionally(broken);
                    }
                  });
    } catch (RuntimeException e) {
      check.completeExceptionally(e);
    }
    return check;
  }

  private ProviderAnswer ended(
      Instant started, @Nullable ProviderAnswer answer, @Nullable Throwable broken) {
    inFlight.decrementAndGet();
    Instant now = clock.instant();
    if (answer == null) {
      // The class alone: a message might repeat what a person has typed.
      LOG.warn("Identity provider {} broke: {}", id(), String.valueOf(broken).split(":", 2)[0]);
      window.failed(now);
      return new ProviderAnswer.Unavailable();
    }
    switch (answer) {
      case ProviderAnswer.Verified _, ProviderAnswer.NotVerified _, ProviderAnswer.Pending _ ->
          window.passed(now, Duration.between(started, now));
      case ProviderAnswer.Unavailable _ -> window.failed(now);
      // Refused before the provider was asked: says nothing about it.
      case ProviderAnswer.Malformed _ -> {}
    }
    return answer;
  }

  /// How it does now.
  public synchronized ProviderStatus status() {
    Measured measured = window.measure(clock.instant(), inFlight.get(), capacity());
    light = LightRules.judge(light, measured);
    if (measured.median() != null) {
      lastMedian = measured.median();
    }
    return new ProviderStatus(id(), name(), next(), light, lastMedian, measured);
  }
}
