package dev.naru.identity.provider.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import dev.naru.common.text.LocalText;
import dev.naru.identity.provider.About;
import dev.naru.identity.provider.BlockingProvider;
import dev.naru.identity.provider.Check;
import dev.naru.identity.provider.FormRules;
import dev.naru.identity.provider.ProviderAnswer;
import dev.naru.identity.provider.ProviderTrouble;
import dev.naru.identity.provider.Start;
import dev.naru.identity.provider.remote.Remote;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/// Any OpenID Connect issuer: authorization code with PKCE, state and nonce. The three are worked
/// out from the check, so nothing is kept while the person is at the issuer; what the code was
/// worth is, until the check has had its session.
public final class OidcProvider extends BlockingProvider {
  private static final ZoneId ZONE = ZoneId.of("Asia/Seoul");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> ISSUER_ONLY = Set.of("iss");

  private static final ProviderAnswer ANOTHER_CHECK =
      ProviderAnswer.NotVerified.byUs(
          new LocalText(
              "이 화면에서 시작한 본인 확인의 결과가 아닙니다.",
              "This is not the result of the check that was started here."));
  private static final ProviderAnswer ENDED =
      ProviderAnswer.NotVerified.byUs(
          new LocalText(
              "인증 기관에서 본인 확인을 마치지 않았습니다.", "You did not finish the check at the provider."));
  private static final ProviderAnswer USED =
      ProviderAnswer.NotVerified.byProvider(
          new LocalText(
              "이 본인 확인 결과는 이미 쓰였거나 시간이 지났습니다.", "This result was used already, or is too old."));

  private final OidcSettings settings;
  private final Issuer issuer;
  private final CodeExchange exchange;
  private final RedeemedCodeStore redeemed;
  private final InstantSource clock;

  /// @param threads may block
  public OidcProvider(
      About about,
      OidcSettings settings,
      Remote remote,
      DataSource database,
      InstantSource clock,
      Executor threads) {
    super(about, threads);
    this.settings = settings;
    this.issuer = new Issuer(settings, remote, clock);
    this.exchange = new CodeExchange(settings, remote);
    this.redeemed = new RedeemedCodeStore(database, clock);
    this.clock = clock;
  }

  @Override
  public Start.Next next() {
    return Start.Next.REDIRECT;
  }

  @Override
  protected Start begin(Check check) throws IOException {
    URI endpoint = issuer.get().metadata().getAuthorizationEndpointURI();
    AuthenticationRequest.Builder request =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                Scope.parse(settings.scopes().stream().sorted().toList()),
                new ClientID(settings.clientId()),
                settings.returnTo())
            .endpointURI(endpoint)
            .state(new State(check.secret("state")))
            .nonce(new Nonce(check.secret("nonce")))
            .codeChallenge(new CodeVerifier(check.secret("pkce")), CodeChallengeMethod.S256);
    if (settings.formPost()) {
      request.responseMode(ResponseMode.FORM_POST);
    }
    return Start.redirect(request.build().toURI(), Map.of());
  }

  @Override
  protected ProviderAnswer goOn(Check check, Map<String, String> answers) throws IOException {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZONE);
    boolean failed = answers.containsKey("error");
    ProviderAnswer wrong =
        FormRules.wrong(answers, List.of("state", failed ? "error" : "code"), ISSUER_ONLY, today);
    if (wrong != null) {
      return wrong;
    }
    if (!check.isSecret("state", answers.getOrDefault("state", ""))) {
      return ANOTHER_CHECK;
    }
    Issuer.Known known = issuer.get();
    if (isMixedUp(known, answers)) {
      return ANOTHER_CHECK;
    }
    if (failed) {
      return refused(answers.getOrDefault("error", ""));
    }
    String kept = redeemed.find(check);
    if (kept != null) {
      return read(JSON.readTree(kept), today);
    }
    CodeExchange.Tokens tokens =
        exchange.redeem(known.metadata(), answers.getOrDefault("code", ""), check.secret("pkce"));
    return tokens == null ? USED : person(check, known, tokens, today);
  }

  @Override
  protected boolean use(Check check) {
    return redeemed.drop(check);
  }

  /// RFC 9207: an issuer that names itself in the answer must be the one that was asked.
  private boolean isMixedUp(Issuer.Known known, Map<String, String> answers) {
    String named = answers.get("iss");
    return named == null
        ? known.metadata().supportsAuthorizationResponseIssuerParam()
        : !named.equals(settings.issuer().toString());
  }

  private static ProviderAnswer refused(String error) {
    return switch (error) {
      case "server_error", "temporarily_unavailable" -> new ProviderAnswer.Unavailable();
      default -> ENDED;
    };
  }

  private ProviderAnswer person(
      Check check, Issuer.Known known, CodeExchange.Tokens tokens, LocalDate today)
      throws IOException {
    JsonNode claims = claims(known, tokens.idToken());
    if (!check.isSecret("nonce", claims.path("nonce").asText(""))) {
      return ANOTHER_CHECK;
    }
    String presenter = claims.path("azp").asText(settings.clientId());
    if (!presenter.equals(settings.clientId())) {
      throw new ProviderTrouble("its id token was given to another client");
    }
    String subject = claims.path("sub").asText();
    if (settings.userInfo()) {
      ObjectNode all = claims.deepCopy();
      exchange
          .userInfo(known.metadata(), tokens, subject)
          .properties()
          .forEach(claim -> all.putIfAbsent(claim.getKey(), claim.getValue()));
      claims = all;
    }
    ProviderAnswer answer = read(claims, today);
    if (answer instanceof ProviderAnswer.Verified) {
      redeemed.keep(check, claims.toString());
    }
    return answer;
  }

  private ProviderAnswer read(JsonNode claims, LocalDate today) {
    String own = "oidc " + settings.issuer() + " " + claims.path("sub").asText();
    return ClaimRules.read(settings.claims(), claims, own, today);
  }

  /// Signature, issuer, audience and time, by the library; the nonce is compared by the caller.
  private static JsonNode claims(Issuer.Known known, JWT idToken) throws ProviderTrouble {
    try {
      IDTokenClaimsSet claims = known.validator().validate(idToken, null);
      return JSON.readTree(claims.toJSONString());
    } catch (Exception e) {
      throw new ProviderTrouble(
          "its id token is not to be trusted (" + e.getClass().getSimpleName() + ")", e);
    }
  }
}
