package dev.naru.app.web;

import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.common.paper.Paper;
import dev.naru.common.problem.Problem;
import dev.naru.common.web.Caller;
import dev.naru.common.web.Callers;
import dev.naru.common.web.CommonProblems;
import dev.naru.common.web.ProblemResponses;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/// Calls of people whose own session is for the campaign, whomever they help.
@Singleton
class OwnCalls {
  private final Callers callers;
  private final Campaigns campaigns;

  @Inject
  OwnCalls(Callers callers, Campaigns campaigns) {
    this.callers = callers;
    this.campaigns = campaigns;
  }

  /// Answers a call that only reads.
  Response reading(
      String campaign, HttpHeaders headers, BiFunction<Paper, Campaign, Response> answer) {
    return answer(callers.ownReading(headers), campaign, headers, answer);
  }

  /// Answers a call that changes something.
  Response changing(
      String campaign, HttpHeaders headers, BiFunction<Paper, Campaign, Response> answer) {
    return answer(callers.ownChanging(headers), campaign, headers, answer);
  }

  private Response answer(
      CompletionStage<Caller> caller,
      String campaign,
      HttpHeaders headers,
      BiFunction<Paper, Campaign, Response> answer) {
    return switch (Callers.await(caller)) {
      case Caller.Unknown(Problem problem) -> ProblemResponses.of(problem, headers);
      case Caller.Known(Paper session) -> {
        Campaign found = campaigns.byId(campaign).map(StoredCampaign::campaign).orElse(null);
        if (found == null) {
          yield ProblemResponses.of(CommonProblems.CAMPAIGN_UNKNOWN, headers);
        }
        yield session.campaign().equals(campaign)
            ? answer.apply(session, found)
            : ProblemResponses.of(CommonProblems.UNAUTHENTICATED, headers);
      }
    };
  }

  static Response ok(Object body) {
    return Response.ok(body).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  /// By the clocks of the campaign, to the second.
  static OffsetDateTime time(Instant instant, Campaign campaign) {
    return instant.truncatedTo(ChronoUnit.SECONDS).atZone(campaign.zone()).toOffsetDateTime();
  }
}
