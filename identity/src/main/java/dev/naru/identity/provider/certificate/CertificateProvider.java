package dev.naru.identity.provider.certificate;

import dev.naru.common.text.LocalText;
import dev.naru.identity.provider.About;
import dev.naru.identity.provider.BlockingProvider;
import dev.naru.identity.provider.Check;
import dev.naru.identity.provider.FormRules;
import dev.naru.identity.provider.PhoneRules;
import dev.naru.identity.provider.ProviderAnswer;
import dev.naru.identity.provider.Start;
import dev.naru.identity.provider.UsedResults;
import dev.naru.identity.provider.VerifiedPerson;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/// Joint and financial certificates: the browser signs a challenge of this check, the server looks
/// at signature, chain, validity and revocation. How the browser gets at the key is the business of
/// the signer that the agency installs; what comes back is standard CMS.
public final class CertificateProvider extends BlockingProvider {
  private static final ZoneId ZONE = ZoneId.of("Asia/Seoul");
  private static final String SIGNATURE = "signature";
  private static final int LONGEST_CI = 1_000;

  private static final ProviderAnswer NOT_SIGNED =
      ProviderAnswer.NotVerified.byUs(
          new LocalText(
              "이 본인 확인의 문장에 대한 전자서명이 아닙니다.", "This is no signature over the text of this check."));
  private static final ProviderAnswer STRANGE =
      ProviderAnswer.NotVerified.byUs(
          new LocalText(
              "여기에서 쓸 수 있는 인증 기관의 서명용 인증서가 아닙니다.",
              "The certificate is not one for signing by an authority that is accepted here."));
  private static final ProviderAnswer EXPIRED =
      ProviderAnswer.NotVerified.byUs(
          new LocalText("인증서의 유효 기간이 아닙니다.", "The certificate is not valid yet, or no longer."));
  private static final ProviderAnswer REVOKED =
      ProviderAnswer.NotVerified.byUs(new LocalText("폐지된 인증서입니다.", "The certificate was revoked."));
  private static final ProviderAnswer INCOMPLETE =
      ProviderAnswer.NotVerified.byUs(
          new LocalText(
              "인증서에 이름이나 생년월일 등 필요한 정보가 없습니다.",
              "The certificate does not tell what is needed, such as name or date of birth."));
  private static final ProviderAnswer USED =
      ProviderAnswer.NotVerified.byUs(
          new LocalText("이 전자서명은 이미 쓰였습니다.", "This signature was used already."));

  private final CertificateSettings settings;
  private final List<String> fields;
  private final TrustedChains chains;
  private final UsedResults used;
  private final InstantSource clock;

  /// @param threads may block
  /// @throws IllegalArgumentException when the authorities cannot be read
  public CertificateProvider(
      About about,
      CertificateSettings settings,
      UsedResults used,
      InstantSource clock,
      Executor threads) {
    super(about, threads);
    this.settings = settings;
    this.fields = Stream.concat(settings.declared().stream(), Stream.of(SIGNATURE)).toList();
    this.chains = new TrustedChains(settings);
    this.used = used;
    this.clock = clock;
  }

  @Override
  public Start.Next next() {
    return Start.Next.FORM;
  }

  private static String challenge(Check check) {
    return "naru identity check " + check.secret("challenge");
  }

  @Override
  protected Start begin(Check check) {
    Map<String, String> given = new HashMap<>(Map.of("challenge", challenge(check)));
    if (settings.signer() != null) {
      given.put("signer", settings.signer());
    }
    return Start.form(fields, given);
  }

  @Override
  protected ProviderAnswer goOn(Check check, Map<String, String> answers) throws IOException {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZONE);
    Map<String, String> lines = new HashMap<>(answers);
    lines.computeIfPresent(SIGNATURE, (_, text) -> text.replaceAll("[\r\n]", ""));
    ProviderAnswer wrong = FormRules.wrong(lines, fields, today);
    if (wrong != null) {
      return wrong;
    }
    String signature = lines.getOrDefault(SIGNATURE, "");
    SignedChallenge signed = SignedChallenge.read(signature, challenge(check));
    if (signed == null) {
      return NOT_SIGNED;
    }
    return switch (chains.judge(signed.signer(), signed.others(), clock.instant())) {
      case STRANGE -> STRANGE;
      case EXPIRED -> EXPIRED;
      case REVOKED -> REVOKED;
      case TRUSTED -> {
        ProviderAnswer answer = person(Subject.of(signed.signer(), settings.ci()), lines, today);
        yield answer instanceof ProviderAnswer.Verified && used.isUsed(check) ? USED : answer;
      }
    };
  }

  @Override
  protected boolean use(Check check) {
    return used.use(check);
  }

  private ProviderAnswer person(Subject subject, Map<String, String> answers, LocalDate today) {
    String birthDate =
        settings.declared().contains("birthDate")
            ? answers.getOrDefault("birthDate", "")
            : String.valueOf(subject.birthDate());
    String name = name(subject.commonName());
    if (!FormRules.isText(name, 50)
        || !FormRules.isBirthDate(birthDate, today)
        || !FormRules.isText(subject.ci(), LONGEST_CI)) {
      return INCOMPLETE;
    }
    String phone = PhoneRules.atHome(answers.getOrDefault("phone", ""));
    return new ProviderAnswer.Verified(
        new VerifiedPerson(subject.ci(), name, LocalDate.parse(birthDate), phone));
  }

  private String name(String commonName) {
    String end = settings.nameEnd();
    int at = end == null ? -1 : commonName.indexOf(end);
    return (at < 0 ? commonName : commonName.substring(0, at)).strip();
  }
}
