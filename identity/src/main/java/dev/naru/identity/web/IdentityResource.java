package dev.naru.identity.web;

import dev.naru.common.problem.Problem;
import dev.naru.common.text.Language;
import dev.naru.common.text.LocalText;
import dev.naru.common.web.CommonProblems;
import dev.naru.common.web.ProblemResponses;
import dev.naru.identity.check.Begun;
import dev.naru.identity.check.Checks;
import dev.naru.identity.check.Completed;
import dev.naru.identity.light.Light;
import dev.naru.identity.light.ProviderBoard;
import dev.naru.identity.provider.Start;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The two calls of an identity check.
@Path("/api/v1/identity/{provider}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class IdentityResource {
  /// A provider that fails needs longer than a reload takes; the light tells when it is back.
  private static final int RETRY_SECONDS = 10;

  private static final int LONGEST_CAMPAIGN = 32;

  private final Checks checks;
  private final ProviderBoard providers;
  private final Cookies cookies;

  @Inject
  public IdentityResource(Checks checks, ProviderBoard providers, Cookies cookies) {
    this.checks = checks;
    this.providers = providers;
    this.cookies = cookies;
  }

  @POST
  @Path("/start")
  @NonBlocking
  public CompletionStage<Response> start(
      @PathParam("provider") String provider,
      @Nullable Map<String, Object> json,
      @Context HttpHeaders headers) {
    return switch (Body.read(json, "campaign")) {
      case Body.Refused(Problem problem) -> problem(problem, headers);
      case Body.Texts texts -> start(provider, texts, headers);
    };
  }

  private CompletionStage<Response> start(String provider, Body.Texts texts, HttpHeaders headers) {
    for (String unknown : texts.without("campaign").keySet()) {
      return problem(
          CommonProblems.malformed(
              unknown, new LocalText("알 수 없는 항목입니다", "there is no such field; remove it")),
          headers);
    }
    String campaign = texts.values().getOrDefault("campaign", "");
    if (campaign.length() > LONGEST_CAMPAIGN) {
      return problem(CommonProblems.CAMPAIGN_UNKNOWN, headers);
    }
    return checks
        .start(provider, campaign, Cookies.device(headers))
        .thenApply(begun -> response(begun, headers));
  }

  private Response response(Begun begun, HttpHeaders headers) {
    return switch (begun) {
      case Begun.ProviderUnknown _ ->
          ProblemResponses.of(IdentityProblems.PROVIDER_UNKNOWN, headers);
      case Begun.CampaignUnknown _ -> ProblemResponses.of(CommonProblems.CAMPAIGN_UNKNOWN, headers);
      case Begun.ProviderUnavailable _ -> ProblemResponses.of(unavailable(headers), headers);
      case Begun.Started(var start, var request, var device) -> {
        Map<String, Object> body = view(start);
        body.put("request", request);
        yield Response.ok(body)
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .cookie(cookies.device(device, headers))
            .build();
      }
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

  @POST
  @Path("/complete")
  @NonBlocking
  public CompletionStage<Response> complete(
      @PathParam("provider") String provider,
      @Nullable Map<String, Object> json,
      @Context HttpHeaders headers) {
    return switch (Body.read(json, "request")) {
      case Body.Refused(Problem problem) -> problem(problem, headers);
      case Body.Texts texts ->
          checks
              .complete(
                  provider,
                  texts.values().getOrDefault("request", ""),
                  Cookies.device(headers),
                  texts.without("request"))
              .thenApply(completed -> response(completed, headers));
    };
  }

  private Response response(Completed completed, HttpHeaders headers) {
    return switch (completed) {
      case Completed.Verified verified -> verified(verified, headers);
      case Completed.ProviderUnknown _ ->
          ProblemResponses.of(IdentityProblems.PROVIDER_UNKNOWN, headers);
      case Completed.RequestForged _ ->
          ProblemResponses.of(IdentityProblems.REQUEST_FORGED, headers);
      case Completed.RequestExpired _ ->
          ProblemResponses.of(IdentityProblems.REQUEST_EXPIRED, headers);
      case Completed.OtherDevice _ ->
          ProblemResponses.of(IdentityProblems.REQUEST_ELSEWHERE, headers);
      case Completed.CampaignUnknown _ ->
          ProblemResponses.of(CommonProblems.CAMPAIGN_UNKNOWN, headers);
      case Completed.Malformed(var field, var expected) ->
          ProblemResponses.of(CommonProblems.malformed(field, expected), headers);
      case Completed.ProviderUnavailable _ -> ProblemResponses.of(unavailable(headers), headers);
      case Completed.Pending(Start next) ->
          Response.accepted(view(next)).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
      case Completed.NotVerified(var reason) ->
          ProblemResponses.of(IdentityProblems.notVerified(reason), headers);
      case Completed.SessionElsewhere(long secondsLeft) ->
          ProblemResponses.of(IdentityProblems.sessionElsewhere(secondsLeft), headers);
      case Completed.NotStored _ -> ProblemResponses.of(IdentityProblems.NOT_STORED, headers);
    };
  }

  private Response verified(Completed.Verified verified, HttpHeaders headers) {
    EligibilityView eligibility =
        EligibilityView.of(
            verified.eligibility().decision(), verified.eligibility().zone(), language(headers));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("session", verified.session());
    body.put("person", Map.of("maskedName", verified.maskedName()));
    body.put("eligibility", eligibility);
    return Response.ok(body)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .cookie(cookies.session(verified.session(), verified.lasts(), headers))
        .build();
  }

  /// Says who else could do it.
  private Problem unavailable(HttpHeaders headers) {
    List<Map<String, String>> others =
        providers.byPreference().stream()
            .filter(other -> other.light() == Light.SMOOTH)
            .map(other -> Map.of("id", other.id(), "name", other.name().in(language(headers))))
            .toList();
    return IdentityProblems.PROVIDER_UNAVAILABLE
        .with("retryAfter", RETRY_SECONDS)
        .with("others", others);
  }

  private static Language language(HttpHeaders headers) {
    return Language.preferred(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
  }

  private static CompletionStage<Response> problem(Problem problem, HttpHeaders headers) {
    return CompletableFuture.completedFuture(ProblemResponses.of(problem, headers));
  }
}
