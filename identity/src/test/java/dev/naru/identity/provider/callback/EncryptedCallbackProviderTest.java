package dev.naru.identity.provider.callback;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.common.eligibility.Nationality;
import dev.naru.common.text.LocalText;
import dev.naru.database.Database;
import dev.naru.database.TestPostgres;
import dev.naru.identity.HandTime;
import dev.naru.identity.provider.About;
import dev.naru.identity.provider.Check;
import dev.naru.identity.provider.IdentityProvider;
import dev.naru.identity.provider.IdentityProviderContract;
import dev.naru.identity.provider.ProviderAnswer;
import dev.naru.identity.provider.Start;
import dev.naru.identity.provider.UsedResultStore;
import dev.naru.identity.provider.VerifiedPerson;
import dev.naru.identity.provider.remote.Remote;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EncryptedCallbackProviderTest extends IdentityProviderContract {
  private static final Database DATABASE = TestPostgres.with("identity");

  private final HandTime time = new HandTime();
  private final TestAgency agency = new TestAgency();
  private final EncryptedCallbackProvider provider =
      new EncryptedCallbackProvider(
          new About("nice", new LocalText("휴대폰 본인확인", "Mobile check"), 100),
          new CallbackSettings(
              agency.uri("/oauth/token"),
              agency.uri("/crypto/token"),
              agency.uri("/service.cb"),
              TestAgency.CLIENT,
              TestAgency.SECRET,
              TestAgency.PRODUCT,
              URI.create("https://naru.example/api/v1/identity/nice/return"),
              "M"),
          new Remote(),
          new UsedResultStore(DATABASE.dataSource(), time),
          time,
          Executors.newVirtualThreadPerTaskExecutor());

  @AfterEach
  void closeAgency() {
    agency.close();
  }

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  @Override
  protected IdentityProvider provider() {
    return provider;
  }

  @Override
  protected Map<String, String> goodAnswers(Check check) {
    Start start = start(check);
    Map<String, String> answers = new LinkedHashMap<>();
    answers.put("step", requireNonNull(start.given().get("step")));
    answers.putAll(agency.confirm(requireNonNull(start.url())));
    return answers;
  }

  private ProviderAnswer complete() {
    Check check = newCheck();
    return complete(check, goodAnswers(check));
  }

  @Test
  void thePersonIsReadFromTheResult() {
    assertThat(complete())
        .isEqualTo(
            new ProviderAnswer.Verified(
                new VerifiedPerson(
                    "C".repeat(86) + "==", "김하나", LocalDate.of(1990, 5, 10), "01012345678")));
  }

  @Test
  void theRegisterOfForeignersIsToldByTheAgencysCode() {
    for (Map.Entry<String, Nationality> code :
        Map.of("0", Nationality.DOMESTIC, "1", Nationality.FOREIGN, "x", Nationality.UNKNOWN)
            .entrySet()) {
      agency.result.put("nationalinfo", code.getKey());
      assertThat(complete())
          .isInstanceOfSatisfying(
              ProviderAnswer.Verified.class,
              verified -> assertThat(verified.person().nationality()).isEqualTo(code.getValue()));
    }
    agency.result.remove("nationalinfo");
  }

  @Test
  void everyAlteredCharacterOfTheResultIsNoticed() {
    Check check = newCheck();
    Map<String, String> good = goodAnswers(check);
    String encrypted = good.getOrDefault("enc_data", "");
    for (int at = 0; at < encrypted.length(); at += 7) {
      Map<String, String> altered = new LinkedHashMap<>(good);
      char other = encrypted.charAt(at) == 'A' ? 'B' : 'A';
      altered.put("enc_data", encrypted.substring(0, at) + other + encrypted.substring(at + 1));
      assertThat(complete(check, altered)).isInstanceOf(ProviderAnswer.NotVerified.class);
    }
    assertThat(complete(check, good)).isInstanceOf(ProviderAnswer.Verified.class);
  }

  @Test
  void aResultOfAnotherCheckIsNotTakenEvenWithItsOwnNote() {
    Check other = newCheck();
    Map<String, String> others = goodAnswers(other);
    Check own = newCheck();
    Map<String, String> mixed = new LinkedHashMap<>(others);
    mixed.put("step", goodAnswers(own).getOrDefault("step", ""));
    assertThat(complete(own, mixed)).isInstanceOf(ProviderAnswer.NotVerified.class);
  }

  @Test
  void whatTheAgencyRefusesOrLeavesOutVerifiesNobody() {
    for (Map.Entry<String, String> bad :
        Map.of("resultcode", "0001", "birthdate", "19900230", "ci", "", "utf8_name", "%")
            .entrySet()) {
      String good = requireNonNull(agency.result.put(bad.getKey(), bad.getValue()));
      assertThat(complete()).as(bad.getKey()).isInstanceOf(ProviderAnswer.NotVerified.class);
      agency.result.put(bad.getKey(), good);
    }
    assertThat(complete()).isInstanceOf(ProviderAnswer.Verified.class);
  }

  @Test
  void oneAccessTokenServesManyChecksUntilItEnds() {
    complete();
    complete();
    assertThat(agency.tokenCalls).hasValue(1);
    time.pass(Duration.ofMinutes(60));
    complete();
    assertThat(agency.tokenCalls).hasValue(2);
  }

  @Test
  void aTokenThatWasWithdrawnIsReplacedAtOnceHoweverThatIsSaid() {
    complete();
    for (int refusal : new int[] {200, 401, 403}) {
      agency.refusal = refusal;
      agency.withdrawTokens();
      assertThat(complete()).as("%d", refusal).isInstanceOf(ProviderAnswer.Verified.class);
    }
    assertThat(agency.tokenCalls).hasValue(4);
  }

  @Test
  void anAgencyThatIsDownBeginsNoCheck() {
    agency.down = true;
    assertThatThrownBy(() -> start(newCheck())).isInstanceOf(CompletionException.class);
    agency.down = false;
    assertThat(complete()).isInstanceOf(ProviderAnswer.Verified.class);
  }

  @Test
  void theNoteInTheBrowserShowsNothingOfTheKey() {
    Start start = start(newCheck());
    assertThat(start.given().get("step")).doesNotContain("value-", "SITE01");
  }
}
