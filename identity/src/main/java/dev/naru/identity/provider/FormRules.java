package dev.naru.identity.provider;

import dev.naru.common.eligibility.Nationality;
import dev.naru.common.text.LocalText;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what people and pages send back. The first field that is wrong is named.
public final class FormRules {
  /// The longest encrypted answer of a provider.
  private static final int LONGEST = 8_000;

  /// Whether somebody is in the register of foreigners; nobody knows without it.
  public static final String FOREIGNER = "foreigner";

  private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1900, 1, 1);
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern PHONE = Pattern.compile("[0-9-]{8,20}");
  private static final Pattern CODE = Pattern.compile("[0-9]{6}");

  private static final LocalText NAME_EXPECTED =
      new LocalText("이름을 1~50자로 입력하세요", "a name of 1 to 50 characters");
  private static final LocalText BIRTH_EXPECTED =
      new LocalText(
          "생년월일을 2001-02-03처럼 실제 날짜로 입력하세요 (1900-01-01부터 오늘까지)",
          "a real date like 2001-02-03, from 1900-01-01 to today");
  private static final LocalText PHONE_EXPECTED =
      new LocalText("전화번호를 숫자와 하이픈 8~20자로 입력하세요", "8 to 20 digits and hyphens");
  private static final LocalText CI_EXPECTED =
      new LocalText("연계정보를 1~128자로 입력하세요", "1 to 128 characters");
  private static final LocalText CODE_EXPECTED = new LocalText("숫자 6자리를 입력하세요", "6 digits");
  private static final LocalText YES_OR_NO = new LocalText("true 또는 false로 입력하세요", "true or false");
  private static final LocalText UNKNOWN =
      new LocalText("알 수 없는 항목입니다", "there is no such field; remove it");
  private static final LocalText NEEDED =
      new LocalText("꼭 필요합니다", "it is required, with at most 8000 characters");

  private FormRules() {}

  /// The first field that is not right.
  ///
  /// @param fields that must be there, in the order in which they are looked at; `name`,
  ///   `birthDate`, `phone`, `ci` and `smsCode` have rules of their own
  /// @param today no one is born after it
  /// @return null when all are right and there are no others
  public static ProviderAnswer.@Nullable Malformed wrong(
      Map<String, String> form, List<String> fields, LocalDate today) {
    return wrong(form, fields, Set.of(), today);
  }

  /// As above.
  ///
  /// @param optional fields that may be there as well
  public static ProviderAnswer.@Nullable Malformed wrong(
      Map<String, String> form, List<String> fields, Set<String> optional, LocalDate today) {
    for (String field : form.keySet()) {
      if (!fields.contains(field) && !optional.contains(field)) {
        return new ProviderAnswer.Malformed(field, UNKNOWN);
      }
    }
    if (!List.of("", "true", "false").contains(form.getOrDefault(FOREIGNER, ""))) {
      return new ProviderAnswer.Malformed(FOREIGNER, YES_OR_NO);
    }
    for (String field : fields) {
      LocalText expected = expected(field, form.getOrDefault(field, ""), today);
      if (expected != null) {
        return new ProviderAnswer.Malformed(field, expected);
      }
    }
    return null;
  }

  private static @Nullable LocalText expected(String field, String value, LocalDate today) {
    return switch (field) {
      case "name" -> isText(value, 50) ? null : NAME_EXPECTED;
      case "birthDate" -> isBirthDate(value, today) ? null : BIRTH_EXPECTED;
      case "phone" -> isPhone(value) ? null : PHONE_EXPECTED;
      case "ci" -> isText(value, 128) ? null : CI_EXPECTED;
      case "smsCode" -> CODE.matcher(value).matches() ? null : CODE_EXPECTED;
      default -> isText(value, LONGEST) ? null : NEEDED;
    };
  }

  /// The person of a form that is right.
  public static VerifiedPerson person(Map<String, String> form, String ci) {
    return new VerifiedPerson(
        ci,
        form.getOrDefault("name", "").strip(),
        LocalDate.parse(form.getOrDefault("birthDate", "")),
        PhoneRules.atHome(form.getOrDefault("phone", "")),
        nationality(form.getOrDefault(FOREIGNER, "")));
  }

  private static Nationality nationality(String foreigner) {
    return switch (foreigner) {
      case "true" -> Nationality.FOREIGN;
      case "false" -> Nationality.DOMESTIC;
      default -> Nationality.UNKNOWN;
    };
  }

  /// Whether somebody can have been born then.
  ///
  /// @param date ISO 8601
  public static boolean isBirthDate(String date, LocalDate today) {
    if (!DATE.matcher(date).matches()) {
      return false;
    }
    try {
      LocalDate birthDate = LocalDate.parse(date);
      return !birthDate.isBefore(EARLIEST_BIRTH) && !birthDate.isAfter(today);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isPhone(String phone) {
    return PHONE.matcher(phone).matches() && PhoneRules.atHome(phone).length() >= 8;
  }

  /// Whether it is something that can be written down.
  public static boolean isText(String text, int longest) {
    return !text.isBlank()
        && text.length() <= longest
        && text.codePoints().noneMatch(FormRules::isUnwritable);
  }

  private static boolean isUnwritable(int letter) {
    return Character.isISOControl(letter) || Character.getType(letter) == Character.SURROGATE;
  }
}
