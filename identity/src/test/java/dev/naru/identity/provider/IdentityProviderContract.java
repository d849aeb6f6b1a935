package dev.naru.identity.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// What every identity provider keeps to, whoever is behind it.
public abstract class IdentityProviderContract {
  /// The provider under test.
  protected abstract IdentityProvider provider();

  /// Lets enough time pass for a check to end.
  protected abstract void letTimePass(Duration duration);

  /// Answers that it accepts.
  protected abstract Map<String, String> goodAnswers();

  protected final ProviderAnswer complete(Map<String, String> answers) {
    CompletableFuture<ProviderAnswer> answer = provider().complete(answers).toCompletableFuture();
    letTimePass(Duration.ofSeconds(10));
    return answer.join();
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
    Start start = provider().start("request").toCompletableFuture().join();
    assertThat(start.next()).isEqualTo(provider().next());
    assertThat(start.url() != null).isEqualTo(start.next() == Start.Next.REDIRECT);
    assertThat(!start.fields().isEmpty()).isEqualTo(start.next() == Start.Next.FORM);
  }

  @Test
  void goodAnswersVerifyThePersonTheSameEachTime() {
    ProviderAnswer once = complete(goodAnswers());
    assertThat(once).isInstanceOf(ProviderAnswer.Verified.class);
    assertThat(complete(goodAnswers())).isEqualTo(once);
  }

  @Test
  void eachMissingFieldIsNamed() {
    for (String field : goodAnswers().keySet()) {
      Map<String, String> answers = new LinkedHashMap<>(goodAnswers());
      answers.remove(field);
      assertThat(complete(answers))
          .isInstanceOfSatisfying(
              ProviderAnswer.Malformed.class,
              malformed -> assertThat(malformed.field()).isEqualTo(field));
    }
  }

  @Test
  void anUnknownFieldIsNamed() {
    Map<String, String> answers = new LinkedHashMap<>(goodAnswers());
    answers.put("surprise", "x");
    assertThat(complete(answers))
        .isInstanceOfSatisfying(
            ProviderAnswer.Malformed.class,
            malformed -> assertThat(malformed.field()).isEqualTo("surprise"));
  }

  @Test
  void personalDataDoNotReachALogThroughToString() {
    if (complete(goodAnswers()) instanceof ProviderAnswer.Verified verified) {
      assertThat(verified.toString())
          .doesNotContain(verified.person().name(), verified.person().ci());
    }
  }
}
