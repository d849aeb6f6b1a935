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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MeasuredProviderTest {
  private static final ProviderAnswer VERIFIED =
      new ProviderAnswer.Verified(
          new VerifiedPerson("ci", "홍길동", LocalDate.of(1980, 1, 9), "01012345678"));
  private static final ProviderAnswer UNAVAILABLE = new ProviderAnswer.Unavailable();

  private final HandTime time = new HandTime();
  private Supplier<CompletionStage<ProviderAnswer>> behaviour = () -> after(100, VERIFIED);
  private final MeasuredProvider provider = measured("one");

  private MeasuredProvider measured(String id) {
    return new MeasuredProvider(new Scripted(id), time, time, Duration.ofSeconds(10));
  }

  /// Does what the test says.
  private final class Scripted implements IdentityProvider {
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
    behaviour = () -> after(11_000, VERIFIED);
    CompletableFuture<ProviderAnswer> answer =
        provider.complete(TestChecks.at("one"), Map.of()).toCompletableFuture();
    time.pass(Duration.ofMillis(9_999));
    assertThat(answer).isNotDone();
    time.pass(Duration.ofMillis(1));
    assertThat(answer.join()).isEqualTo(UNAVAILABLE);
    time.pass(Duration.ofSeconds(2));
    assertThat(provider.status().measured().failures()).isEqualTo(1);
    assertThat(provider.status().measured().checks()).isEqualTo(1);
    assertThat(provider.status().measured().inFlight()).isZero();
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
    assertThat(provider.status().measured().failures()).isEqualTo(2);
    assertThat(provider.status().measured().inFlight()).isZero();
  }

  @Test
  void theBulkheadRefusesAtOnceWhatWouldOnlyWait() {
    behaviour = () -> after(5_000, VERIFIED);
    for (int i = 0; i < 40; i++) {
      assertThat(provider.complete(TestChecks.at("one"), Map.of()).toCompletableFuture())
          .isNotDone();
    }
    assertThat(provider.complete(TestChecks.at("one"), Map.of()).toCompletableFuture().getNow(null))
        .isEqualTo(UNAVAILABLE);
    assertThat(light()).isEqualTo(Light.CONGESTED);
    time.pass(Duration.ofSeconds(6));
    assertThat(provider.status().measured().inFlight()).isZero();
  }

  @Test
  void malformedInputSaysNothingAboutTheProvider() {
    ProviderAnswer malformed = new ProviderAnswer.Malformed("ci", new LocalText("ci", "ci"));
    behaviour = () -> CompletableFuture.completedFuture(malformed);
    assertThat(check()).isEqualTo(malformed);
    assertThat(provider.status().measured().checks()).isZero();
  }

  @Test
  void theQuickestComesFirstAndTheUnavailableLast() {
    ProviderBoard board =
        new ProviderBoard(
            List.of(new Scripted("dead"), new Scripted("slow"), new Scripted("quick")),
            time,
            time,
            Duration.ofSeconds(10));
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
