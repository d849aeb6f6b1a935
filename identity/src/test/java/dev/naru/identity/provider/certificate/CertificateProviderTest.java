package dev.naru.identity.provider.certificate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.text.LocalText;
import dev.naru.database.Database;
import dev.naru.database.TestPostgres;
import dev.naru.identity.HandTime;
import dev.naru.identity.provider.About;
import dev.naru.identity.provider.Check;
import dev.naru.identity.provider.IdentityProvider;
import dev.naru.identity.provider.IdentityProviderContract;
import dev.naru.identity.provider.ProviderAnswer;
import dev.naru.identity.provider.UsedResultStore;
import dev.naru.identity.provider.VerifiedPerson;
import dev.naru.identity.provider.certificate.TestAuthority.Holder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificateProviderTest extends IdentityProviderContract {
  private static final Database DATABASE = TestPostgres.with("identity");
  private static final String ALGORITHM = "SHA256withECDSA";
  private static final String KIM = "CN=김하나()0001, OU=personal, 2.5.4.5=ci-of-kim";

  @TempDir private Path folder;
  private final HandTime time = new HandTime();
  private final Instant now = time.instant();
  private final TestAuthority authority = new TestAuthority("Test authority", now);
  private final Holder kim = authority.issue(KIM, "19900510");
  private @Nullable CertificateProvider provider;

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  @BeforeEach
  void open() {
    authority.writeList(list(), now.plus(Duration.ofDays(1)));
    provider = provider(List.of(), "2.5.4.5");
  }

  private Path list() {
    return folder.resolve("list.pem");
  }

  private CertificateProvider provider(List<String> declared, @Nullable String ci) {
    return new CertificateProvider(
        new About("certificate", new LocalText("공동인증서", "Certificate"), 100),
        new CertificateSettings(
            List.of(authority.writeTo(folder)), List.of(list()), ci, "(", declared, null),
        new UsedResultStore(DATABASE.dataSource(), time),
        time,
        Executors.newVirtualThreadPerTaskExecutor());
  }

  @Override
  protected IdentityProvider provider() {
    return requireNonNull(provider);
  }

  @Override
  protected Map<String, String> goodAnswers(Check check) {
    return Map.of("signature", signature(check, kim));
  }

  private String challenge(Check check) {
    return requireNonNull(start(check).given().get("challenge"));
  }

  private String signature(Check check, Holder holder) {
    return TestAuthority.sign(holder, challenge(check), true, ALGORITHM);
  }

  private ProviderAnswer signedBy(Holder holder) {
    Check check = newCheck();
    return complete(check, Map.of("signature", signature(check, holder)));
  }

  @Test
  void thePersonIsReadFromTheCertificate() {
    assertThat(signedBy(kim))
        .isEqualTo(
            new ProviderAnswer.Verified(
                new VerifiedPerson("ci-of-kim", "김하나", LocalDate.of(1990, 5, 10), "")));
  }

  @Test
  void theTextMayBeLeftOutOfTheSignatureButNotBeAnother() {
    Check check = newCheck();
    String left = TestAuthority.sign(kim, challenge(check), false, ALGORITHM);
    assertThat(complete(check, Map.of("signature", left)))
        .isInstanceOf(ProviderAnswer.Verified.class);
    for (boolean inside : new boolean[] {true, false}) {
      Check own = newCheck();
      start(own);
      String other = TestAuthority.sign(kim, "I owe you a million", inside, ALGORITHM);
      assertThat(complete(own, Map.of("signature", other)))
          .isInstanceOf(ProviderAnswer.NotVerified.class);
    }
  }

  @Test
  void aSignatureIsGoodOnceHoweverItIsWritten() {
    Check check = newCheck();
    String signature = signature(check, kim);
    assertThat(complete(check, Map.of("signature", signature)))
        .isInstanceOf(ProviderAnswer.Verified.class);
    assertThat(spend(check)).isTrue();
    for (String again :
        List.of(signature, "  " + signature, signature.replaceAll("\\s", "") + "!")) {
      assertThat(complete(check, Map.of("signature", again)))
          .isInstanceOf(ProviderAnswer.NotVerified.class);
    }
  }

  @Test
  void sha1IsRefused() {
    Check check = newCheck();
    String weak = TestAuthority.sign(kim, challenge(check), true, "SHA1withECDSA");
    assertThat(complete(check, Map.of("signature", weak)))
        .isInstanceOf(ProviderAnswer.NotVerified.class);
  }

  @Test
  void anotherAuthorityEvenOfTheSameNameIsRefused() {
    TestAuthority impostor = new TestAuthority("Test authority", now);
    assertThat(signedBy(impostor.issue(KIM, "19900510")))
        .isInstanceOf(ProviderAnswer.NotVerified.class);
  }

  @Test
  void aPersonIsNoAuthority() {
    Holder mallory = new Holder(authority.issue(KIM, "19900510").certificate(), kim.keys());
    assertThat(signedBy(mallory)).isInstanceOf(ProviderAnswer.NotVerified.class);
  }

  @Test
  void expiredNotYetValidAndOtherwiseMeantCertificatesAreRefused() {
    Instant day = now.minus(Duration.ofDays(1));
    Instant tomorrow = now.plus(Duration.ofDays(1));
    int sign = KeyUsage.digitalSignature;
    assertThat(signedBy(authority.issue(KIM, "19900510", day, now.minusSeconds(60), sign)))
        .isInstanceOf(ProviderAnswer.NotVerified.class);
    assertThat(signedBy(authority.issue(KIM, "19900510", tomorrow, tomorrow.plusSeconds(60), sign)))
        .isInstanceOf(ProviderAnswer.NotVerified.class);
    assertThat(signedBy(authority.issue(KIM, "19900510", day, tomorrow, KeyUsage.keyEncipherment)))
        .isInstanceOf(ProviderAnswer.NotVerified.class);
    assertThat(signedBy(authority.issue(KIM, "19900510", day, tomorrow, sign)))
        .as("the same without the fault")
        .isInstanceOf(ProviderAnswer.Verified.class);
  }

  @Test
  void aRevokedCertificateIsRefusedFromTheNextListOn() {
    assertThat(signedBy(kim)).isInstanceOf(ProviderAnswer.Verified.class);
    authority.revoke(kim);
    authority.writeList(list(), now.plus(Duration.ofDays(1)));
    assertThat(signedBy(kim)).isInstanceOf(ProviderAnswer.NotVerified.class);
  }

  @Test
  void aListThatIsMissingOrOutOfDateLetsNobodyIn() throws IOException {
    // Java grants a list a quarter of an hour.
    authority.writeList(list(), now.minus(Duration.ofMinutes(16)));
    assertThat(signedBy(kim)).isInstanceOf(ProviderAnswer.Unavailable.class);
    new TestAuthority("Test authority", now).writeList(list(), now.plus(Duration.ofDays(1)));
    assertThat(signedBy(kim)).as("a forged list").isInstanceOf(ProviderAnswer.Unavailable.class);
    Files.delete(list());
    assertThat(signedBy(kim)).isInstanceOf(ProviderAnswer.Unavailable.class);
  }

  @Test
  void whatTheCertificateDoesNotTellIsAskedForOrMissing() {
    Holder silent =
        authority.issue(
            KIM, null, now.minusSeconds(60), now.plusSeconds(60), KeyUsage.nonRepudiation);
    assertThat(signedBy(silent)).isInstanceOf(ProviderAnswer.NotVerified.class);
    provider = provider(List.of("birthDate", "phone"), null);
    Check check = newCheck();
    assertThat(start(check).fields()).containsExactly("birthDate", "phone", "signature");
    ProviderAnswer answer =
        complete(
            check,
            Map.of(
                "birthDate", "1980-01-09",
                "phone", "010-1234-5678",
                "signature", signature(check, silent)));
    assertThat(answer)
        .isInstanceOfSatisfying(
            ProviderAnswer.Verified.class,
            verified -> {
              assertThat(verified.person().birthDate()).isEqualTo("1980-01-09");
              assertThat(verified.person().ci()).startsWith("certificate CN=Test authority / ");
            });
  }
}
