package dev.naru.identity.provider.phone;

import dev.naru.common.text.LocalText;
import dev.naru.identity.provider.About;
import dev.naru.identity.provider.BlockingProvider;
import dev.naru.identity.provider.Check;
import dev.naru.identity.provider.FormRules;
import dev.naru.identity.provider.PhoneRules;
import dev.naru.identity.provider.ProviderAnswer;
import dev.naru.identity.provider.Start;
import dev.naru.identity.provider.VerifiedPerson;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/// A code of six digits by text message. It proves that somebody holds a phone, nothing more: name
/// and date of birth are what they say, and the number is what they are known by.
///
/// First the form with name, date of birth and phone; the answer is a form for the code, with a
/// sealed note of the first, so that the number cannot be changed in between.
public final class PhoneCodeProvider extends BlockingProvider {
  private static final ZoneId ZONE = ZoneId.of("Asia/Seoul");
  private static final List<String> PERSON = List.of("name", "birthDate", "phone");
  private static final String CODE = "smsCode";
  private static final String RESEND = "resend";
  private static final int CODES = 1_000_000;

  private static final ProviderAnswer ABROAD =
      new ProviderAnswer.Malformed(
          "phone",
          new LocalText(
              "010-1234-5678처럼 국내 전화번호를 입력하세요",
              "a number as dialled in Korea, such as 010-1234-5678"));
  private static final ProviderAnswer WRONG =
      ProviderAnswer.NotVerified.byUs(new LocalText("인증번호가 다릅니다.", "The code is not right."));
  private static final ProviderAnswer OVER =
      ProviderAnswer.NotVerified.byUs(
          new LocalText(
              "인증번호를 더 쓸 수 없습니다. 이미 썼거나, 시간이 지났거나, 너무 여러 번 틀렸습니다.",
              "The code is no longer good: it was used, too old, or tried too often."));
  private static final ProviderAnswer TOO_SOON =
      ProviderAnswer.NotVerified.byUs(
          new LocalText(
              "인증번호를 방금 보냈습니다. 30초 뒤에 다시 요청하세요.",
              "A code was sent just now. Ask for another in half a minute."));
  private static final ProviderAnswer TOO_MANY =
      ProviderAnswer.NotVerified.byUs(
          new LocalText(
              "이 번호로 인증번호를 너무 많이 보냈습니다. 한 시간 뒤에 다시 시도하세요.",
              "Too many codes were sent to this number. Try again in an hour."));
  private static final ProviderAnswer ANOTHER_CHECK =
      ProviderAnswer.NotVerified.byUs(
          new LocalText("이 화면에서 시작한 본인 확인이 아닙니다.", "This belongs to another check."));

  private final SmsGateway gateway;
  private final PhoneLimits limits;
  private final PhoneCodeStore store;
  private final RandomGenerator random;
  private final InstantSource clock;

  /// @param random nobody may be able to guess the next code
  /// @param threads may block
  public PhoneCodeProvider(
      About about,
      SmsGateway gateway,
      PhoneLimits limits,
      DataSource database,
      RandomGenerator random,
      InstantSource clock,
      Executor threads) {
    super(about, threads);
    this.gateway = gateway;
    this.limits = limits;
    this.store = new PhoneCodeStore(database);
    this.random = random;
    this.clock = clock;
  }

  @Override
  public Start.Next next() {
    return Start.Next.FORM;
  }

  @Override
  public boolean isByTelephone() {
    return true;
  }

  @Override
  protected Start begin(Check check) {
    return Start.form(PERSON);
  }

  @Override
  protected ProviderAnswer goOn(Check check, Map<String, String> answers) throws IOException {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZONE);
    if (!answers.containsKey(Start.STEP) && !answers.containsKey(CODE)) {
      ProviderAnswer wrong = FormRules.wrong(answers, PERSON, today);
      return wrong == null ? first(check, FormRules.person(answers, "")) : wrong;
    }
    boolean again = answers.containsKey(RESEND);
    List<String> fields = List.of(Start.STEP, again ? RESEND : CODE);
    ProviderAnswer wrong = FormRules.wrong(answers, fields, Set.of(), today);
    if (wrong != null) {
      return wrong;
    }
    String note = check.unseal(answers.getOrDefault(Start.STEP, ""));
    if (note == null) {
      return ANOTHER_CHECK;
    }
    VerifiedPerson person = person(note);
    return again ? send(check, person) : compare(check, person, answers.getOrDefault(CODE, ""));
  }

  /// People are known by the number, so only one that has a single spelling will do.
  private ProviderAnswer first(Check check, VerifiedPerson person) throws IOException {
    return PhoneRules.isAtHome(person.phone()) ? send(check, person) : ABROAD;
  }

  private ProviderAnswer send(Check check, VerifiedPerson person) throws IOException {
    String code = "%06d".formatted(random.nextInt(CODES));
    byte[] key = key(check);
    byte[] number = check.keys().mac("phone number", id(), person.phone());
    byte[] hash = hash(check, person, code);
    Instant now = clock.instant();
    return switch (store.note(key, number, hash, now, limits)) {
      case TOO_SOON -> TOO_SOON;
      case TOO_MANY -> TOO_MANY;
      case YES -> {
        try {
          gateway.send(person.phone(), text(check, code));
        } catch (IOException | RuntimeException e) {
          // Whether a gateway that took too long has sent it nobody knows, so that counts.
          if (!(e.getCause() instanceof TimeoutException)) {
            store.notSent(key, number, hash, now);
          }
          throw e;
        }
        store.sent(key, hash, limits.tries());
        yield new ProviderAnswer.Pending(
            Start.form(List.of(CODE), Map.of(Start.STEP, check.seal(note(person)))));
      }
    };
  }

  private static String text(Check check, String code) {
    return switch (check.purpose()) {
      case SESSION -> "[나루] 인증번호 " + code + " (타인에게 알려주지 마세요 / do not tell anybody)";
      case HELPING ->
          "[나루] 상담원 대리 예약 동의 번호 "
              + code
              + " (직접 건 전화가 아니면 알려주지 마세요 / lets a call centre book for you: tell it only if you"
              + " called them)";
    };
  }

  private ProviderAnswer compare(Check check, VerifiedPerson person, String code) {
    return switch (store.compare(key(check), hash(check, person, code), clock.instant())) {
      case WRONG -> WRONG;
      case OVER -> OVER;
      case RIGHT -> new ProviderAnswer.Verified(person);
    };
  }

  @Override
  protected boolean use(Check check) {
    return store.use(key(check));
  }

  private static byte[] key(Check check) {
    return check.bytes("phone code");
  }

  /// Bound to the check, and by it to the device, and to the number.
  private static byte[] hash(Check check, VerifiedPerson person, String code) {
    return check.keys().mac("phone code", check.request(), person.phone(), code);
  }

  private static String note(VerifiedPerson person) {
    return person.birthDate() + "\n" + person.phone() + "\n" + person.name();
  }

  private VerifiedPerson person(String note) {
    String[] parts = note.split("\n", 3);
    return new VerifiedPerson("phone " + parts[1], parts[2], LocalDate.parse(parts[0]), parts[1]);
  }
}
