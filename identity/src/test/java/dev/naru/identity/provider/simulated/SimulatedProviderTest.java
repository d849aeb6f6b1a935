package dev.naru.identity.provider.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.naru.common.eligibility.Nationality;
import dev.naru.common.text.LocalText;
import dev.naru.identity.HandTime;
import dev.naru.identity.provider.Check;
import dev.naru.identity.provider.FormRules;
import dev.naru.identity.provider.IdentityProvider;
import dev.naru.identity.provider.IdentityProviderContract;
import dev.naru.identity.provider.ProviderAnswer;
import dev.naru.identity.provider.VerifiedPerson;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SimulatedProviderTest extends IdentityProviderContract {
  private static final Map<String, String> HONG =
      Map.of("name", "홍길동", "birthDate", "1980-01-09", "phone", "010-1234-5678", "ci", "ci-1");

  private final HandTime time = new HandTime();
  private final SimulatedProvider provider = provider(0, null);

  private SimulatedProvider provider(double failures, SimulatedSettings.@Nullable Outage outage) {
    return new SimulatedProvider(
        new SimulatedSettings(
            "bank", new LocalText("은행", "Bank"), Duration.ofMillis(200), 5, failures, outage),
        time,
        new Random(7),
        time);
  }

  @Override
  protected IdentityProvider provider() {
    return provider;
  }

  @Override
  protected void letTimePass(Duration duration) {
    time.pass(duration);
  }

  @Override
  protected Map<String, String> goodAnswers(Check check) {
    return HONG;
  }

  @Override
  protected boolean bindsAnswersToTheCheck() {
    return false;
  }

  @Override
  protected boolean isGoodOnce() {
    return false;
  }

  private ProviderAnswer complete(Map<String, String> form) {
    return complete(newCheck(), form);
  }

  @Test
  void thePersonIsReadFromTheForm() {
    assertThat(complete(HONG))
        .isEqualTo(
            new ProviderAnswer.Verified(
                new VerifiedPerson("ci-1", "홍길동", LocalDate.of(1980, 1, 9), "01012345678")));
  }

  @Test
  void whoIsAForeignerIsWhatTheySay() {
    for (Map.Entry<String, Nationality> said :
        Map.of("true", Nationality.FOREIGN, "false", Nationality.DOMESTIC).entrySet()) {
      Map<String, String> form = new HashMap<>(HONG);
      form.put("foreigner", said.getKey());
      assertThat(complete(form))
          .isInstanceOfSatisfying(
              ProviderAnswer.Verified.class,
              verified -> assertThat(verified.person().nationality()).isEqualTo(said.getValue()));
      form.put("foreigner", "perhaps");
      assertThat(complete(form)).isInstanceOf(ProviderAnswer.Malformed.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name      | ' '",
        "birthDate | 1980-02-30",
        "birthDate | 1980-1-9",
        "birthDate | 1899-12-31",
        "birthDate | 2021-08-10",
        "birthDate | +1980-01-09",
        "phone     | 1234567",
        "phone     | 123456789012345678901",
        "phone     | 010 1234 5678",
        "phone     | --------1",
        "ci        | ' '",
      })
  void aWrongFieldIsNamed(String field, String value) {
    Map<String, String> form = new LinkedHashMap<>(HONG);
    form.put(field, value);
    assertThat(complete(form))
        .isInstanceOfSatisfying(
            ProviderAnswer.Malformed.class,
            malformed -> assertThat(malformed.field()).isEqualTo(field));
  }

  @Test
  void lengthsAndControlCharactersAreChecked() {
    assertThat(with("name", "가".repeat(50))).isInstanceOf(ProviderAnswer.Verified.class);
    assertThat(with("name", "가".repeat(51))).isInstanceOf(ProviderAnswer.Malformed.class);
    assertThat(with("name", "홍\n길동")).isInstanceOf(ProviderAnswer.Malformed.class);
    assertThat(with("name", "홍\uD800길동")).isInstanceOf(ProviderAnswer.Malformed.class);
    assertThat(with("ci", "c".repeat(128))).isInstanceOf(ProviderAnswer.Verified.class);
    assertThat(with("ci", "c".repeat(129))).isInstanceOf(ProviderAnswer.Malformed.class);
    assertThat(with("ci", "c\u0000")).isInstanceOf(ProviderAnswer.Malformed.class);
    assertThat(with("birthDate", "1900-01-01")).isInstanceOf(ProviderAnswer.Verified.class);
    assertThat(with("birthDate", "2021-08-09")).isInstanceOf(ProviderAnswer.Verified.class);
  }

  private ProviderAnswer with(String field, String value) {
    Map<String, String> form = new LinkedHashMap<>(HONG);
    form.put(field, value);
    return complete(form);
  }

  @Property(tries = 300)
  void whateverIsTypedIsAnswered(
      @ForAll String name, @ForAll String birthDate, @ForAll String phone, @ForAll String ci) {
    assertThat(
            FormRules.wrong(
                Map.of("name", name, "birthDate", birthDate, "phone", phone, "ci", ci, "x", name),
                List.of("name", "birthDate", "phone", "ci"),
                LocalDate.of(2021, 8, 9)))
        .isNotNull();
  }

  @Test
  void aCiOfNobodyIsNotVerified() {
    assertThat(with("ci", "unknown-1")).isInstanceOf(ProviderAnswer.NotVerified.class);
  }

  private List<CompletableFuture<ProviderAnswer>> ask(SimulatedProvider asked, int times) {
    List<CompletableFuture<ProviderAnswer>> answers = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      answers.add(asked.complete(newCheck(), HONG).toCompletableFuture());
    }
    return answers;
  }

  @Test
  void beyondItsCapacityPeopleWaitAndBeyondThatTheyAreRefused() {
    List<CompletableFuture<ProviderAnswer>> answers = ask(provider, 16);
    assertThat(answers.subList(0, 15)).noneMatch(CompletableFuture::isDone);
    assertThat(answers.get(15).join()).isInstanceOf(ProviderAnswer.Unavailable.class);
    time.pass(Duration.ofSeconds(5));
    assertThat(answers.subList(0, 15))
        .allSatisfy(
            answer -> assertThat(answer.join()).isInstanceOf(ProviderAnswer.Verified.class));
    // The capacity is free again.
    assertThat(complete(HONG)).isInstanceOf(ProviderAnswer.Verified.class);
  }

  @Test
  void whoWaitsForCapacityWaitsLonger() {
    List<Instant> ends = new ArrayList<>();
    for (CompletableFuture<ProviderAnswer> answer : ask(provider, 15)) {
      var _ = answer.thenRun(() -> ends.add(time.instant()));
    }
    Instant begin = time.instant();
    time.pass(Duration.ofSeconds(5));
    assertThat(Duration.between(begin, ends.get(14)))
        .isGreaterThan(Duration.between(begin, ends.get(0)).multipliedBy(2));
  }

  @Test
  void halfOfTheChecksTakeLongerThanTheMedian() {
    int slower = 0;
    for (int i = 0; i < 400; i++) {
      CompletableFuture<ProviderAnswer> answer =
          provider.complete(newCheck(), HONG).toCompletableFuture();
      time.pass(Duration.ofMillis(200));
      slower += answer.isDone() ? 0 : 1;
      time.pass(Duration.ofSeconds(5));
    }
    assertThat(slower).isBetween(150, 250);
  }

  @Test
  void itFailsAsOftenAsItIsTold() {
    SimulatedProvider shaky = provider(0.3, null);
    int failed = 0;
    for (int i = 0; i < 400; i++) {
      CompletableFuture<ProviderAnswer> answer =
          shaky.complete(newCheck(), HONG).toCompletableFuture();
      time.pass(Duration.ofSeconds(5));
      failed += answer.join() instanceof ProviderAnswer.Unavailable ? 1 : 0;
    }
    assertThat(failed).isBetween(80, 160);
  }

  @Test
  void inAnOutageEveryCheckFails() {
    SimulatedProvider shaky =
        provider(0, new SimulatedSettings.Outage(Duration.ofSeconds(60), Duration.ofSeconds(20)));
    List<Boolean> well = new ArrayList<>();
    for (int second = 0; second < 60; second += 10) {
      CompletableFuture<ProviderAnswer> answer =
          shaky.complete(newCheck(), HONG).toCompletableFuture();
      time.pass(Duration.ofSeconds(10));
      well.add(answer.join() instanceof ProviderAnswer.Verified);
    }
    assertThat(well).containsExactly(true, true, true, true, false, false);
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new SimulatedSettings("Bank!", new LocalText("", ""), Duration.ZERO, 1, 0, null));
    assertThatIllegalArgumentException().isThrownBy(() -> provider(Double.NaN, null));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new SimulatedSettings.Outage(Duration.ofSeconds(1), Duration.ofSeconds(1)));
  }
}
