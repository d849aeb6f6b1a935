package dev.naru.booking.citizen;

import dev.naru.booking.appointment.Appointment;
import dev.naru.booking.appointment.BookingResult.Refusal;
import dev.naru.booking.appointment.ChangeResult;
import dev.naru.booking.appointment.Changes;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.common.paper.Paper;
import dev.naru.common.problem.Problem;
import dev.naru.common.text.Language;
import dev.naru.common.web.Caller;
import dev.naru.common.web.Callers;
import dev.naru.common.web.ProblemResponses;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Move and cancel.
@Path("/api/v1/appointments")
@Produces(MediaType.APPLICATION_JSON)
public class ChangeResource {
  private final Callers callers;
  private final Campaigns campaigns;
  private final Changes changes;
  private final AppointmentViews views;
  private final InstantSource clock;

  @Inject
  public ChangeResource(
      Callers callers,
      Campaigns campaigns,
      Changes changes,
      AppointmentViews views,
      InstantSource clock) {
    this.callers = callers;
    this.campaigns = campaigns;
    this.changes = changes;
    this.views = views;
    this.clock = clock;
  }

  /// The body of a move. The pass may also stand in the header.
  public record NewSlot(@Nullable String slot, @Nullable String pass) {}

  /// Moves.
  @PUT
  @Path("{id}/slot")
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  public Response move(
      @PathParam("id") String id,
      @Nullable NewSlot body,
      @HeaderParam("X-Naru-Pass") @Nullable String pass,
      @Context HttpHeaders headers) {
    Optional<UUID> uuid = AppointmentParams.uuid(id);
    if (uuid.isEmpty()) {
      return ProblemResponses.of(AppointmentParams.BAD_ID, headers);
    }
    OptionalLong slot = body == null ? OptionalLong.empty() : AppointmentParams.slot(body.slot());
    if (body == null || slot.isEmpty()) {
      return ProblemResponses.of(AppointmentParams.BAD_SLOT, headers);
    }
    String presented = body.pass() == null ? pass : body.pass();
    return switch (Callers.await(callers.changing(headers))) {
      case Caller.Unknown(Problem problem) -> ProblemResponses.of(problem, headers);
      case Caller.Known(Paper session) ->
          AppointmentResource.orAway(
              headers,
              () ->
                  changed(
                      changes.move(session, uuid.get(), slot.getAsLong(), presented),
                      session,
                      headers));
    };
  }

  /// Cancels; again is the same.
  @DELETE
  @Path("{id}")
  @RunOnVirtualThread
  public Response cancel(@PathParam("id") String id, @Context HttpHeaders headers) {
    Optional<UUID> uuid = AppointmentParams.uuid(id);
    if (uuid.isEmpty()) {
      return ProblemResponses.of(ChangeProblems.NOT_FOUND, headers);
    }
    return switch (Callers.await(callers.changing(headers))) {
      case Caller.Unknown(Problem problem) -> ProblemResponses.of(problem, headers);
      case Caller.Known(Paper session) ->
          AppointmentResource.orAway(
              headers, () -> changed(changes.cancel(session, uuid.get()), session, headers));
    };
  }

  private Response changed(ChangeResult result, Paper session, HttpHeaders headers) {
    return switch (result) {
      case ChangeResult.Done(List<Appointment> doses) when doses.isEmpty() ->
          Response.noContent().build();
      case ChangeResult.Done(List<Appointment> doses) ->
          Response.ok(views.of(doses, language(headers)))
              .header(HttpHeaders.CACHE_CONTROL, "no-store")
              .build();
      case ChangeResult.NotFound _ -> ProblemResponses.of(ChangeProblems.NOT_FOUND, headers);
      case ChangeResult.Cancelled _ -> ProblemResponses.of(ChangeProblems.CANCELLED, headers);
      case ChangeResult.Begun _ -> ProblemResponses.of(ChangeProblems.BEGUN, headers);
      case ChangeResult.OutsideInterval(var from, var to) ->
          ProblemResponses.of(ChangeProblems.outsideInterval(from, to), headers);
      case ChangeResult.Refused(Refusal refusal) -> refused(refusal, session, headers);
    };
  }

  private Response refused(Refusal refusal, Paper session, HttpHeaders headers) {
    StoredCampaign campaign = campaigns.byId(session.campaign()).orElse(null);
    return ProblemResponses.of(
        RefusalProblems.of(refusal, campaign == null ? null : campaign.campaign(), clock.instant()),
        headers);
  }

  private static Language language(HttpHeaders headers) {
    return Language.preferred(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
  }
}
