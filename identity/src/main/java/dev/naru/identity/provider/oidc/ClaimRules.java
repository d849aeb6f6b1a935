package dev.naru.identity.provider.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.naru.common.eligibility.Nationality;
import dev.naru.common.text.LocalText;
import dev.naru.identity.provider.FormRules;
import dev.naru.identity.provider.PhoneRules;
import dev.naru.identity.provider.ProviderAnswer;
import dev.naru.identity.provider.VerifiedPerson;
import java.time.LocalDate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the person out of an issuer's claims. Without a name and a date of birth nobody is
/// verified: who is not known may not book.
final class ClaimRules {
  private static final int LONGEST_CI = 512;

  private ClaimRules() {}

  /// @param names where to look
  /// @param claims of the token, completed by the user info
  /// @param otherwise instead of connecting information, where none is configured
  /// @param today no one is born after it
  /// @return verified or not
  static ProviderAnswer read(ClaimNames names, JsonNode claims, String otherwise, LocalDate today) {
    String name = text(claims, names.name()).strip();
    String birthDate = birthDate(names, claims);
    String ci = names.ci() == null ? otherwise : text(claims, names.ci());
    if (!FormRules.isText(name, 50)) {
      return missing("이름", "your name");
    }
    if (!FormRules.isBirthDate(birthDate, today)) {
      return missing("생년월일", "your date of birth");
    }
    if (!FormRules.isText(ci, LONGEST_CI)) {
      return missing("연계정보(CI)", "your connecting information (CI)");
    }
    String phone = names.phone() == null ? "" : PhoneRules.atHome(text(claims, names.phone()));
    return new ProviderAnswer.Verified(
        new VerifiedPerson(
            ci, name, LocalDate.parse(birthDate), phone, nationality(names.nationality(), claims)));
  }

  private static Nationality nationality(
      ClaimNames.@Nullable NationalityClaim told, JsonNode claims) {
    return told == null ? Nationality.UNKNOWN : told.of(text(claims, told.claim()));
  }

  private static ProviderAnswer missing(String ko, String en) {
    return ProviderAnswer.NotVerified.byProvider(
        new LocalText(
            "인증 기관이 " + ko + "을(를) 알려 주지 않았습니다. 정보 제공에 동의했는지 확인하세요.",
            "The provider did not tell us " + en + ". Look whether you agreed to that there."));
  }

  /// Eight digits with hyphens; something that is no date when there are not eight.
  private static String birthDate(ClaimNames names, JsonNode claims) {
    String digits =
        names.birthDate().stream()
            .map(claim -> text(claims, claim).replaceAll("\\D", ""))
            .collect(Collectors.joining());
    return digits.replaceFirst("^(....)(..)(..)$", "$1-$2-$3");
  }

  private static String text(JsonNode claims, String path) {
    JsonNode node = claims;
    for (String step : path.split("\\.", -1)) {
      node = node.path(step);
    }
    return node.isValueNode() && !node.isNull() ? node.asText() : "";
  }
}
