package dev.naru.identity.light;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.text.LocalText;
import dev.naru.identity.HandTime;
import dev.naru.identity.provider.Check;
import dev.naru.identity.provider.IdentityProvider;
import dev.naru.identity.provider.ProviderAnswer;
import dev.naru.identity.provider.Start;
import dev.naru.identity.provider.TestChecks;
import dev.naru.identity.provider.VerifiedPerson;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MeasuredProviderTest {
  private static final ProviderAnswer VERIFIED =
      new ProviderAnswer.Verified(
          new VerifiedPerson("ci", "홍길동", LocalDate.of(1980, 1, 9), "01012345678"));
  private static final ProviderAnswer UNAVAILABLE = new ProviderAnswer.Unavailable();

  /// The guard's own time is real: half a second for a call and for the breaker's pause.
  private static final Duration SHORT = Duration.ofMillis(500);

  private static final Guarding GUARDING = new Guarding(SHORT, 20, SHORT, 3);

  private final HandTime time = new HandTime();
  private final AtomicInteger asked = new AtomicInteger();
  private Supplier<CompletionStage<ProviderAnswer>> behaviour = () -> after(100, VERIFIED);
  private final MeasuredProvider provider = measured("one");

  private MeasuredProvider measured(String id) {
    return new MeasuredProvider(new Scripted(id), time, GUARDING);
  }

  /// Does what the test says.
  private class Scripted implements IdentityProvider {
    private final String id;

    Scripted(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public LocalText name() {
      return new LocalText(id, id);
    }

    @Override
    public Start.Next next() {
      return Start.Next.FORM;
    }

    @Override
    public int capacity() {
      return 10;
    }

    @Override
    public CompletionStage<Start> start(Check check) {
      return CompletableFuture.completedFuture(Start.form(List.of("ci")));
    }

    @Override
    public CompletionStage<ProviderAnswer> complete(Check check, Map<String, String> answers) {
      asked.incrementAndGet();
      return behaviour.get();
    }
  }

  private CompletionStage<ProviderAnswer> after(long millis, ProviderAnswer answer) {
    CompletableFuture<ProviderAnswer> later = new CompletableFuture<>();
    time.after(Duration.ofMillis(millis), () -> later.complete(answer));
    return later;
  }

  private @Nullable ProviderAnswer check() {
    CompletableFuture<ProviderAnswer> answer =
        provider.complete(TestChecks.at("one"), Map.of()).toCompletableFuture();
    time.pass(Duration.ofMillis(100));
    return answer.getNow(null);
  }

  private Light light() {
    return provider.status().light();
  }

  @Test
  void theMedianIsWhatWasMeasured() {
    for (int i = 0; i < 20; i++) {
      check();
    }
    assertThat(provider.status().median()).isBetween(Duration.ofMillis(85), Duration.ofMillis(115));
    assertThat(light()).isEqualTo(Light.SMOOTH);
  }

  @Test
  void aProviderThatFailsQuicklyIsNeitherGreenNorQuick() {
    behaviour = () -> after(1, UNAVAILABLE);
    check();
    assertThat(light()).isEqualTo(Light.DELAYED);
    assertThat(provider.status().median()).isNull();
    for (int i = 0; i < 10; i++) {
      check();
    }
    assertThat(light()).isEqualTo(Light.UNAVAILABLE);
  }

  @Test
  void aProviderComesBackWhenItsFailuresAreAMinuteOldAndPeopleGetThrough() {
    behaviour = () -> after(1, UNAVAILABLE);
    for (int i = 0; i < 10; i++) {
      check();
    }
    assertThat(light()).isEqualTo(Light.UNAVAILABLE);
    time.pass(Duration.ofSeconds(61));
    assertThat(light()).isEqualTo(Light.DELAYED);
    behaviour = () -> after(50, VERIFIED);
    check();
    assertThat(light()).isEqualTo(Light.SMOOTH);
  }

  @Test
  void aCheckThatTakesTooLongIsUnavailableAndItsLateAnswerIsIgnored() {
    CompletableFuture<ProviderAnswer> late = new CompletableFuture<>();
    behaviour = () -> late;
    CompletableFuture<ProviderAnswer> answer =
        provider.complete(TestChecks.at("one"), Map.of()).toCompletableFuture();
    assertThat(answer).isNotDone();
    assertThat(answer.join()).isEqualTo(UNAVAILABLE);
    late.complete(VERIFIED);
    assertThat(provider.status().measured().minute()).isEqualTo(new Measured.Ended(1, 1));
    assertThat(provider.status().measured().inFlight()).isZero();
  }

  @Test
  void aProviderThatFailsAfterAGoodMinuteIsRedWithinFiveSeconds() {
    for (int i = 0; i < 600; i++) {
      check();
    }
    assertThat(light()).isEqualTo(Light.SMOOTH);
    int calls = 0;
    // One in three fails: the breaker stays closed, the light does not stay green.
    for (; light().compareTo(Light.CONGESTED) < 0 && calls < 50; calls++) {
      boolean fails = calls % 3 == 0;
      behaviour = () -> after(100, fails ? UNAVAILABLE : VERIFIED);
      check();
    }
    assertThat(calls).as("checks of a tenth of a second each").isBetween(3, 49);
  }

  @Test
  void aProviderThatHangsIsRedWithinFiveSecondsAlthoughNothingHasFailedYet() {
    for (int i = 0; i < 100; i++) {
      check();
    }
    behaviour = CompletableFuture::new;
    var _ = provider.complete(TestChecks.at("one"), Map.of());
    assertThat(light()).isEqualTo(Light.SMOOTH);
    time.pass(Duration.ofSeconds(3));
    assertThat(provider.status().measured().minute().failures()).isZero();
    assertThat(light()).isEqualTo(Light.CONGESTED);
  }

  @Test
  void aProviderThatHangsStaysRedWhenTheFirstWhoWaitedAreGivenUp() {
    behaviour = () -> after(4000, UNAVAILABLE);
    List<Light> lights = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      var _ = provider.complete(TestChecks.at("one"), Map.of());
      time.pass(Duration.ofSeconds(1));
      lights.add(light());
    }
    assertThat(provider.status().measured().minute().failures()).isPositive();
    assertThat(lights.subList(2, 5)).containsOnly(Light.CONGESTED);
  }

  @Test
  void aDeadProviderIsNotAskedUntilThePauseIsOverAndIsGreenWhenTheProbesGotThrough()
      throws InterruptedException {
    behaviour = () -> after(1, UNAVAILABLE);
    for (int i = 0; i < 20; i++) {
      check();
    }
    assertThat(light()).isEqualTo(Light.UNAVAILABLE);
    assertThat(check()).isEqualTo(UNAVAILABLE);
    assertThat(asked).as("the breaker lets nobody through").hasValue(20);

    time.pass(SHORT);
    assertThat(light()).as("somebody has to try").isEqualTo(Light.CONGESTED);
    Thread.sleep(SHORT.plusMillis(50));
    behaviour = () -> after(50, VERIFIED);
    check();
    assertThat(light()).isEqualTo(Light.CONGESTED);
    check();
    check();
    assertThat(asked).hasValue(23);
    assertThat(light()).isEqualTo(Light.SMOOTH);
  }

  @Test
  void probesThatFailShutItAgain() throws InterruptedException {
    behaviour = () -> after(1, UNAVAILABLE);
    for (int i = 0; i < 20; i++) {
      check();
    }
    time.pass(SHORT);
    Thread.sleep(SHORT.plusMillis(50));
    check();
    assertThat(asked).hasValue(21);
    assertThat(light()).isEqualTo(Light.UNAVAILABLE);
  }

  @Test
  void aProviderWhoseStartHangsIsGivenUp() {
    Scripted scripted =
        new Scripted("hangs") {
          @Override
          public CompletionStage<Start> start(Check check) {
            return new CompletableFuture<>();
          }
        };
    MeasuredProvider hanging = new MeasuredProvider(scripted, time, GUARDING);
    assertThat(hanging.start(TestChecks.at("one")).toCompletableFuture())
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void startsThatFailAreFailedChecksAndStartsThatSucceedSayNothing() {
    AtomicInteger starts = new AtomicInteger();
    Scripted scripted =
        new Scripted("fails") {
          @Override
          public CompletionStage<Start> start(Check check) {
            return starts.incrementAndGet() <= 5
                ? super.start(check)
                : CompletableFuture.failedFuture(new IllegalStateException("planted"));
          }
        };
    MeasuredProvider failing = new MeasuredProvider(scripted, time, GUARDING);
    for (int i = 0; i < 5; i++) {
      assertThat(failing.start(TestChecks.at("one")).toCompletableFuture()).isCompleted();
    }
    assertThat(failing.status().measured().minute().checks()).isZero();
    for (int i = 0; i < 5; i++) {
      assertThat(failing.start(TestChecks.at("one")).toCompletableFuture())
          .isCompletedExceptionally();
    }
    assertThat(failing.status().measured().minute().failures()).isEqualTo(5);
    assertThat(failing.status().light()).isEqualTo(Light.UNAVAILABLE);
  }

  @Test
  void aProviderThatBreaksIsUnavailable() {
    behaviour =
        () -> {
          throw new IllegalStateException("planted");
        };
    assertThat(check()).isEqualTo(UNAVAILABLE);
    behaviour = () -> CompletableFuture.failedFuture(new IllegalStateException("planted"));
    assertThat(check()).isEqualTo(UNAVAILABLE);
    assertThat(provider.status().measured().minute().failures()).isEqualTo(2);
    assertThat(provider.status().measured().inFlight()).isZero();
  }

  @Test
  void theBulkheadRefusesAtOnceWhatWouldOnlyWaitAndThatIsNoFailure() {
    behaviour = () -> after(5_000, VERIFIED);
    for (int i = 0; i < 40; i++) {
      assertThat(provider.complete(TestChecks.at("one"), Map.of()).toCompletableFuture())
          .isNotDone();
    }
    assertThat(provider.complete(TestChecks.at("one"), Map.of()).toCompletableFuture().getNow(null))
        .isEqualTo(UNAVAILABLE);
    assertThat(light()).isEqualTo(Light.CONGESTED);
    assertThat(provider.status().measured().minute().checks()).isZero();
    time.pass(Duration.ofSeconds(6));
    assertThat(provider.status().measured().inFlight()).isZero();
  }

  @Test
  void malformedInputSaysNothingAboutTheProvider() {
    ProviderAnswer malformed = new ProviderAnswer.Malformed("ci", new LocalText("ci", "ci"));
    behaviour = () -> CompletableFuture.completedFuture(malformed);
    assertThat(check()).isEqualTo(malformed);
    assertThat(provider.status().measured().minute().checks()).isZero();
  }

  @Test
  void wrongCodesDoNotHideThatAProviderFails() {
    ProviderAnswer wrongCode = ProviderAnswer.NotVerified.byUs(new LocalText("틀림", "wrong"));
    for (int i = 0; i < 300; i++) {
      boolean fails = i % 30 == 0;
      behaviour = () -> after(1, fails ? UNAVAILABLE : wrongCode);
      check();
    }
    assertThat(provider.status().measured().minute()).isEqualTo(new Measured.Ended(10, 10));
    assertThat(light()).isNotEqualTo(Light.SMOOTH);
    ProviderAnswer unknown = ProviderAnswer.NotVerified.byProvider(new LocalText("없음", "nobody"));
    behaviour = () -> after(1, unknown);
    check();
    assertThat(provider.status().measured().minute()).isEqualTo(new Measured.Ended(11, 10));
  }

  @Test
  void theQuickestComesFirstAndTheUnavailableLast() {
    ProviderBoard board =
        new ProviderBoard(
            List.of(new Scripted("dead"), new Scripted("slow"), new Scripted("quick")),
            time,
            GUARDING);
    assertThat(board.byPreference())
        .extracting(ProviderStatus::id)
        .containsExactly("dead", "slow", "quick");
    behaviour = () -> after(1, UNAVAILABLE);
    complete(board, "dead");
    behaviour = () -> after(1_500, VERIFIED);
    complete(board, "slow");
    behaviour = () -> after(300, VERIFIED);
    complete(board, "quick");
    time.pass(Duration.ofSeconds(2));

    assertThat(board.byPreference())
        .extracting(ProviderStatus::id)
        .containsExactly("quick", "slow", "dead");
  }

  private static void complete(ProviderBoard board, String id) {
    for (int i = 0; i < 6; i++) {
      var _ = requireNonNull(board.find(id)).complete(TestChecks.at("one"), Map.of());
    }
  }
}
