package dev.naru.app.web;

import dev.naru.app.RateLimits;
import dev.naru.common.problem.Problem;
import dev.naru.common.web.ProblemResponses;
import dev.naru.identity.check.Begun;
import dev.naru.identity.helping.CallerChecks;
import dev.naru.identity.helping.HelpingResult;
import dev.naru.identity.web.Body;
import dev.naru.identity.web.CheckResponses;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The identity check of somebody who calls and has no device: a member of staff begins it in their
/// own session, the caller confirms it by telephone, and what it gives is a helping. These calls
/// pay no attention to `X-Naru-Helping`.
@Path("/api/v1/campaigns/{campaign}/helpings/callers/{provider}")
@Produces(MediaType.APPLICATION_JSON)
public class CallerResource {
  private final OwnCalls calls;
  private final CallerChecks checks;
  private final CheckResponses checkResponses;
  private final HelpingResponses responses;
  private final RateLimits limits;

  @Inject
  public CallerResource(
      OwnCalls calls,
      CallerChecks checks,
      CheckResponses checkResponses,
      HelpingResponses responses,
      RateLimits limits) {
    this.calls = calls;
    this.checks = checks;
    this.checkResponses = checkResponses;
    this.responses = responses;
    this.limits = limits;
  }

  /// Begins the check, with the answer of any check that begins.
  @POST
  @Path("/start")
  @RunOnVirtualThread
  public Response start(
      @PathParam("campaign") String campaign,
      @PathParam("provider") String provider,
      @Context HttpHeaders headers) {
    return calls.changing(
        campaign,
        headers,
        (session, found) ->
            switch (checks.start(session, provider)) {
              case CallerChecks.Started.Refused(HelpingResult why) ->
                  responses.of(why, found, headers);
              case CallerChecks.Started.Asked(Begun begun) -> checkResponses.of(begun, headers);
            });
  }

  /// Goes on with it. At its end the member of staff acts for the person who called.
  @POST
  @Path("/complete")
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  public Response complete(
      @PathParam("campaign") String campaign,
      @PathParam("provider") String provider,
      @Nullable Map<String, Object> json,
      @Context HttpHeaders headers,
      @Context HttpServerRequest request) {
    return switch (Body.read(json, "request")) {
      case Body.Refused(Problem problem) -> ProblemResponses.of(problem, headers);
      case Body.Texts texts ->
          calls.changing(
              campaign,
              headers,
              (session, found) ->
                  responses.of(
                      checks.complete(
                          session,
                          provider,
                          texts.values().getOrDefault("request", ""),
                          texts.without("request"),
                          ClientAddress.key(request, limits.trustedProxies())),
                      found,
                      headers));
    };
  }
}
