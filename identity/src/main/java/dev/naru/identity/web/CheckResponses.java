package dev.naru.identity.web;

import dev.naru.common.problem.Problem;
import dev.naru.common.text.Language;
import dev.naru.common.web.CommonProblems;
import dev.naru.common.web.ProblemResponses;
import dev.naru.identity.check.Begun;
import dev.naru.identity.check.Unfinished;
import dev.naru.identity.light.Light;
import dev.naru.identity.light.ProviderBoard;
import dev.naru.identity.provider.Start;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a check goes on, whatever it is for.
@Singleton
public class CheckResponses {
  /// A provider that fails needs longer than a reload takes; the light tells when it is back.
  private static final int RETRY_SECONDS = 10;

  private final ProviderBoard providers;

  @Inject
  public CheckResponses(ProviderBoard providers) {
    this.providers = providers;
  }

  /// What a page needs to begin.
  public Response of(Begun begun, HttpHeaders headers) {
    return switch (begun) {
      case Begun.ProviderUnknown _ ->
          ProblemResponses.of(IdentityProblems.PROVIDER_UNKNOWN, headers);
      case Begun.CampaignUnknown _ -> ProblemResponses.of(CommonProblems.CAMPAIGN_UNKNOWN, headers);
      case Begun.ProviderUnavailable _ -> ProblemResponses.of(unavailable(headers), headers);
      case Begun.Started(var start, var request, _) -> {
        Map<String, Object> body = view(start);
        body.put("request", request);
        yield Response.ok(body).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
      }
    };
  }

  /// Why it has not ended, or not yet.
  public Response of(Unfinished unfinished, HttpHeaders headers) {
    return switch (unfinished) {
      case Unfinished.ProviderUnknown _ ->
          ProblemResponses.of(IdentityProblems.PROVIDER_UNKNOWN, headers);
      case Unfinished.RequestForged _ ->
          ProblemResponses.of(IdentityProblems.REQUEST_FORGED, headers);
      case Unfinished.RequestExpired _ ->
          ProblemResponses.of(IdentityProblems.REQUEST_EXPIRED, headers);
      case Unfinished.OtherDevice _ ->
          ProblemResponses.of(IdentityProblems.REQUEST_ELSEWHERE, headers);
      case Unfinished.CampaignUnknown _ ->
          ProblemResponses.of(CommonProblems.CAMPAIGN_UNKNOWN, headers);
      case Unfinished.Malformed(var field, var expected) ->
          ProblemResponses.of(CommonProblems.malformed(field, expected), headers);
      case Unfinished.ProviderUnavailable _ -> ProblemResponses.of(unavailable(headers), headers);
      case Unfinished.Pending(Start next) ->
          Response.accepted(view(next)).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
      case Unfinished.NotVerified(var reason) ->
          ProblemResponses.of(IdentityProblems.notVerified(reason), headers);
    };
  }

  private static Map<String, Object> view(Start start) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("next", start.next().code());
    if (start.url() != null) {
      body.put("url", start.url().toString());
    }
    if (!start.fields().isEmpty()) {
      body.put("fields", start.fields());
    }
    body.putAll(start.given());
    return body;
  }

  /// Says who else could do it.
  private Problem unavailable(HttpHeaders headers) {
    Language language = Language.preferred(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
    List<Map<String, String>> others =
        providers.byPreference().stream()
            .filter(other -> other.light() == Light.SMOOTH)
            .map(other -> Map.of("id", other.id(), "name", other.name().in(language)))
            .toList();
    return IdentityProblems.PROVIDER_UNAVAILABLE
        .with("retryAfter", RETRY_SECONDS)
        .with("others", others);
  }
}
