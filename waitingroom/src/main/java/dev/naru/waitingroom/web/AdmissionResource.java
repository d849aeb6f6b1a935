package dev.naru.waitingroom.web;

import dev.naru.common.paper.Paper;
import dev.naru.common.problem.Problem;
import dev.naru.common.text.LocalText;
import dev.naru.common.web.Caller;
import dev.naru.common.web.Callers;
import dev.naru.common.web.CommonProblems;
import dev.naru.common.web.ProblemResponses;
import dev.naru.waitingroom.WaitingRoom;
import dev.naru.waitingroom.admission.AdmissionResult;
import dev.naru.waitingroom.line.CampaignLines;
import dev.naru.waitingroom.line.LineCalendar;
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
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Entering, when called.
@Path("/api/v1/campaigns/{campaign}/admission")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AdmissionResource {
  private final WaitingRoom room;
  private final LineCalendar calendar;
  private final Callers callers;

  @Inject
  public AdmissionResource(WaitingRoom room, LineCalendar calendar, Callers callers) {
    this.room = room;
    this.calendar = calendar;
    this.callers = callers;
  }

  /// @param ticket as the line gave it
  public record Ask(@Nullable String ticket) {}

  /// @param pass to book with
  /// @param expiresAt when it ends
  record Admitted(String pass, String expiresAt) {}

  @POST
  @NonBlocking
  public CompletionStage<Response> enter(
      @PathParam("campaign") String campaign, @Nullable Ask ask, @Context HttpHeaders headers) {
    if (ask == null || ask.ticket() == null) {
      return CompletableFuture.completedStage(
          ProblemResponses.of(
              CommonProblems.malformed(
                  "ticket", new LocalText("대기표가 필요합니다.", "the ticket is needed.")),
              headers));
    }
    return callers
        .changing(headers)
        .thenCompose(
            caller ->
                switch (caller) {
                  case Caller.Unknown(Problem problem) ->
                      CompletableFuture.completedStage(ProblemResponses.of(problem, headers));
                  case Caller.Known(Paper session) ->
                      room.admissions()
                          .enter(campaign, session, ask.ticket())
                          .thenApply(result -> answer(campaign, result, headers));
                });
  }

  private Response answer(String campaign, AdmissionResult result, HttpHeaders headers) {
    return switch (result) {
      case AdmissionResult.Admitted(String pass, Instant expires) ->
          Response.ok(new Admitted(pass, time(campaign, expires)))
              .header(HttpHeaders.CACHE_CONTROL, "no-store")
              .build();
      case AdmissionResult.NotCalled refusal ->
          ProblemResponses.of(LineProblems.notCalled(refusal), headers);
      case AdmissionResult.PassElsewhere refusal ->
          ProblemResponses.of(LineProblems.passElsewhere(refusal), headers);
      case AdmissionResult.TicketInvalid _ ->
          ProblemResponses.of(LineProblems.TICKET_INVALID, headers);
      case AdmissionResult.WindowClosed _ ->
          ProblemResponses.of(LineProblems.WINDOW_CLOSED, headers);
      case AdmissionResult.Busy refusal ->
          ProblemResponses.of(LineProblems.busyDoor(refusal), headers);
      case AdmissionResult.CampaignUnknown _ ->
          ProblemResponses.of(CommonProblems.CAMPAIGN_UNKNOWN, headers);
      case AdmissionResult.OtherCampaign _ ->
          ProblemResponses.of(CommonProblems.UNAUTHENTICATED, headers);
      case AdmissionResult.Away _ -> ProblemResponses.of(LineProblems.AWAY, headers);
    };
  }

  private String time(String campaign, Instant expires) {
    CampaignLines lines = calendar.of(campaign);
    ZoneId zone = lines == null ? ZoneOffset.UTC : lines.zone();
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(expires.atZone(zone));
  }
}
