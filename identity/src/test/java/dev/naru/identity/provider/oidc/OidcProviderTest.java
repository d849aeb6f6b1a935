package dev.naru.identity.provider.oidc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import dev.naru.common.eligibility.Nationality;
import dev.naru.common.text.LocalText;
import dev.naru.database.Database;
import dev.naru.database.TestPostgres;
import dev.naru.identity.provider.About;
import dev.naru.identity.provider.Check;
import dev.naru.identity.provider.IdentityProvider;
import dev.naru.identity.provider.IdentityProviderContract;
import dev.naru.identity.provider.ProviderAnswer;
import dev.naru.identity.provider.Start;
import dev.naru.identity.provider.VerifiedPerson;
import dev.naru.identity.provider.remote.Remote;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OidcProviderTest extends IdentityProviderContract {
  private static final Database DATABASE = TestPostgres.with("identity");
  private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();
  private static final Remote REMOTE = new Remote();
  private static final ClaimNames WITH_CI =
      new ClaimNames("name", List.of("birthdate"), "phone_number", "ci");
  private static final TestIssuer OTHER = new TestIssuer();

  private final TestIssuer issuer = new TestIssuer();
  private final OidcProvider provider = provider(issuer, WITH_CI, false);

  @AfterEach
  void closeIssuer() {
    issuer.close();
  }

  @AfterAll
  static void closeOther() {
    OTHER.close();
    DATABASE.close();
  }

  private static OidcProvider provider(TestIssuer issuer, ClaimNames claims, boolean userInfo) {
    return new OidcProvider(
        new About("oidc", new LocalText("포털", "Portal"), 100),
        new OidcSettings(
            issuer.uri(),
            TestIssuer.CLIENT,
            TestIssuer.SECRET,
            false,
            Set.of("openid", "profile"),
            Set.of("RS256"),
            URI.create("https://naru.example/api/v1/identity/oidc/return"),
            false,
            claims,
            userInfo),
        REMOTE,
        DATABASE.dataSource(),
        InstantSource.system(),
        THREADS);
  }

  @Override
  protected IdentityProvider provider() {
    return provider;
  }

  @Override
  protected Map<String, String> goodAnswers(Check check) {
    return visit(provider, issuer, check);
  }

  private static Map<String, String> visit(
      IdentityProvider provider, TestIssuer issuer, Check check) {
    Start start = provider.start(check).toCompletableFuture().join();
    return issuer.logIn(requireNonNull(start.url()), "kim");
  }

  private ProviderAnswer complete() {
    Check check = newCheck();
    return complete(check, goodAnswers(check));
  }

  private static ProviderAnswer complete(IdentityProvider asked, TestIssuer issuer, Check check) {
    return asked.complete(check, visit(asked, issuer, check)).toCompletableFuture().join();
  }

  @Test
  void thePersonIsReadFromTheClaims() {
    assertThat(complete())
        .isEqualTo(
            new ProviderAnswer.Verified(
                new VerifiedPerson("ci-of-kim", "김하나", LocalDate.of(1990, 5, 10), "01012345678")));
  }

  @Test
  void withoutConnectingInformationIssuerAndSubjectTakeItsPlace() {
    assertThat(complete(provider(issuer, ClaimNames.STANDARD, false), issuer, newCheck()))
        .isInstanceOfSatisfying(
            ProviderAnswer.Verified.class,
            verified ->
                assertThat(verified.person().ci()).isEqualTo("oidc " + issuer.uri() + " kim"));
  }

  @Test
  void claimsMayComeFromTheUserInfoAndInPieces() {
    OidcProvider asked =
        provider(
            issuer,
            new ClaimNames(
                "response.name",
                List.of("response.birthyear", "response.birthday"),
                "response.mobile",
                "ci"),
            true);
    assertThat(complete(asked, issuer, newCheck()))
        .isEqualTo(
            new ProviderAnswer.Verified(
                new VerifiedPerson("ci-of-kim", "박둘", LocalDate.of(1985, 2, 3), "01099998888")));
    issuer.userInfoSubject = "somebody-else";
    assertThat(complete(asked, issuer, newCheck())).isInstanceOf(ProviderAnswer.Unavailable.class);
  }

  @Test
  void whoDoesNotTellTheirDateOfBirthIsNotVerified() {
    for (String missing : List.of("name", "birthdate", "ci")) {
      issuer.claims = claims -> claims.claim(missing, null);
      assertThat(complete()).isInstanceOf(ProviderAnswer.NotVerified.class);
    }
    issuer.claims = claims -> claims.claim("birthdate", "1990-02-30");
    assertThat(complete()).isInstanceOf(ProviderAnswer.NotVerified.class);
  }

  @Test
  void theNationalityIsWhatThePageSaysOfTheClaimsValues() {
    ClaimNames names =
        new ClaimNames(
            WITH_CI.name(),
            WITH_CI.birthDate(),
            WITH_CI.phone(),
            WITH_CI.ci(),
            new ClaimNames.NationalityClaim("nation", List.of("LOCAL"), List.of("FOREIGNER")));
    for (Map.Entry<String, Nationality> value :
        Map.of(
                "LOCAL", Nationality.DOMESTIC,
                "FOREIGNER", Nationality.FOREIGN,
                "local", Nationality.UNKNOWN,
                "", Nationality.UNKNOWN)
            .entrySet()) {
      issuer.claims = claims -> claims.claim("nation", value.getKey());
      assertThat(complete(provider(issuer, names, false), issuer, newCheck()))
          .isInstanceOfSatisfying(
              ProviderAnswer.Verified.class,
              verified -> assertThat(verified.person().nationality()).isEqualTo(value.getValue()));
    }
    assertThat(complete())
        .as("not asked")
        .isInstanceOfSatisfying(
            ProviderAnswer.Verified.class,
            verified -> assertThat(verified.person().nationality()).isEqualTo(Nationality.UNKNOWN));
  }

  @Test
  void theTableShowsNothingOfThePerson() throws SQLException {
    complete();
    StringBuilder all = new StringBuilder();
    try (Connection connection = DATABASE.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT sealed FROM identity.redeemed_code")) {
      while (rows.next()) {
        all.append(rows.getString(1)).append('\n');
      }
    }
    assertThat(all.toString()).isNotBlank().doesNotContain("김하나", "ci-of-kim", "1234");
  }

  @Test
  void aStolenCodeFailsInAnotherCheckBecauseOfItsPkce() {
    Map<String, String> stolen = goodAnswers(newCheck());
    Check own = newCheck();
    Map<String, String> answers = new LinkedHashMap<>(goodAnswers(own));
    answers.put("code", stolen.getOrDefault("code", ""));
    assertThat(complete(own, answers)).isInstanceOf(ProviderAnswer.NotVerified.class);
  }

  @Test
  void aWrongNonceVerifiesNobody() {
    issuer.claims = claims -> claims.claim("nonce", "of another check");
    assertThat(complete()).isInstanceOf(ProviderAnswer.NotVerified.class);
    issuer.claims = claims -> claims.claim("nonce", null);
    assertThat(complete()).isInstanceOf(ProviderAnswer.NotVerified.class);
  }

  @Test
  void aTokenForSomebodyElseFromSomebodyElseOrPastItsTimeIsNotBelieved() {
    issuer.claims = claims -> claims.audience("another-client");
    assertThat(complete()).isInstanceOf(ProviderAnswer.Unavailable.class);
    issuer.claims = claims -> claims.issuer("https://other.example");
    assertThat(complete()).isInstanceOf(ProviderAnswer.Unavailable.class);
    issuer.claims = claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(120)));
    assertThat(complete()).isInstanceOf(ProviderAnswer.Unavailable.class);
    issuer.claims = claims -> claims.audience(List.of("naru", "other")).claim("azp", "other");
    assertThat(complete()).isInstanceOf(ProviderAnswer.Unavailable.class);
    issuer.claims = claims -> claims;
    assertThat(complete())
        .as("the same without the fault")
        .isInstanceOf(ProviderAnswer.Verified.class);
  }

  @Test
  void onlyTheIssuersOwnKeysSign() {
    RSAKey stranger = TestIssuer.newKey();
    issuer.signer = TestIssuer::unsigned;
    assertThat(complete()).as("alg none").isInstanceOf(ProviderAnswer.Unavailable.class);
    issuer.signer = issuer::signedWithThePublicKey;
    assertThat(complete()).as("key confusion").isInstanceOf(ProviderAnswer.Unavailable.class);
    issuer.signer = claims -> TestIssuer.signed(claims, stranger);
    assertThat(complete()).as("another's key").isInstanceOf(ProviderAnswer.Unavailable.class);
    issuer.signer = null;
    assertThat(complete()).as("its own").isInstanceOf(ProviderAnswer.Verified.class);
  }

  @Test
  void aRotatedKeyIsFoundAtOnceAndInventedKeysAreNotLookedForAllTheTime() {
    assertThat(complete()).isInstanceOf(ProviderAnswer.Verified.class);
    issuer.rotateKeys();
    assertThat(complete()).isInstanceOf(ProviderAnswer.Verified.class);
    int calls = issuer.keySetCalls.get();
    RSAKey invented = TestIssuer.newKey();
    issuer.signer = claims -> TestIssuer.signed(claims, invented);
    for (int i = 0; i < 20; i++) {
      assertThat(complete()).isInstanceOf(ProviderAnswer.Unavailable.class);
    }
    assertThat(issuer.keySetCalls.get() - calls).isLessThan(10);
  }

  @Test
  void anotherIssuersAnswerIsNotTakenForThisOnes() {
    assertThat(completeWith("iss", OTHER.uri().toString()))
        .isInstanceOf(ProviderAnswer.NotVerified.class);
    Check check = newCheck();
    Map<String, String> answers = new LinkedHashMap<>(goodAnswers(check));
    answers.remove("iss");
    assertThat(complete(check, answers))
        .as("it promised to name itself")
        .isInstanceOf(ProviderAnswer.NotVerified.class);
  }

  @Test
  void whoTurnsBackAtTheIssuerIsNotVerified() {
    Check check = newCheck();
    Map<String, String> back =
        Map.of(
            "error",
            "access_denied",
            "state",
            check.secret("state"),
            "iss",
            issuer.uri().toString());
    assertThat(complete(check, back)).isInstanceOf(ProviderAnswer.NotVerified.class);
    assertThat(complete(newCheck(), back)).isInstanceOf(ProviderAnswer.NotVerified.class);
  }

  @Test
  void anIssuerThatFailsIsUnavailable() {
    issuer.status = 500;
    assertThat(complete()).isInstanceOf(ProviderAnswer.Unavailable.class);
  }

  @Test
  void metadataOfAnotherIssuerOrNoneBeginNoCheck() {
    issuer.metadataIssuer = "https://other.example";
    assertCannotBegin(provider);
    TestIssuer gone = new TestIssuer();
    gone.close();
    assertCannotBegin(provider(gone, WITH_CI, false));
  }

  private void assertCannotBegin(OidcProvider asked) {
    assertThatThrownBy(() -> asked.start(newCheck()).toCompletableFuture().join())
        .isInstanceOf(CompletionException.class);
  }

  /// Fields that may be missing: RFC 9207's, which the contract would have named.
  @Override
  protected boolean isNamedWhenMissing(String field) {
    return !field.equals("iss");
  }
}
