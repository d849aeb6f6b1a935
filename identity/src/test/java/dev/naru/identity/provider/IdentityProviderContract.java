package dev.naru.identity.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What every identity provider keeps to, whoever is behind it.
public abstract class IdentityProviderContract {
  /// The provider under test.
  protected abstract IdentityProvider provider();

  /// Lets enough time pass for a check to end.
  protected void letTimePass(Duration duration) {}

  /// Does what people do between start and end, and gives the answers that end the check well.
  protected abstract Map<String, String> goodAnswers(Check check);

  /// Whether an answer counts only in the check that it was given in. The simulated provider alone
  /// believes everything.
  protected boolean bindsAnswersToTheCheck() {
    return true;
  }

  /// Whether a field has to be there.
  protected boolean isNamedWhenMissing(String field) {
    return true;
  }

  /// Whether an answer counts no more once its check has had what it was for.
  protected boolean isGoodOnce() {
    return true;
  }

  protected final boolean spend(Check check) {
    return provider().spend(check).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  protected final Check newCheck() {
    return TestChecks.at(provider().id());
  }

  protected final Start start(Check check) {
    return provider().start(check).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  protected final ProviderAnswer complete(Check check, Map<String, String> answers) {
    CompletableFuture<ProviderAnswer> answer =
        provider().complete(check, answers).toCompletableFuture();
    letTimePass(Duration.ofSeconds(10));
    return answer.orTimeout(20, TimeUnit.SECONDS).join();
  }

  /// From start to end, with one thing changed.
  protected final ProviderAnswer completeWith(String field, String value) {
    Check check = newCheck();
    Map<String, String> answers = new LinkedHashMap<>(goodAnswers(check));
    answers.put(field, value);
    return complete(check, answers);
  }

  @Test
  void itsIdFitsIntoAnAddress() {
    assertThat(provider().id()).matches("[a-z0-9-]{1,32}");
  }

  @Test
  void itHasANameInBothLanguagesAndRoomForSomebody() {
    assertThat(provider().name().ko()).isNotBlank();
    assertThat(provider().name().en()).isNotBlank();
    assertThat(provider().capacity()).isPositive();
  }

  @Test
  void itStartsTheWayItSays() {
    Start start = start(newCheck());
    assertThat(start.next()).isEqualTo(provider().next());
    assertThat(start.url() != null).isEqualTo(start.next() == Start.Next.REDIRECT);
    assertThat(!start.fields().isEmpty()).isEqualTo(start.next() == Start.Next.FORM);
  }

  /// The page is with somebody else, who can neither visit the provider nor sign for the person.
  @Test
  void byTelephoneItNeedsWordsOnly() {
    if (provider().isByTelephone()) {
      Start start = start(TestChecks.at(provider().id(), Purpose.HELPING));
      assertThat(start.next()).isEqualTo(Start.Next.FORM);
      assertThat(start.given()).isEmpty();
    }
  }

  @Test
  void theRequestPaperIsNotShownToOthers() {
    Check check = newCheck();
    assertThat(String.valueOf(start(check))).doesNotContain(check.request());
  }

  @Test
  void goodAnswersVerifyThePersonTheSameInEachCheck() {
    Check first = newCheck();
    ProviderAnswer once = complete(first, goodAnswers(first));
    assertThat(once).isInstanceOf(ProviderAnswer.Verified.class);
    Check second = newCheck();
    assertThat(complete(second, goodAnswers(second))).isEqualTo(once);
  }

  /// What a check is for may fail after it, and is then asked for again with the same request.
  @Test
  void goodAnswersStayGoodUntilTheCheckIsSpentAndNoLonger() {
    Check check = newCheck();
    Map<String, String> answers = goodAnswers(check);
    ProviderAnswer once = complete(check, answers);
    assertThat(once).isInstanceOf(ProviderAnswer.Verified.class);
    for (int i = 0; i < 10; i++) {
      assertThat(complete(check, answers)).isEqualTo(once);
    }
    assertThat(spend(check)).isTrue();
    if (isGoodOnce()) {
      assertThat(complete(check, answers)).isInstanceOf(ProviderAnswer.NotVerified.class);
      assertThat(spend(check)).isFalse();
    }
  }

  @Test
  void ofSpendingsAtTheSameInstantOneIsTheFirst() {
    if (isGoodOnce()) {
      Check check = newCheck();
      complete(check, goodAnswers(check));
      List<CompletableFuture<Boolean>> spent = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        spent.add(provider().spend(check).toCompletableFuture());
      }
      assertThat(spent.stream().map(CompletableFuture::join)).filteredOn(first -> first).hasSize(1);
    }
  }

  @Test
  void eachMissingFieldIsNamed() {
    Check check = newCheck();
    Map<String, String> good = goodAnswers(check);
    for (String field : good.keySet().stream().filter(this::isNamedWhenMissing).toList()) {
      Map<String, String> answers = new LinkedHashMap<>(good);
      answers.remove(field);
      assertThat(complete(check, answers))
          .isInstanceOfSatisfying(
              ProviderAnswer.Malformed.class,
              malformed -> assertThat(malformed.field()).isEqualTo(field));
    }
  }

  @Test
  void anUnknownFieldIsNamed() {
    assertThat(completeWith("surprise", "x"))
        .isInstanceOfSatisfying(
            ProviderAnswer.Malformed.class,
            malformed -> assertThat(malformed.field()).isEqualTo("surprise"));
  }

  @Test
  void answersOfAnotherCheckVerifyNobody() {
    if (bindsAnswersToTheCheck()) {
      Map<String, String> others = goodAnswers(newCheck());
      Check own = newCheck();
      start(own);
      assertThat(complete(own, others)).isInstanceOf(ProviderAnswer.NotVerified.class);
    }
  }

  @Test
  void rubbishInAnyFieldVerifiesNobodyAndBreaksNothing() {
    List<ProviderAnswer> answers = new ArrayList<>();
    for (String field :
        bindsAnswersToTheCheck() ? goodAnswers(newCheck()).keySet() : List.<String>of()) {
      for (String rubbish : List.of("", " ", "x", "\u0000", "e30.e30.e30", "a".repeat(8000))) {
        answers.add(completeWith(field, rubbish));
      }
    }
    assertThat(answers)
        .noneMatch(ProviderAnswer.Verified.class::isInstance)
        .noneMatch(ProviderAnswer.Pending.class::isInstance);
  }

  @Test
  void personalDataDoNotReachALogThroughToString() {
    Check check = newCheck();
    ProviderAnswer answer = complete(check, goodAnswers(check));
    assertThat(answer)
        .isInstanceOfSatisfying(
            ProviderAnswer.Verified.class,
            verified ->
                assertThat(verified.toString())
                    .doesNotContain(verified.person().name(), verified.person().ci()));
  }
}
