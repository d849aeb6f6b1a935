package dev.naru.identity.provider.approval;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.naru.common.eligibility.Nationality;
import dev.naru.common.text.LocalText;
import dev.naru.identity.provider.About;
import dev.naru.identity.provider.Check;
import dev.naru.identity.provider.IdentityProvider;
import dev.naru.identity.provider.IdentityProviderContract;
import dev.naru.identity.provider.ProviderAnswer;
import dev.naru.identity.provider.Purpose;
import dev.naru.identity.provider.Start;
import dev.naru.identity.provider.TestChecks;
import dev.naru.identity.provider.VerifiedPerson;
import dev.naru.identity.provider.remote.Remote;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ApprovalProviderTest extends IdentityProviderContract {
  private static final Map<String, String> KIM =
      Map.of("name", "김하나", "birthDate", "1990-05-10", "phone", "010-1234-5678");

  private final TestApp app = new TestApp();
  private final ApprovalProvider provider =
      new ApprovalProvider(
          new About("app", new LocalText("앱 인증", "App"), 100),
          new ApprovalSettings(
              app.uri("/token"),
              app.uri("/request"),
              app.uri("/result"),
              app.uri("/keys"),
              "test-app",
              "ES256",
              TestApp.CLIENT,
              TestApp.SECRET),
          new Remote(),
          InstantSource.system(),
          Executors.newVirtualThreadPerTaskExecutor());

  @AfterEach
  void closeApp() {
    app.close();
  }

  @Override
  protected IdentityProvider provider() {
    return provider;
  }

  private Map<String, String> asked(Check check) {
    ProviderAnswer answer = complete(check, KIM);
    assertThat(answer).isInstanceOf(ProviderAnswer.Pending.class);
    Start next = ((ProviderAnswer.Pending) answer).next();
    assertThat(next.next()).isEqualTo(Start.Next.POLL);
    return Map.of("step", requireNonNull(next.given().get("step")));
  }

  @Override
  protected Map<String, String> goodAnswers(Check check) {
    Map<String, String> step = asked(check);
    app.everybody("approved");
    return step;
  }

  /// Its result never was in a browser.
  @Override
  protected boolean isGoodOnce() {
    return false;
  }

  private ProviderAnswer complete() {
    Check check = newCheck();
    return complete(check, goodAnswers(check));
  }

  @Test
  void whoApprovesIsVerifiedAndUntilThenItIsPending() {
    Check check = newCheck();
    Map<String, String> step = asked(check);
    assertThat(complete(check, step)).isInstanceOf(ProviderAnswer.Pending.class);
    app.everybody("approved");
    ProviderAnswer verified =
        new ProviderAnswer.Verified(
            new VerifiedPerson(
                "ci-of-01012345678", "김하나", LocalDate.of(1990, 5, 10), "01012345678"));
    assertThat(complete(check, step)).isEqualTo(verified);
    assertThat(complete(check, step)).as("after a lost answer").isEqualTo(verified);
  }

  @Test
  void theAppShowsWhatIsApproved() {
    complete(TestChecks.at("app", Purpose.SESSION), KIM);
    complete(TestChecks.at("app", Purpose.HELPING), KIM);
    assertThat(app.messages())
        .anyMatch(message -> message.contains("To verify you"))
        .anyMatch(message -> message.contains("call centre") && message.contains("상담원"));
  }

  @Test
  void theAppMayTellWhoIsAForeigner() {
    for (boolean foreigner : new boolean[] {true, false}) {
      app.claims = claims -> claims.claim("foreigner", foreigner);
      assertThat(complete())
          .isInstanceOfSatisfying(
              ProviderAnswer.Verified.class,
              verified ->
                  assertThat(verified.person().nationality())
                      .isEqualTo(foreigner ? Nationality.FOREIGN : Nationality.DOMESTIC));
    }
  }

  @Test
  void whoRefusesOrTakesTooLongOrIsUnknownIsNotVerified() {
    for (String outcome : List.of("refused", "expired")) {
      Check check = newCheck();
      Map<String, String> step = asked(check);
      app.everybody(outcome);
      assertThat(complete(check, step)).isInstanceOf(ProviderAnswer.NotVerified.class);
    }
    assertThat(
            complete(
                newCheck(),
                Map.of("name", "없는사람", "birthDate", "1990-05-10", "phone", "01012345678")))
        .isInstanceOf(ProviderAnswer.NotVerified.class);
  }

  @Test
  void whatIsSignedMustBeAboutThisRequestAndThisPerson() {
    List<UnaryOperator<JWTClaimsSet.Builder>> others =
        List.of(
            claims -> claims.claim("transaction", "another"),
            claims -> claims.claim("nonce", "another"),
            claims -> claims.claim("name", "박둘"),
            claims -> claims.claim("birthDate", "1990-05-11"));
    for (UnaryOperator<JWTClaimsSet.Builder> other : others) {
      app.claims = other;
      assertThat(complete()).isInstanceOf(ProviderAnswer.NotVerified.class);
    }
  }

  @Test
  void whatIsNotSignedByTheAppForUsAndInTimeIsNotBelieved() {
    List<UnaryOperator<JWTClaimsSet.Builder>> others =
        List.of(
            claims -> claims.issuer("another-app"),
            claims -> claims.audience("another-client"),
            claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(120))),
            claims -> claims.claim("ci", null));
    for (UnaryOperator<JWTClaimsSet.Builder> other : others) {
      app.claims = other;
      assertThat(complete()).isInstanceOf(ProviderAnswer.Unavailable.class);
    }
    app.claims = UnaryOperator.identity();
    assertThat(complete()).isInstanceOf(ProviderAnswer.Verified.class);
    app.signLikeAStranger();
    assertThat(complete()).isInstanceOf(ProviderAnswer.Unavailable.class);
  }

  @Test
  void aRotatedKeyIsFound() {
    complete();
    app.rotateKeys();
    assertThat(complete()).isInstanceOf(ProviderAnswer.Verified.class);
    assertThat(app.tokenCalls).hasValue(1);
  }

  @Test
  void aTokenThatWasWithdrawnIsReplacedAtOnce() {
    for (int refusal : new int[] {401, 403}) {
      app.refusal = refusal;
      Check check = newCheck();
      Map<String, String> step = asked(check);
      app.withdrawTokens();
      assertThat(complete(check, step)).isInstanceOf(ProviderAnswer.Pending.class);
      app.withdrawTokens();
      asked(newCheck());
    }
    assertThat(app.tokenCalls).hasValue(5);
  }

  @Test
  void whoseFreshTokensAreRefusedTooIsNotAskedForEver() {
    app.givesDeadTokens = true;
    assertThat(complete(newCheck(), KIM)).isInstanceOf(ProviderAnswer.Unavailable.class);
    assertThat(app.tokenCalls).hasValue(2);
  }

  @Test
  void anAppThatFailsIsUnavailable() {
    app.status = 500;
    assertThat(complete(newCheck(), KIM)).isInstanceOf(ProviderAnswer.Unavailable.class);
  }
}
