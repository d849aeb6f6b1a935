package dev.naru.booking.citizen;

import dev.naru.booking.appointment.Appointment;
import dev.naru.booking.appointment.BookingResult;
import dev.naru.booking.appointment.BookingResult.Refusal;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.search.Sites;
import dev.naru.booking.waitlist.Waitlist;
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
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Waiting for a freed dose, and accepting one that is offered.
@Path("/api/v1/campaigns/{campaign}/waitlist")
@Produces(MediaType.APPLICATION_JSON)
public class WaitlistResource {
  private final Callers callers;
  private final Campaigns campaigns;
  private final Waitlist waitlist;
  private final Sites sites;
  private final PlaceViews views;
  private final AppointmentViews appointmentViews;
  private final InstantSource clock;

  @Inject
  public WaitlistResource(
      Callers callers,
      Campaigns campaigns,
      Waitlist waitlist,
      Sites sites,
      PlaceViews views,
      AppointmentViews appointmentViews,
      InstantSource clock) {
    this.callers = callers;
    this.campaigns = campaigns;
    this.waitlist = waitlist;
    this.sites = sites;
    this.views = views;
    this.appointmentViews = appointmentViews;
    this.clock = clock;
  }

  /// What somebody waits for. The pass may also stand in the header.
  ///
  /// @param from first day, included
  /// @param to last day, included
  /// @param product id; absent for any
  public record Wishes(
      @Nullable List<@Nullable String> sites,
      @Nullable String from,
      @Nullable String to,
      @Nullable String product,
      @Nullable String pass) {}

  /// The id of the appointment to be, made by the caller.
  public record Acceptance(@Nullable String id) {}

  /// Puts the caller on the list, or changes what they want; the place in line stays.
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  public Response join(
      @PathParam("campaign") String campaignId,
      @Nullable Wishes body,
      @HeaderParam("X-Naru-Pass") @Nullable String pass,
      @Context HttpHeaders headers) {
    return with(
        Callers.await(callers.changing(headers)),
        campaignId,
        headers,
        (session, campaign) ->
            switch (WaitlistWishes.read(body, campaign.campaign(), sites)) {
              case WaitlistWishes.Wrong(Problem problem) -> ProblemResponses.of(problem, headers);
              case WaitlistWishes.Read(Waitlist.Wishes wishes) ->
                  answer(
                      waitlist.join(
                          session,
                          campaignId,
                          wishes,
                          body == null || body.pass() == null ? pass : body.pass()),
                      campaign,
                      headers);
            });
  }

  private Response answer(Waitlist.Result result, StoredCampaign campaign, HttpHeaders headers) {
    return switch (result) {
      case Waitlist.Result.On(Waitlist.Standing standing) ->
          fresh(views.of(standing, campaign, language(headers)));
      case Waitlist.Result.Refused(Refusal refusal) -> refused(refusal, campaign, headers);
      case Waitlist.Result.Off _ -> ProblemResponses.of(OFF, headers);
    };
  }

  private Response refused(Refusal refusal, StoredCampaign campaign, HttpHeaders headers) {
    return ProblemResponses.of(
        RefusalProblems.of(refusal, campaign.campaign(), clock.instant()), headers);
  }

  /// What the caller waits for, and what they are offered.
  @GET
  @RunOnVirtualThread
  public Response standing(@PathParam("campaign") String campaignId, @Context HttpHeaders headers) {
    return with(
        Callers.await(callers.reading(headers)),
        campaignId,
        headers,
        (session, campaign) ->
            waitlist
                .of(session.person(), campaign)
                .map(standing -> fresh(views.of(standing, campaign, language(headers))))
                .orElseGet(() -> ProblemResponses.of(NOT_ON, headers)));
  }

  /// A site that somebody can wait for, whether it has something free or not.
  record Choice(String id, String name, String address) {}

  record Choices(List<Choice> sites) {}

  /// The sites of a district.
  ///
  /// @param region five digits
  @GET
  @Path("sites")
  @RunOnVirtualThread
  public Response sites(
      @PathParam("campaign") String campaignId,
      @QueryParam("region") @Nullable String region,
      @Context HttpHeaders headers) {
    return with(
        Callers.await(callers.reading(headers)),
        campaignId,
        headers,
        (_, _) ->
            region == null || !region.matches("[0-9]{5}")
                ? ProblemResponses.of(BAD_REGION, headers)
                : fresh(
                    new Choices(
                        sites.in(Set.of(region)).stream()
                            .limit(MOST_CHOICES)
                            .map(
                                site ->
                                    new Choice(
                                        String.valueOf(site.id()), site.name(), site.address()))
                            .toList())));
  }

  /// Leaves; an offer goes to the next in line. Again is the same.
  @DELETE
  @RunOnVirtualThread
  public Response leave(@PathParam("campaign") String campaignId, @Context HttpHeaders headers) {
    return with(
        Callers.await(callers.changing(headers)),
        campaignId,
        headers,
        (session, campaign) -> {
          waitlist.leave(session.person(), campaign);
          return Response.noContent().build();
        });
  }

  /// Makes the offer an appointment; a retry with the same id is the same.
  @PUT
  @Path("acceptance")
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  public Response accept(
      @PathParam("campaign") String campaignId,
      @Nullable Acceptance body,
      @Context HttpHeaders headers) {
    Optional<UUID> id =
        body == null || body.id() == null ? Optional.empty() : AppointmentParams.uuid(body.id());
    if (id.isEmpty()) {
      return ProblemResponses.of(AppointmentParams.BAD_ID, headers);
    }
    return with(
        Callers.await(callers.changing(headers)),
        campaignId,
        headers,
        (session, campaign) -> {
          CompletableFuture<BookingResult> accepted = waitlist.accept(session, campaign, id.get());
          if (accepted == null) {
            return ProblemResponses.of(NO_OFFER, headers);
          }
          try {
            return accepted(accepted.join(), campaign, headers);
          } catch (CompletionException e) {
            return AppointmentResource.failed(e, headers);
          }
        });
  }

  private Response accepted(BookingResult result, StoredCampaign campaign, HttpHeaders headers) {
    return switch (result) {
      case BookingResult.Booked(List<Appointment> doses) ->
          Response.status(Response.Status.CREATED)
              .header(HttpHeaders.CACHE_CONTROL, "no-store")
              .entity(appointmentViews.of(doses, language(headers)))
              .build();
      case BookingResult.Same(List<Appointment> doses) ->
          fresh(appointmentViews.of(doses, language(headers)));
      case Refusal refusal -> refused(refusal, campaign, headers);
    };
  }

  private Response with(
      Caller caller,
      String campaignId,
      HttpHeaders headers,
      BiFunction<Paper, StoredCampaign, Response> answer) {
    return switch (caller) {
      case Caller.Unknown(Problem problem) -> ProblemResponses.of(problem, headers);
      case Caller.Known(Paper session) ->
          AppointmentResource.orAway(
              headers,
              () ->
                  campaigns
                      .byId(campaignId)
                      .map(campaign -> answer.apply(session, campaign))
                      .orElseGet(
                          () -> ProblemResponses.of(CommonProblems.CAMPAIGN_UNKNOWN, headers)));
    };
  }

  private static Response fresh(Object body) {
    return Response.ok(body).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  private static Language language(HttpHeaders headers) {
    return Language.preferred(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
  }

  /// The largest district has fewer.
  private static final int MOST_CHOICES = 1_000;

  private static final Problem BAD_REGION =
      CommonProblems.malformed(
          "region",
          new LocalText("시·군·구의 다섯 자리 코드여야 합니다.", "must be the five digits of a district."));
  private static final Problem OFF =
      new Problem(
          "no-waitlist",
          409,
          new LocalText("대기 명단이 없는 예약입니다", "This campaign has no waitlist"),
          new LocalText(
              "취소된 자리는 검색에 다시 나타납니다. 나중에 다시 찾아보세요.",
              "Freed doses show up in the search again. Look there later."));
  private static final Problem NOT_ON =
      new Problem(
          "not-waiting",
          404,
          new LocalText("대기 명단에 없습니다", "You are not on the waitlist"),
          new LocalText(
              "기다리려면 원하는 기관과 날짜를 골라 신청하세요.",
              "To wait for a freed dose, choose sites and days and put yourself on it."));
  private static final Problem NO_OFFER =
      new Problem(
          "no-offer",
          409,
          new LocalText("제안된 자리가 없습니다", "Nothing is offered to you now"),
          new LocalText(
              "제안이 없었거나 수락 시간이 지나 다음 분에게 넘어갔습니다. 내 예약에서 확인하세요.",
              "There was no offer, or its time is over and it went to the next in line. Look under"
                  + " “My appointment”."));
}
