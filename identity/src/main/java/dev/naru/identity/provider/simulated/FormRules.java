package dev.naru.identity.provider.simulated;

import dev.naru.common.text.LocalText;
import dev.naru.identity.provider.ProviderAnswer;
import dev.naru.identity.provider.VerifiedPerson;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads the simulated provider's form. The first field that is wrong is named.
final class FormRules {
  static final List<String> FIELDS = List.of("name", "birthDate", "phone", "ci");

  private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1900, 1, 1);
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern PHONE = Pattern.compile("[0-9-]{8,20}");

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
  private static final LocalText UNKNOWN =
      new LocalText("알 수 없는 항목입니다", "there is no such field; remove it");

  private FormRules() {}

  /// @param today no one is born after it
  /// @return verified or malformed
  static ProviderAnswer read(Map<String, String> form, LocalDate today) {
    for (String field : form.keySet()) {
      if (!FIELDS.contains(field)) {
        return new ProviderAnswer.Malformed(field, UNKNOWN);
      }
    }
    String name = form.getOrDefault("name", "").strip();
    if (!isText(name, 50)) {
      return new ProviderAnswer.Malformed("name", NAME_EXPECTED);
    }
    LocalDate birthDate = date(form.getOrDefault("birthDate", ""));
    if (birthDate.isBefore(EARLIEST_BIRTH) || birthDate.isAfter(today)) {
      return new ProviderAnswer.Malformed("birthDate", BIRTH_EXPECTED);
    }
    String phone = form.getOrDefault("phone", "");
    if (!PHONE.matcher(phone).matches() || phone.replace("-", "").length() < 8) {
      return new ProviderAnswer.Malformed("phone", PHONE_EXPECTED);
    }
    String ci = form.getOrDefault("ci", "");
    if (!isText(ci, 128)) {
      return new ProviderAnswer.Malformed("ci", CI_EXPECTED);
    }
    return new ProviderAnswer.Verified(
        new VerifiedPerson(ci, name, birthDate, phone.replace("-", "")));
  }

  private static boolean isText(String text, int longest) {
    return !text.isBlank()
        && text.length() <= longest
        && text.codePoints().noneMatch(FormRules::isUnwritable);
  }

  private static boolean isUnwritable(int letter) {
    return Character.isISOControl(letter) || Character.getType(letter) == Character.SURROGATE;
  }

  /// A date too early to be anybody's when it is none: it is refused like one.
  private static LocalDate date(String text) {
    if (!DATE.matcher(text).matches()) {
      return LocalDate.MIN;
    }
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      return LocalDate.MIN;
    }
  }
}
