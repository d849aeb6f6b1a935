package dev.naru.waitingroom.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.common.problem.Problem;
import dev.naru.common.web.Caller;
import dev.naru.common.web.Callers;
import dev.naru.common.web.CommonProblems;
import dev.naru.common.web.Gzip;
import dev.naru.common.web.ProblemResponses;
import dev.naru.waitingroom.WaitingRoom;
import dev.naru.waitingroom.line.LineCalendar;
import dev.naru.waitingroom.line.StatusPage;
import dev.naru.waitingroom.ticket.JoinResult;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Joining the line, and its status.
@Path("/api/v1/campaigns/{campaign}/line")
@Produces(MediaType.APPLICATION_JSON)
public class LineResource {
  private final WaitingRoom room;
  private final LineCalendar calendar;
  private final Callers callers;

  @Inject
  public LineResource(WaitingRoom room, LineCalendar calendar, Callers callers) {
    this.room = room;
    this.calendar = calendar;
    this.callers = callers;
  }

  /// @param lobby whether the number takes part in the draw
  /// @param place absent until the draw
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Joined(String ticket, int line, long number, boolean lobby, @Nullable Long place) {}

  @POST
  @NonBlocking
  public CompletionStage<Response> join(
      @PathParam("campaign") String campaign, @Context HttpHeaders headers) {
    return callers
        .changing(headers)
        .thenCompose(
            caller ->
                switch (caller) {
                  case Caller.Unknown(Problem problem) ->
                      CompletableFuture.completedStage(ProblemResponses.of(problem, headers));
                  case Caller.Known(var session) ->
                      room.tickets()
                          .join(campaign, session)
                          .thenApply(result -> answer(result, headers));
                });
  }

  private static Response answer(JoinResult result, HttpHeaders headers) {
    return switch (result) {
      case JoinResult.Joined(var ticket, var line, var number, var lobby, var place) ->
          Response.ok(new Joined(ticket, line, number, lobby, place))
              .header(HttpHeaders.CACHE_CONTROL, "no-store")
              .build();
      case JoinResult.NotEligible refusal ->
          ProblemResponses.of(LineProblems.notEligible(refusal), headers);
      case JoinResult.CampaignUnknown _ ->
          ProblemResponses.of(CommonProblems.CAMPAIGN_UNKNOWN, headers);
      case JoinResult.OtherCampaign _ ->
          ProblemResponses.of(CommonProblems.UNAUTHENTICATED, headers);
      case JoinResult.Closed _ -> ProblemResponses.of(LineProblems.WINDOW_CLOSED, headers);
      case JoinResult.Busy _ -> ProblemResponses.of(LineProblems.busyLine(), headers);
      case JoinResult.Away _ -> ProblemResponses.of(LineProblems.AWAY, headers);
    };
  }

  @GET
  @NonBlocking
  public Response status(@PathParam("campaign") String campaign, @Context HttpHeaders headers) {
    StatusPage page = room.statuses().of(campaign);
    if (page == null) {
      return ProblemResponses.of(
          calendar.of(campaign) == null ? CommonProblems.CAMPAIGN_UNKNOWN : LineProblems.busyLine(),
          headers);
    }
    if (page.isKnown(headers.getHeaderString(HttpHeaders.IF_NONE_MATCH))) {
      return cacheable(Response.notModified(), page).build();
    }
    return Gzip.isTaken(headers.getHeaderString(HttpHeaders.ACCEPT_ENCODING))
        ? cacheable(Response.ok(page.gzip()), page)
            .header(HttpHeaders.CONTENT_ENCODING, "gzip")
            .build()
        : cacheable(Response.ok(page.plain()), page).build();
  }

  private static Response.ResponseBuilder cacheable(
      Response.ResponseBuilder response, StatusPage page) {
    return response
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=1")
        .header(HttpHeaders.ETAG, page.etag())
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
  }
}
