package dev.naru.booking.citizen;

import dev.naru.booking.appointment.Appointments;
import dev.naru.booking.appointment.BookingResult.Refusal;
import dev.naru.booking.appointment.BookingResult.SlotFull;
import dev.naru.booking.appointment.Gate;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.hold.Holds;
import dev.naru.booking.place.HeldPlace;
import dev.naru.booking.search.Following;
import dev.naru.booking.search.Search;
import dev.naru.common.paper.Paper;
import dev.naru.common.problem.Problem;
import dev.naru.common.text.Language;
import dev.naru.common.text.LocalText;
import dev.naru.common.web.Caller;
import dev.naru.common.web.Callers;
import dev.naru.common.web.CommonProblems;
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
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Holds a slot while a form is filled in.
@Path("/api/v1/campaigns/{campaign}/hold")
@Produces(MediaType.APPLICATION_JSON)
public class HoldResource {
  private final Callers callers;
  private final Campaigns campaigns;
  private final Appointments appointments;
  private final Holds holds;
  private final Search search;
  private final PlaceViews views;
  private final InstantSource clock;

  @Inject
  public HoldResource(
      Callers callers,
      Campaigns campaigns,
      Appointments appointments,
      Holds holds,
      Search search,
      PlaceViews views,
      InstantSource clock) {
    this.callers = callers;
    this.campaigns = campaigns;
    this.appointments = appointments;
    this.holds = holds;
    this.search = search;
    this.views = views;
    this.clock = clock;
  }

  /// What to hold. The pass may also stand in the header.
  public record Wanted(@Nullable String slot, @Nullable String pass) {}

  /// Holds; a hold of another slot ends with it. Again is the same, and not longer.
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  public Response hold(
      @PathParam("campaign") String campaign,
      @Nullable Wanted body,
      @HeaderParam("X-Naru-Pass") @Nullable String pass,
      @Context HttpHeaders headers) {
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
                  campaigns
                      .byId(campaign)
                      .map(stored -> hold(session, stored, slot.getAsLong(), presented, headers))
                      .orElseGet(
                          () -> ProblemResponses.of(CommonProblems.CAMPAIGN_UNKNOWN, headers)));
    };
  }

  private Response hold(
      Paper session,
      StoredCampaign campaign,
      long slot,
      @Nullable String pass,
      HttpHeaders headers) {
    return switch (holds.hold(session, campaign, slot, pass)) {
      case Holds.Result.Held(HeldPlace place) ->
          Response.ok(views.of(place, campaign, language(headers)))
              .header(HttpHeaders.CACHE_CONTROL, "no-store")
              .build();
      case Holds.Result.Off _ -> ProblemResponses.of(OFF, headers);
      case Holds.Result.Refused(Refusal refusal) -> {
        Problem problem = RefusalProblems.of(refusal, campaign.campaign(), clock.instant());
        yield ProblemResponses.of(
            refusal instanceof SlotFull
                    && appointments.gate(session, campaign, pass) instanceof Gate.Open open
                ? SiteViews.withAlternatives(
                    problem,
                    campaign.campaign(),
                    search.instead(
                        campaign,
                        slot,
                        open.share(),
                        Following.doses(campaign.campaign().products())))
                : problem,
            headers);
      }
    };
  }

  /// Ends the hold; again is the same.
  @DELETE
  @RunOnVirtualThread
  public Response release(@PathParam("campaign") String campaign, @Context HttpHeaders headers) {
    return switch (Callers.await(callers.changing(headers))) {
      case Caller.Unknown(Problem problem) -> ProblemResponses.of(problem, headers);
      case Caller.Known(Paper session) ->
          AppointmentResource.orAway(
              headers,
              () -> {
                campaigns.byId(campaign).ifPresent(stored -> holds.release(session, stored));
                return Response.noContent().build();
              });
    };
  }

  private static Language language(HttpHeaders headers) {
    return Language.preferred(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
  }

  private static final Problem OFF =
      new Problem(
          "no-holds",
          409,
          new LocalText("자리를 잡아 둘 수 없는 예약입니다", "Slots are not held in this campaign"),
          new LocalText(
              "이 예약에서는 자리를 미리 잡아 두지 않습니다. 바로 예약하세요.",
              "Slots cannot be held here. Book the slot right away."));
}
