package dev.naru.identity.provider.approval;

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
import dev.naru.identity.provider.ProviderTrouble;
import dev.naru.identity.provider.Start;
import dev.naru.identity.provider.VerifiedPerson;
import dev.naru.identity.provider.remote.AccessToken;
import dev.naru.identity.provider.remote.Remote;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/// The family of Kakao's, Toss's and Naver's certificates: our server asks theirs, the person
/// approves in the app, our page asks until it is done. The result is signed, names the request,
/// our nonce and the person, and must be about the person who was asked for.
public final class ApprovalProvider extends BlockingProvider {
  private static final ZoneId ZONE = ZoneId.of("Asia/Seoul");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> PERSON = List.of("name", "birthDate", "phone");
  private static final int LONGEST_CI = 512;

  private static final ProviderAnswer ANOTHER_CHECK =
      ProviderAnswer.NotVerified.byUs(
          new LocalText("이 화면에서 시작한 본인 확인이 아닙니다.", "This belongs to another check."));
  private static final ProviderAnswer REFUSED =
      ProviderAnswer.NotVerified.byProvider(
          new LocalText("앱에서 승인하지 않았습니다.", "It was not approved in the app."));
  private static final ProviderAnswer EXPIRED =
      ProviderAnswer.NotVerified.byProvider(
          new LocalText("앱에서 승인할 시간이 지났습니다.", "The time for approving in the app is over."));
  private static final ProviderAnswer NOBODY =
      ProviderAnswer.NotVerified.byProvider(
          new LocalText(
              "입력한 정보로 가입한 사람을 찾지 못했습니다.", "The app knows nobody with the details you gave."));
  private static final ProviderAnswer SOMEBODY_ELSE =
      ProviderAnswer.NotVerified.byProvider(
          new LocalText("입력한 정보와 다른 사람이 승인했습니다.", "Somebody else approved than you named."));
  private final ApprovalSettings settings;
  private final AccessToken access;
  private final SignedResults results;
  private final Remote remote;
  private final InstantSource clock;

  /// What our page carries while the person finds the phone.
  ///
  /// @param transaction the app's name for the request
  private record Asked(String transaction, String name, String birthDate) {}

  /// @param threads may block
  public ApprovalProvider(
      About about,
      ApprovalSettings settings,
      Remote remote,
      InstantSource clock,
      Executor threads) {
    super(about, threads);
    this.settings = settings;
    this.access = new AccessToken(this::token, Remote.Reply::isRefusal, clock);
    this.results = new SignedResults(settings, remote);
    this.remote = remote;
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
    boolean asks = answers.containsKey(Start.STEP) || answers.isEmpty();
    ProviderAnswer wrong = FormRules.wrong(answers, asks ? List.of(Start.STEP) : PERSON, today);
    if (wrong != null) {
      return wrong;
    }
    if (!asks) {
      return request(check, FormRules.person(answers, ""));
    }
    String note = check.unseal(answers.getOrDefault(Start.STEP, ""));
    return note == null
        ? ANOTHER_CHECK
        : result(check, note, JSON.readValue(note, Asked.class), today);
  }

  private JsonNode token() throws IOException {
    String client = settings.clientId() + ":" + settings.clientSecret();
    String encoded = Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
    return remote
        .post(
            settings.tokens(),
            Map.of("Authorization", "Basic " + encoded),
            "application/x-www-form-urlencoded",
            "grant_type=client_credentials")
        .json();
  }

  private Remote.Reply post(URI address, JsonNode body) throws IOException {
    return access.use(
        token -> remote.post(address, Map.of("Authorization", "Bearer " + token), body));
  }

  private ProviderAnswer request(Check check, VerifiedPerson person) throws IOException {
    String birthDate = person.birthDate().toString();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("clientId", settings.clientId())
        .put("name", person.name())
        .put("birthDate", birthDate)
        .put("phone", person.phone())
        .put("message", message(check))
        .put("nonce", check.secret("nonce"))
        .put("expiresAt", check.expires().toString());
    Remote.Reply reply = post(settings.requests(), body);
    if (reply.status() == 404) {
      return NOBODY;
    }
    String transaction = reply.json().path("transaction").asText();
    if (!FormRules.isText(transaction, 200)) {
      throw new ProviderTrouble("named no transaction");
    }
    Asked asked = new Asked(transaction, person.name(), birthDate);
    return pending(check, JSON.valueToTree(asked).toString());
  }

  /// What the app shows above the question.
  private static String message(Check check) {
    return switch (check.purpose()) {
      case SESSION -> "예약을 위한 본인 확인 / To verify you for a booking";
      case HELPING ->
          "상담원이 대신 예약하는 데 동의 (직접 건 전화가 아니면 승인하지 마세요) / Lets a call centre book for you: approve only if you called them";
    };
  }

  private static ProviderAnswer pending(Check check, String note) {
    return new ProviderAnswer.Pending(Start.poll(check.seal(note)));
  }

  private ProviderAnswer result(Check check, String note, Asked asked, LocalDate today)
      throws IOException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("clientId", settings.clientId()).put("transaction", asked.transaction());
    JsonNode reply = post(settings.results(), body).json();
    return switch (reply.path("status").asText()) {
      case "pending" -> pending(check, note);
      case "refused" -> REFUSED;
      case "expired" -> EXPIRED;
      case "approved" -> approved(check, asked, reply.path("result").asText(), today);
      default -> throw new ProviderTrouble("named a status that is not known");
    };
  }

  private ProviderAnswer approved(Check check, Asked asked, String signed, LocalDate today)
      throws IOException {
    JsonNode result = results.read(signed);
    if (!result.path("transaction").asText().equals(asked.transaction())
        || !check.isSecret("nonce", result.path("nonce").asText())) {
      return ANOTHER_CHECK;
    }
    String ci = result.path("ci").asText();
    String name = result.path("name").asText();
    String birthDate = result.path("birthDate").asText();
    if (!FormRules.isText(ci, LONGEST_CI)
        || !FormRules.isText(name, 50)
        || !FormRules.isBirthDate(birthDate, today)) {
      throw new ProviderTrouble("left out who approved");
    }
    if (!name.equals(asked.name()) || !birthDate.equals(asked.birthDate())) {
      return SOMEBODY_ELSE;
    }
    String phone = PhoneRules.atHome(result.path("phone").asText());
    // Asking again after a lost answer gives the same: the result never was in the browser.
    return new ProviderAnswer.Verified(
        new VerifiedPerson(
            ci, name, LocalDate.parse(birthDate), phone, nationality(result.path("foreigner"))));
  }

  private static Nationality nationality(JsonNode foreigner) {
    if (!foreigner.isBoolean()) {
      return Nationality.UNKNOWN;
    }
    return foreigner.booleanValue() ? Nationality.FOREIGN : Nationality.DOMESTIC;
  }
}
