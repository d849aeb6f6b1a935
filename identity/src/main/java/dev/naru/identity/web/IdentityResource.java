package dev.naru.identity.web;

import dev.naru.common.problem.Problem;
import dev.naru.common.text.Language;
import dev.naru.common.text.LocalText;
import dev.naru.common.web.CommonProblems;
import dev.naru.common.web.ProblemResponses;
import dev.naru.identity.check.Begun;
import dev.naru.identity.check.Checks;
import dev.naru.identity.check.Completed;
import dev.naru.identity.check.Unfinished;
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
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The two calls of an identity check.
@Path("/api/v1/identity/{provider}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class IdentityResource {
  private static final int LONGEST_CAMPAIGN = 32;

  private final Checks checks;
  private final CheckResponses responses;
  private final Cookies cookies;

  @Inject
  public IdentityResource(Checks checks, CheckResponses responses, Cookies cookies) {
    this.checks = checks;
    this.responses = responses;
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
    Response response = responses.of(begun, headers);
    return begun instanceof Begun.Started(_, _, UUID device)
        ? Response.fromResponse(response).cookie(cookies.device(device, headers)).build()
        : response;
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
      case Unfinished unfinished -> responses.of(unfinished, headers);
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

  private static Language language(HttpHeaders headers) {
    return Language.preferred(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
  }

  private static CompletionStage<Response> problem(Problem problem, HttpHeaders headers) {
    return CompletableFuture.completedFuture(ProblemResponses.of(problem, headers));
  }
}
