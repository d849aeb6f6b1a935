package dev.naru.app.provider;

import dev.naru.identity.provider.About;
import dev.naru.identity.provider.oidc.ClaimNames;
import dev.naru.identity.provider.oidc.OidcProvider;
import dev.naru.identity.provider.oidc.OidcSettings;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Any OpenID Connect issuer.
final class OidcReader implements ProviderFile.KindReader {
  @Override
  public List<String> keys() {
    return List.of(
        "issuer",
        "clientId",
        "clientSecret",
        "secretIn",
        "scopes",
        "algorithms",
        "returnBy",
        "claims",
        "userInfo");
  }

  @Override
  public ProviderFile.Factory read(About about, Values values) {
    URI issuer = values.address("issuer");
    String clientId = values.text("clientId");
    @Nullable String secret = values.has("clientSecret") ? values.secret("clientSecret") : null;
    boolean inForm = values.word("secretIn", List.of("header", "form"), "header").equals("form");
    Set<String> scopes = Set.copyOf(values.texts("scopes", List.of("openid", "profile", "phone")));
    if (!scopes.contains("openid")) {
      values.mistake("scopes", "a list with openid among its values");
    }
    List<String> asymmetric = OidcSettings.ASYMMETRIC.stream().sorted().toList();
    Set<String> algorithms =
        Set.copyOf(values.words("algorithms", asymmetric, List.of("RS256", "PS256", "ES256")));
    boolean formPost =
        values.word("returnBy", List.of("address", "form"), "address").equals("form");
    ClaimNames claims = claims(values);
    if (claims.ci() == null) {
      values.needsOwnPeople("no claim ci is named, by which people are the same at all providers");
    }
    boolean userInfo = values.yes("userInfo", false);
    URI returnTo = values.returnTo(about);
    return tools ->
        new OidcProvider(
            about,
            new OidcSettings(
                issuer,
                clientId,
                secret,
                inForm,
                scopes,
                algorithms,
                returnTo,
                formPost,
                claims,
                userInfo),
            tools.remote(),
            tools.database(),
            tools.clock(),
            tools.threads());
  }

  private static ClaimNames claims(Values values) {
    Values claims =
        values.below("claims", List.of("name", "birthDate", "phone", "ci", "nationality"));
    ClaimNames usual = ClaimNames.STANDARD;
    return claims == null
        ? usual
        : new ClaimNames(
            claims.text("name", usual.name()),
            claims.oneOrMore("birthDate", usual.birthDate()),
            claims.text("phone", "phone_number"),
            claims.textOrNull("ci"),
            nationality(claims));
  }

  private static ClaimNames.@Nullable NationalityClaim nationality(Values claims) {
    Values told = claims.below("nationality", List.of("claim", "domestic", "foreign"));
    if (told == null) {
      return null;
    }
    List<String> domestic = told.texts("domestic", List.of());
    List<String> foreign = told.texts("foreign", List.of());
    if (domestic.isEmpty() || foreign.isEmpty()) {
      told.mistake(
          domestic.isEmpty() ? "domestic" : "foreign", "the values of the claim that mean it");
    }
    return new ClaimNames.NationalityClaim(told.text("claim"), domestic, foreign);
  }
}
