package dev.naru.app.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.booking.appointment.Appointments;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.citizen.AppointmentView;
import dev.naru.booking.citizen.AppointmentViews;
import dev.naru.booking.citizen.PlaceViews;
import dev.naru.booking.citizen.PlaceViews.PlaceView;
import dev.naru.booking.citizen.PlaceViews.WaitlistView;
import dev.naru.booking.eligibility.Entitlement;
import dev.naru.booking.hold.Holds;
import dev.naru.booking.waitlist.Waitlist;
import dev.naru.common.paper.Paper;
import dev.naru.common.text.Language;
import dev.naru.common.web.Caller;
import dev.naru.common.web.Callers;
import dev.naru.common.web.CommonProblems;
import dev.naru.common.web.ProblemResponses;
import dev.naru.identity.person.People;
import dev.naru.identity.web.EligibilityView;
import dev.naru.waitingroom.WaitingRoom;
import dev.naru.waitingroom.line.StoreAwayException;
import dev.naru.waitingroom.ticket.Tickets.Place;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who I am, whether I may book, my place, my appointments: what three stations know of one person.
@Path("/api/v1/me")
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {
  private final Callers callers;
  private final People people;
  private final WaitingRoom room;
  private final Campaigns campaigns;
  private final Appointments appointments;
  private final AppointmentViews views;
  private final Holds holds;
  private final Waitlist waitlist;
  private final PlaceViews placeViews;
  private final Entitlement entitlement;
  private final InstantSource clock;

  @Inject
  public MeResource(
      Callers callers,
      People people,
      WaitingRoom room,
      Campaigns campaigns,
      Appointments appointments,
      AppointmentViews views,
      Holds holds,
      Waitlist waitlist,
      PlaceViews placeViews,
      Entitlement entitlement,
      InstantSource clock) {
    this.callers = callers;
    this.people = people;
    this.room = room;
    this.campaigns = campaigns;
    this.appointments = appointments;
    this.views = views;
    this.holds = holds;
    this.waitlist = waitlist;
    this.placeViews = placeViews;
    this.entitlement = entitlement;
    this.clock = clock;
  }

  /// @param place null for those who have not joined the line
  /// @param hold the slot that is held for them, if any
  /// @param waitlist what they wait for and are offered, if they do
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Me(
      Person person,
      String campaign,
      EligibilityView eligibility,
      @Nullable Place place,
      List<AppointmentView> appointments,
      @Nullable PlaceView hold,
      @Nullable WaitlistView waitlist,
      OffsetDateTime serverTime) {}

  record Person(String maskedName) {}

  @GET
  @RunOnVirtualThread
  public Response me(@Context HttpHeaders headers) throws StoreAwayException {
    return switch (Callers.await(callers.reading(headers))) {
      case Caller.Unknown(var problem) -> ProblemResponses.of(problem, headers);
      case Caller.Known(Paper session) -> {
        Optional<StoredCampaign> campaign = campaigns.byId(session.campaign());
        yield campaign.isEmpty()
            ? ProblemResponses.of(CommonProblems.CAMPAIGN_UNKNOWN, headers)
            : Response.ok(me(session, campaign.get(), headers))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
      }
    };
  }

  private Me me(Paper session, StoredCampaign stored, HttpHeaders headers)
      throws StoreAwayException {
    Language language = Language.preferred(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
    Campaign campaign = stored.campaign();
    return new Me(
        new Person(people.maskedName(session.person()).orElse("")),
        campaign.id(),
        EligibilityView.of(entitlement.of(campaign, session), campaign.zone(), language),
        room.tickets().placeOf(session),
        appointments.of(session.person(), stored).stream()
            .map(appointment -> views.of(appointment, language))
            .toList(),
        campaign.terms().holds()
            ? holds
                .of(session.person(), stored)
                .map(hold -> placeViews.of(hold, stored, language))
                .orElse(null)
            : null,
        campaign.terms().waitlist()
            ? waitlist
                .of(session.person(), stored)
                .map(standing -> placeViews.of(standing, stored, language))
                .orElse(null)
            : null,
        clock.instant().atZone(campaign.zone()).toOffsetDateTime());
  }
}
