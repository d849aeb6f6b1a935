package dev.naru.identity.provider.simulated;

import dev.naru.common.text.LocalText;
import dev.naru.identity.provider.Check;
import dev.naru.identity.provider.FormRules;
import dev.naru.identity.provider.IdentityProvider;
import dev.naru.identity.provider.Later;
import dev.naru.identity.provider.ProviderAnswer;
import dev.naru.identity.provider.Start;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/// A provider that believes every well-formed answer, with a speed, a capacity and failures that
/// can be set: for demo, rehearsal and tests. A `ci` that begins with `unknown-` is nobody's, so
/// that a refused check can be shown too.
///
/// Checks beyond the capacity wait for one that ends, so latency grows as with a real provider;
/// when twice the capacity waits already, more are refused.
public final class SimulatedProvider implements IdentityProvider {
  /// The nation that is simulated ends its day here: a child born today is born today.
  private static final ZoneId ZONE = ZoneId.of("Asia/Seoul");

  /// Spread of the log-normal latency: the slowest 5 % take about twice the median.
  private static final double SPREAD = 0.4;

  private static final List<String> FIELDS = List.of("name", "birthDate", "phone", "ci");

  private static final int WAITING_PER_CAPACITY = 2;

  private static final ProviderAnswer NOBODY =
      ProviderAnswer.NotVerified.byProvider(
          new LocalText(
              "입력한 정보와 일치하는 사람을 찾지 못했습니다.", "Nobody was found with the details you gave."));

  private record Running(ProviderAnswer believed, CompletableFuture<ProviderAnswer> answer) {}

  private final SimulatedSettings settings;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Later later;
  private final Queue<Running> waiting = new ArrayDeque<>();
  private int running;

  /// @param random safe for several threads
  public SimulatedProvider(
      SimulatedSettings settings, InstantSource clock, RandomGenerator random, Later later) {
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.later = later;
  }

  @Override
  public String id() {
    return settings.id();
  }

  @Override
  public LocalText name() {
    return settings.name();
  }

  @Override
  public Start.Next next() {
    return Start.Next.FORM;
  }

  @Override
  public boolean isByTelephone() {
    return true;
  }

  @Override
  public int capacity() {
    return settings.capacity();
  }

  @Override
  public CompletionStage<Start> start(Check check) {
    return CompletableFuture.completedFuture(Start.form(FIELDS));
  }

  @Override
  public CompletionStage<ProviderAnswer> complete(Check check, Map<String, String> answers) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZONE);
    ProviderAnswer.Malformed wrong =
        FormRules.wrong(answers, FIELDS, Set.of(FormRules.FOREIGNER), today);
    if (wrong != null) {
      return CompletableFuture.completedFuture(wrong);
    }
    String ci = answers.getOrDefault("ci", "");
    return enqueue(
        ci.startsWith("unknown-")
            ? NOBODY
            : new ProviderAnswer.Verified(FormRules.person(answers, ci)));
  }

  private CompletionStage<ProviderAnswer> enqueue(ProviderAnswer believed) {
    Running check = new Running(believed, new CompletableFuture<>());
    synchronized (this) {
      if (running >= settings.capacity()) {
        if (waiting.size() < WAITING_PER_CAPACITY * settings.capacity()) {
          waiting.add(check);
        } else {
          check.answer().complete(new ProviderAnswer.Unavailable());
        }
        return check.answer();
      }
      running++;
    }
    begin(check);
    return check.answer();
  }

  private void begin(Running check) {
    double factor = Math.exp(SPREAD * random.nextGaussian());
    long nanos = (long) (settings.medianLatency().toNanos() * factor);
    later.after(Duration.ofNanos(nanos), () -> finish(check));
  }

  private void finish(Running check) {
    boolean fails = isDown() || random.nextDouble() < settings.failureRatio();
    Running next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        running--;
      }
    }
    if (next != null) {
      begin(next);
    }
    check.answer().complete(fails ? new ProviderAnswer.Unavailable() : check.believed());
  }

  private boolean isDown() {
    SimulatedSettings.Outage outage = settings.outage();
    if (outage == null) {
      return false;
    }
    long intoCycle = clock.millis() % outage.every().toMillis();
    return intoCycle >= outage.every().minus(outage.lasting()).toMillis();
  }
}
