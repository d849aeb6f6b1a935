package dev.naru.identity.provider.phone;

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
import dev.naru.identity.provider.Purpose;
import dev.naru.identity.provider.Start;
import dev.naru.identity.provider.TestChecks;
import dev.naru.identity.provider.VerifiedPerson;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// On a real database.
final class PhoneCodeProviderTest extends IdentityProviderContract {
  private static final Database DATABASE = TestPostgres.with("identity");
  private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final HandTime time = new HandTime();
  private final Map<String, String> sent = new ConcurrentHashMap<>();
  private final Map<String, String> texts = new ConcurrentHashMap<>();
  private final AtomicInteger messages = new AtomicInteger();
  private final PhoneCodeProvider provider = provider((phone, text) -> take(phone, text));

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private void take(String phone, String text) {
    messages.incrementAndGet();
    texts.put(phone, text);
    sent.put(phone, text.replaceAll("\\D", ""));
  }

  private PhoneCodeProvider provider(SmsGateway gateway) {
    return new PhoneCodeProvider(
        new About("sms", new LocalText("문자 인증", "Text message"), 100),
        gateway,
        PhoneLimits.USUAL,
        DATABASE.dataSource(),
        new SecureRandom(),
        time,
        THREADS);
  }

  @Override
  protected IdentityProvider provider() {
    return provider;
  }

  @Override
  protected Map<String, String> goodAnswers(Check check) {
    // Somebody else's hour, so that the contract may ask as often as it likes.
    time.pass(Duration.ofMinutes(61));
    return answers(check, "01000000000");
  }

  private static Map<String, String> person(String phone) {
    return Map.of("name", "김하나", "birthDate", "1990-05-10", "phone", phone);
  }

  private static String newNumber() {
    return "0107%07d".formatted(NUMBERS.incrementAndGet());
  }

  private Start next(Check check, Map<String, String> answers) {
    ProviderAnswer answer = complete(check, answers);
    assertThat(answer).isInstanceOf(ProviderAnswer.Pending.class);
    return ((ProviderAnswer.Pending) answer).next();
  }

  private Map<String, String> answers(Check check, String phone) {
    Start next = next(check, person(phone));
    Map<String, String> answers = new LinkedHashMap<>();
    answers.put("step", requireNonNull(next.given().get("step")));
    answers.put("smsCode", requireNonNull(sent.get(phone)));
    return answers;
  }

  private static String other(String code) {
    return "%06d".formatted((Integer.parseInt(code) + 1) % 1_000_000);
  }

  private static Map<String, String> wrong(Map<String, String> answers) {
    Map<String, String> wrong = new LinkedHashMap<>(answers);
    wrong.compute("smsCode", (_, code) -> other(requireNonNull(code)));
    return wrong;
  }

  @Test
  void whoTypesTheCodeIsKnownByTheNumber() {
    String phone = newNumber();
    Check check = newCheck();
    assertThat(complete(check, answers(check, phone)))
        .isEqualTo(
            new ProviderAnswer.Verified(
                new VerifiedPerson("phone " + phone, "김하나", LocalDate.of(1990, 5, 10), phone)));
  }

  private static List<String> spellings(String phone) {
    String abroad = phone.substring(1);
    return List.of(phone, "82" + abroad, "0082" + abroad, "82-0-" + abroad, "0082" + phone);
  }

  /// Else one telephone books as often as its number can be written.
  @Test
  void aPhoneIsOnePersonHoweverItsNumberIsWritten() {
    String phone = newNumber();
    for (String spelling : spellings(phone)) {
      Check check = newCheck();
      Start next = next(check, person(spelling));
      assertThat(
              complete(
                  check,
                  Map.of(
                      "step",
                      requireNonNull(next.given().get("step")),
                      "smsCode",
                      requireNonNull(sent.get(phone)))))
          .as(spelling)
          .isEqualTo(
              new ProviderAnswer.Verified(
                  new VerifiedPerson("phone " + phone, "김하나", LocalDate.of(1990, 5, 10), phone)));
    }
    for (String spelling : spellings(phone)) {
      assertThat(complete(newCheck(), person(spelling)))
          .as("the sixth message of the hour, to %s", spelling)
          .isInstanceOf(ProviderAnswer.NotVerified.class);
    }
    assertThat(messages).hasValue(5);
  }

  @Test
  void aNumberThatIsNotDialledLikeThatAtHomeGetsNoMessage() {
    for (String other : List.of("1012345678", "001821012345678", "15551234567", "00000000000")) {
      assertThat(complete(newCheck(), person(other)))
          .isInstanceOfSatisfying(
              ProviderAnswer.Malformed.class,
              malformed -> assertThat(malformed.field()).isEqualTo("phone"));
    }
    assertThat(messages).hasValue(0);
  }

  /// A stranger who calls and asks for a code must not get one that says it is to be told.
  @Test
  void theMessageSaysWhatTheCodeIsFor() {
    String phone = newNumber();
    next(TestChecks.at("sms", Purpose.SESSION), person(phone));
    assertThat(texts.get(phone)).contains("알려주지 마세요", "do not tell anybody");
    next(TestChecks.at("sms", Purpose.HELPING), person(phone));
    assertThat(texts.get(phone)).contains("대리 예약", "only if you called");
  }

  @Test
  void theFirstFormIsReadWithCare() {
    Map<String, String> form = new LinkedHashMap<>(person(newNumber()));
    form.put("birthDate", "1990-02-30");
    assertThat(complete(newCheck(), form))
        .isInstanceOfSatisfying(
            ProviderAnswer.Malformed.class,
            malformed -> assertThat(malformed.field()).isEqualTo("birthDate"));
    assertThat(messages).hasValue(0);
  }

  @Test
  void afterFiveWrongCodesTheRightOneIsRefusedToo() {
    Check check = newCheck();
    Map<String, String> answers = answers(check, newNumber());
    for (int i = 0; i < 4; i++) {
      assertThat(complete(check, wrong(answers))).isInstanceOf(ProviderAnswer.NotVerified.class);
    }
    Check spared = newCheck();
    Map<String, String> others = answers(spared, newNumber());
    complete(check, wrong(answers));
    assertThat(complete(check, answers)).isInstanceOf(ProviderAnswer.NotVerified.class);
    for (int i = 0; i < 4; i++) {
      complete(spared, wrong(others));
    }
    assertThat(complete(spared, others))
        .as("the fifth try")
        .isInstanceOf(ProviderAnswer.Verified.class);
  }

  @Test
  void aHundredTriesAtTheSameInstantCountAsAHundred() {
    Check check = newCheck();
    Map<String, String> answers = answers(check, newNumber());
    List<CompletableFuture<ProviderAnswer>> tries = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      tries.add(provider.complete(check, wrong(answers)).toCompletableFuture());
    }
    tries.forEach(CompletableFuture::join);
    assertThat(complete(check, answers)).isInstanceOf(ProviderAnswer.NotVerified.class);
  }

  @Test
  void aCodeIsGoodForFiveMinutes() {
    Check check = newCheck();
    Map<String, String> answers = answers(check, newNumber());
    time.pass(Duration.ofMinutes(5).plusSeconds(1));
    assertThat(complete(check, answers)).isInstanceOf(ProviderAnswer.NotVerified.class);
  }

  @Test
  void aNewCodeComesAfterHalfAMinuteAndEndsTheOldOne() {
    String phone = newNumber();
    Check check = newCheck();
    Map<String, String> old = answers(check, phone);
    Map<String, String> resend = Map.of("step", old.getOrDefault("step", ""), "resend", "yes");
    assertThat(complete(check, resend))
        .as("at once")
        .isInstanceOf(ProviderAnswer.NotVerified.class);
    assertThat(messages).hasValue(1);
    time.pass(Duration.ofSeconds(31));
    Start next = next(check, resend);
    assertThat(messages).hasValue(2);
    assertThat(
            complete(
                check,
                Map.of(
                    "step",
                    requireNonNull(next.given().get("step")),
                    "smsCode",
                    requireNonNull(sent.get(phone)))))
        .isInstanceOf(ProviderAnswer.Verified.class);
    assertThat(complete(check, old)).isInstanceOf(ProviderAnswer.NotVerified.class);
  }

  @Test
  void oneNumberGetsFiveMessagesAnHourHoweverManyChecksAskAtOnce() {
    String phone = newNumber();
    List<CompletableFuture<ProviderAnswer>> asked = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      asked.add(provider.complete(newCheck(), person(phone)).toCompletableFuture());
    }
    assertThat(asked.stream().map(CompletableFuture::join))
        .filteredOn(ProviderAnswer.Pending.class::isInstance)
        .hasSize(5);
    assertThat(messages).hasValue(5);
    time.pass(Duration.ofMinutes(61));
    next(newCheck(), person(phone));
  }

  @Test
  void aGatewayThatFailsIsUnavailable() {
    PhoneCodeProvider dumb =
        provider(
            (phone, text) -> {
              throw new IOException("no signal");
            });
    assertThat(dumb.complete(newCheck(), person(newNumber())).toCompletableFuture().join())
        .isInstanceOf(ProviderAnswer.Unavailable.class);
  }

  private static SmsGateway failing(IOException trouble) {
    return (phone, text) -> {
      throw trouble;
    };
  }

  private static ProviderAnswer completeAt(
      PhoneCodeProvider asked, Check check, Map<String, String> with) {
    return asked.complete(check, with).toCompletableFuture().join();
  }

  /// Nobody is to be told that too many messages were sent when none was, or to wait for the next.
  @Test
  void whatTheGatewayDidNotTakeDoesNotCount() {
    String phone = newNumber();
    PhoneCodeProvider dumb = provider(failing(new IOException("no signal")));
    Check check = newCheck();
    for (int i = 0; i < 10; i++) {
      assertThat(completeAt(dumb, check, person(phone)))
          .isInstanceOf(ProviderAnswer.Unavailable.class);
    }
    assertThat(complete(check, answers(check, phone))).isInstanceOf(ProviderAnswer.Verified.class);
    for (int i = 0; i < 4; i++) {
      next(newCheck(), person(phone));
    }
    assertThat(complete(newCheck(), person(phone))).isInstanceOf(ProviderAnswer.NotVerified.class);
  }

  @Test
  void ofMessagesAtTheSameInstantEachThatWasNotTakenIsTakenBack() {
    String phone = newNumber();
    next(newCheck(), person(phone));
    PhoneCodeProvider dumb = provider(failing(new IOException("no signal")));
    List<CompletableFuture<ProviderAnswer>> asked = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      asked.add(dumb.complete(newCheck(), person(phone)).toCompletableFuture());
    }
    asked.forEach(CompletableFuture::join);
    for (int i = 0; i < 4; i++) {
      next(newCheck(), person(phone));
    }
    assertThat(complete(newCheck(), person(phone))).isInstanceOf(ProviderAnswer.NotVerified.class);
  }

  /// Else a gateway that sends and then does not answer floods somebody's phone.
  @Test
  void whatTheGatewayMayHaveSentCounts() {
    String phone = newNumber();
    PhoneCodeProvider slow = provider(failing(new IOException("too slow", new TimeoutException())));
    for (int i = 0; i < 5; i++) {
      assertThat(completeAt(slow, newCheck(), person(phone)))
          .isInstanceOf(ProviderAnswer.Unavailable.class);
    }
    assertThat(completeAt(slow, newCheck(), person(phone)))
        .isInstanceOf(ProviderAnswer.NotVerified.class);
  }

  /// While the gateway fails a code could else be guessed as often as it is asked for.
  @Test
  void aCodeThatWasNotSentYetIsNotGood() {
    String phone = newNumber();
    Check check = newCheck();
    Map<String, String> first = answers(check, phone);
    List<ProviderAnswer> guessed = new ArrayList<>();
    PhoneCodeProvider watched =
        provider(
            (to, text) -> {
              Map<String, String> guess = new LinkedHashMap<>(first);
              guess.put("smsCode", text.replaceAll("\\D", ""));
              guessed.add(complete(check, guess));
              throw new IOException("no signal");
            });
    time.pass(Duration.ofSeconds(31));
    Map<String, String> resend = Map.of("step", first.getOrDefault("step", ""), "resend", "yes");
    assertThat(completeAt(watched, check, resend)).isInstanceOf(ProviderAnswer.Unavailable.class);
    assertThat(guessed).hasSize(1).allMatch(ProviderAnswer.NotVerified.class::isInstance);
    assertThat(complete(check, first))
        .as("the code before, which the new one was to replace")
        .isInstanceOf(ProviderAnswer.NotVerified.class);
    assertThat(next(check, resend).fields()).containsExactly("smsCode");
  }

  @Test
  void theTableHoldsNeitherCodesNorNumbers() throws SQLException {
    String phone = newNumber();
    Map<String, String> answers = answers(newCheck(), phone);
    StringBuilder all = new StringBuilder();
    try (Connection connection = DATABASE.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT encode(code_key, 'escape') || encode(check_key, 'escape')
                FROM identity.phone_code
                UNION ALL SELECT encode(number_key, 'escape') FROM identity.phone_message
                """)) {
      while (rows.next()) {
        all.append(rows.getString(1)).append('\n');
      }
    }
    assertThat(all.toString()).isNotBlank().doesNotContain(phone, answers.get("smsCode"));
    assertThat(answers.get("step")).doesNotContain(phone);
  }
}
