package dev.naru.booking.citizen;

import dev.naru.booking.appointment.Appointment;
import dev.naru.booking.appointment.Appointments;
import dev.naru.booking.appointment.AppointmentsAway;
import dev.naru.booking.appointment.BookingResult;
import dev.naru.booking.appointment.BookingResult.Booked;
import dev.naru.booking.appointment.BookingResult.Refusal;
import dev.naru.booking.appointment.BookingResult.Same;
import dev.naru.booking.appointment.BookingResult.SlotFull;
import dev.naru.booking.appointment.Gate;
import dev.naru.booking.appointment.LaterDoses;
import dev.naru.booking.appointment.SentAway;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.failure.FailureLog;
import dev.naru.booking.search.Following;
import dev.naru.booking.search.Search;
import dev.naru.common.paper.Paper;
import dev.naru.common.problem.Problem;
import dev.naru.common.text.Language;
import dev.naru.common.web.Caller;
import dev.naru.common.web.Callers;
import dev.naru.common.web.CommonProblems;
import dev.naru.common.web.ProblemResponses;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Book and see; [ChangeResource] moves and cancels.
@Path("/api/v1/appointments")
@Produces(MediaType.APPLICATION_JSON)
public class AppointmentResource {
  private static final Logger LOG = LoggerFactory.getLogger(AppointmentResource.class);
  private static final FailureLog AWAY = new FailureLog(LOG::warn, System::nanoTime);
  private static final FailureLog UNDECIDED = new FailureLog(LOG::error, System::nanoTime);

  private final Callers callers;
  private final Campaigns campaigns;
  private final Appointments appointments;
  private final LaterDoses laterDoses;
  private final AppointmentViews views;
  private final Search search;
  private final InstantSource clock;

  @Inject
  public AppointmentResource(
      Callers callers,
      Campaigns campaigns,
      Appointments appointments,
      LaterDoses laterDoses,
      AppointmentViews views,
      Search search,
      InstantSource clock) {
    this.callers = callers;
    this.campaigns = campaigns;
    this.appointments = appointments;
    this.laterDoses = laterDoses;
    this.views = views;
    this.search = search;
    this.clock = clock;
  }

  /// The body of a booking.
  ///
  /// @param dose of a later dose by itself; 1 when absent
  public record Booking(
      @Nullable String campaign,
      @Nullable String slot,
      @Nullable String pass,
      @Nullable Integer dose) {}

  /// Books. The path has no expression of its own, unlike the rare ones below: the framework would
  /// search each booking's path with it.
  @PUT
  @Path("{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @NonBlocking
  public CompletionStage<Response> book(
      @PathParam("id") String id, @Nullable Booking body, @Context HttpHeaders headers) {
    Optional<UUID> uuid = AppointmentParams.uuid(id);
    if (uuid.isEmpty()) {
      return done(ProblemResponses.of(AppointmentParams.BAD_ID, headers));
    }
    if (body == null || body.campaign() == null || body.campaign().length() > 32) {
      return done(ProblemResponses.of(AppointmentParams.BAD_CAMPAIGN, headers));
    }
    OptionalLong slot = AppointmentParams.slot(body.slot());
    if (slot.isEmpty()) {
      return done(ProblemResponses.of(AppointmentParams.BAD_SLOT, headers));
    }
    int dose = body.dose() == null ? 1 : body.dose();
    if (dose < 1 || dose > AppointmentParams.MOST_DOSES) {
      return done(ProblemResponses.of(AppointmentParams.BAD_DOSE, headers));
    }
    String campaign = body.campaign();
    return callers
        .changing(headers)
        .thenCompose(
            caller ->
                switch (caller) {
                  case Caller.Unknown(Problem problem) ->
                      done(ProblemResponses.of(problem, headers));
                  case Caller.Known(Paper session) ->
                      book(session, uuid.get(), campaign, slot.getAsLong(), dose, body, headers);
                });
  }

  private CompletionStage<Response> book(
      Paper session,
      UUID id,
      String campaign,
      long slot,
      int dose,
      Booking body,
      HttpHeaders headers) {
    return (dose == 1
            ? appointments.book(session, id, campaign, slot, body.pass())
            : laterDoses.book(session, id, campaign, slot, dose, body.pass()))
        .handle(
            (result, failure) ->
                failure == null
                    ? answer(result, session, campaign, slot, body, headers)
                    : failed(failure, headers));
  }

  private Response answer(
      BookingResult result,
      Paper session,
      String campaignId,
      long slot,
      Booking body,
      HttpHeaders headers) {
    return switch (result) {
      case Booked(List<Appointment> doses) ->
          Response.status(Response.Status.CREATED)
              .header(HttpHeaders.CACHE_CONTROL, "no-store")
              .entity(views.of(doses, language(headers)))
              .build();
      case Same(List<Appointment> doses) -> ok(doses, headers);
      case Refusal refusal -> {
        StoredCampaign campaign = campaigns.byId(campaignId).orElse(null);
        Problem problem = problem(refusal, campaign);
        if (refusal instanceof SlotFull
            && campaign != null
            && appointments.gate(session, campaign, body.pass()) instanceof Gate.Open open) {
          Following following =
              body.dose() == null || body.dose() == 1
                  ? Following.doses(campaign.campaign().products())
                  : Following.NOTHING;
          problem =
              SiteViews.withAlternatives(
                  problem,
                  campaign.campaign(),
                  search.instead(campaign, slot, open.share(), following));
        }
        yield ProblemResponses.of(problem, headers);
      }
    };
  }

  private Problem problem(Refusal refusal, @Nullable StoredCampaign campaign) {
    Campaign definition = campaign == null ? null : campaign.campaign();
    return RefusalProblems.of(refusal, definition, clock.instant());
  }

  /// One's own appointment.
  @GET
  @Path("{id: [^/.]+}")
  @RunOnVirtualThread
  public Response get(@PathParam("id") String id, @Context HttpHeaders headers) {
    return own(
        id,
        headers,
        appointment -> {
          boolean first = appointment.dose() == 1;
          return ok(first ? appointments.doses(appointment) : List.of(appointment), headers);
        });
  }

  /// One's own appointment for a calendar.
  @GET
  @Path("{id: [^/.]+}.ics")
  @Produces("text/calendar")
  @RunOnVirtualThread
  public Response calendar(@PathParam("id") String id, @Context HttpHeaders headers) {
    return own(
        id,
        headers,
        appointment ->
            Response.ok(
                    Calendar.of(
                        appointment, views.visit(appointment), language(headers), clock.instant()))
                .type("text/calendar;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"appointment.ics\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build());
  }

  private Response own(String id, HttpHeaders headers, Function<Appointment, Response> answer) {
    Optional<UUID> uuid = AppointmentParams.uuid(id);
    if (uuid.isEmpty()) {
      return ProblemResponses.of(ChangeProblems.NOT_FOUND, headers);
    }
    return switch (Callers.await(callers.reading(headers))) {
      case Caller.Unknown(Problem problem) -> ProblemResponses.of(problem, headers);
      case Caller.Known(Paper session) ->
          orAway(
              headers,
              () ->
                  appointments
                      .own(session.person(), uuid.get())
                      .map(answer)
                      .orElseGet(() -> ProblemResponses.of(ChangeProblems.NOT_FOUND, headers)));
    };
  }

  private Response ok(List<Appointment> doses, HttpHeaders headers) {
    return Response.ok(views.of(doses, language(headers)))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  static Response orAway(HttpHeaders headers, Supplier<Response> work) {
    try {
      return work.get();
    } catch (RejectedExecutionException | AppointmentsAway e) {
      return failed(e, headers);
    }
  }

  static Response failed(Throwable failure, HttpHeaders headers) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof SentAway away) {
      return ProblemResponses.of(CommonProblems.overloaded(away.comeBackSeconds()), headers);
    }
    if (cause instanceof RejectedExecutionException) {
      return ProblemResponses.of(CommonProblems.overloaded(1), headers);
    }
    if (cause instanceof TimeoutException || cause instanceof AppointmentsAway) {
      AWAY.say("Appointments do not answer", cause);
    } else if (cause instanceof SQLException) {
      UNDECIDED.say("A booking could not be decided", cause);
    } else {
      LOG.error("A booking could not be decided", cause);
    }
    return ProblemResponses.of(CommonProblems.unavailable(2), headers);
  }

  private static CompletionStage<Response> done(Response response) {
    return CompletableFuture.completedFuture(response);
  }

  private static Language language(HttpHeaders headers) {
    return Language.preferred(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
  }
}
