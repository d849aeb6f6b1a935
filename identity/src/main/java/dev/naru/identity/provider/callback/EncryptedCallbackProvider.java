package dev.naru.identity.provider.callback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.naru.common.eligibility.Nationality;
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
import dev.naru.identity.provider.remote.Remote;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The encrypted-callback family (NICE, PASS and their like): the browser carries an encrypted
/// request to the agency's page and an encrypted result back, each with an integrity value. The key
/// is made for one check; our page carries it sealed while the person is away.
public final class EncryptedCallbackProvider extends BlockingProvider {
  private static final ZoneId ZONE = ZoneId.of("Asia/Seoul");
  private static final ObjectMapper JSON = new ObjectMapper();

  /// The agency writes in this charset; names come percent-encoded in UTF-8 beside it.
  private static final Charset CHARSET = Charset.forName("EUC-KR");

  private static final List<String> FIELDS =
      List.of(Start.STEP, "token_version_id", "enc_data", "integrity_value");
  private static final int LONGEST_CI = 512;
  private static final String GOOD = "0000";

  private static final ProviderAnswer ANOTHER_CHECK =
      ProviderAnswer.NotVerified.byUs(
          new LocalText(
              "이 화면에서 시작한 본인 확인의 결과가 아닙니다.",
              "This is not the result of the check that was started here."));
  private static final ProviderAnswer USED =
      ProviderAnswer.NotVerified.byUs(
          new LocalText("이 본인 확인 결과는 이미 쓰였습니다.", "This result was used already."));
  private static final ProviderAnswer REFUSED =
      ProviderAnswer.NotVerified.byProvider(
          new LocalText("인증 기관이 본인 확인을 해 주지 않았습니다.", "The provider did not confirm who you are."));

  private final CallbackSettings settings;
  private final Agency agency;
  private final UsedResults used;
  private final InstantSource clock;

  /// @param threads may block
  public EncryptedCallbackProvider(
      About about,
      CallbackSettings settings,
      Remote remote,
      UsedResults used,
      InstantSource clock,
      Executor threads) {
    super(about, threads);
    this.settings = settings;
    this.agency = new Agency(settings, remote, clock);
    this.used = used;
    this.clock = clock;
  }

  @Override
  public Start.Next next() {
    return Start.Next.REDIRECT;
  }

  /// The agency takes numbers of up to 30 characters.
  private static String number(Check check) {
    return check.secret("number").substring(0, 30);
  }

  @Override
  protected Start begin(Check check) throws IOException {
    Agency.CheckKey key = agency.key(number(check));
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request
        .put("requestno", key.number())
        .put("returnurl", settings.returnTo().toString())
        .put("sitecode", key.site())
        .put("methodtype", "post")
        .put("popupyn", "N")
        .put("receivedata", check.secret("receipt"));
    if (settings.authType() != null) {
      request.put("authtype", settings.authType());
    }
    CheckCipher cipher = key.cipher();
    String encrypted = cipher.encrypt(request.toString());
    URI page =
        URI.create(
            "%s?m=service&token_version_id=%s&enc_data=%s&integrity_value=%s"
                .formatted(
                    settings.page(),
                    encoded(key.version()),
                    encoded(encrypted),
                    encoded(cipher.integrity(encrypted))));
    return Start.redirect(page, Map.of(Start.STEP, check.seal(note(key))));
  }

  private static String note(Agency.CheckKey key) {
    return JSON.valueToTree(key).toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  protected ProviderAnswer goOn(Check check, Map<String, String> answers) throws IOException {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZONE);
    ProviderAnswer wrong = FormRules.wrong(answers, FIELDS, today);
    if (wrong != null) {
      return wrong;
    }
    String note = check.unseal(answers.getOrDefault(Start.STEP, ""));
    if (note == null) {
      return ANOTHER_CHECK;
    }
    Agency.CheckKey key = JSON.readValue(note, Agency.CheckKey.class);
    if (!key.version().equals(answers.get("token_version_id"))) {
      return ANOTHER_CHECK;
    }
    String encrypted = answers.getOrDefault("enc_data", "");
    JsonNode result =
        object(
            key.cipher().decrypt(encrypted, answers.getOrDefault("integrity_value", ""), CHARSET));
    if (result == null
        || !result.path("requestno").asText().equals(key.number())
        || !check.isSecret("receipt", result.path("receivedata").asText())) {
      return ANOTHER_CHECK;
    }
    ProviderAnswer answer = read(result, today);
    return answer instanceof ProviderAnswer.Verified && used.isUsed(check) ? USED : answer;
  }

  @Override
  protected boolean use(Check check) {
    return used.use(check);
  }

  private static @Nullable JsonNode object(@Nullable String json) {
    try {
      return json == null ? null : JSON.readTree(json);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static ProviderAnswer read(JsonNode result, LocalDate today) {
    String name = decoded(result.path("utf8_name").asText()).strip();
    String birthDate =
        result.path("birthdate").asText().replaceFirst("^(....)(..)(..)$", "$1-$2-$3");
    String ci = result.path("ci").asText();
    String phone = PhoneRules.atHome(result.path("mobileno").asText());
    boolean isWhole =
        result.path("resultcode").asText().equals(GOOD)
            && FormRules.isText(name, 50)
            && FormRules.isBirthDate(birthDate, today)
            && FormRules.isText(ci, LONGEST_CI);
    return isWhole
        ? new ProviderAnswer.Verified(
            new VerifiedPerson(
                ci,
                name,
                LocalDate.parse(birthDate),
                phone,
                nationality(result.path("nationalinfo").asText())))
        : REFUSED;
  }

  /// The agency's code: 0 in the residents' register, 1 in the register of foreigners.
  private static Nationality nationality(String code) {
    return switch (code) {
      case "0" -> Nationality.DOMESTIC;
      case "1" -> Nationality.FOREIGN;
      default -> Nationality.UNKNOWN;
    };
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
