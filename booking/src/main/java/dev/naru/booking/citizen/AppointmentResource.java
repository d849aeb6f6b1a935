package dev.naru.booking.citizen;

import dev.naru.booking.appointment.Appointment;
import dev.naru.booking.appointment.Appointments;
import dev.naru.booking.appointment.AppointmentsAway;
import dev.naru.booking.appointment.BookingResult;
import dev.naru.booking.appointment.BookingResult.Booked;
import dev.naru.booking.appointment.BookingResult.Refusal;
import dev.naru.booking.appointment.BookingResult.Same;
import dev.naru.booking.appointment.BookingResult.SlotFull;
import dev.naru.booking.appointment.ChangeResult;
import dev.naru.booking.appointment.Gate;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.search.Search;
import dev.naru.common.paper.Paper;
import dev.naru.common.problem.Problem;
import dev.naru.common.text.Language;
import dev.naru.common.text.LocalText;
import dev.naru.common.web.Caller;
import dev.naru.common.web.Callers;
import dev.naru.common.web.CommonProblems;
import dev.naru.common.web.ProblemResponses;
import io.smallrye.common.annotation.NonBlocking;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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

/// Book, see, move, cancel.
@Path("/api/v1/appointments")
@Produces(MediaType.APPLICATION_JSON)
public class AppointmentResource {
  private static final Logger LOG = LoggerFactory.getLogger(AppointmentResource.class);

  private static final Problem NOT_FOUND =
      new Problem(
          "appointment-unknown",
          404,
          new LocalText("없는 예약입니다", "There is no such appointment"),
          new LocalText("이 번호로 된 본인의 예약이 없습니다.", "You have no appointment with this id."));

  private final Callers callers;
  private final Campaigns campaigns;
  private final Appointments appointments;
  private final AppointmentViews views;
  private final Search search;
  private final InstantSource clock;

  @Inject
  public AppointmentResource(
      Callers callers,
      Campaigns campaigns,
      Appointments appointments,
      AppointmentViews views,
      Search search,
      InstantSource clock) {
    this.callers = callers;
    this.campaigns = campaigns;
    this.appointments = appointments;
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

  /// The body of a move. The pass may also stand in the header.
  public record NewSlot(@Nullable String slot, @Nullable String pass) {}

  /// Books.
  @PUT
  @Path("{id: [^/.]+}")
  @Consumes(MediaType.APPLICATION_JSON)
  @NonBlocking
  public CompletionStage<Response> book(
      @PathParam("id") String id, @Nullable Booking body, @Context HttpHeaders headers) {
    Optional<UUID> uuid = uuid(id);
    if (uuid.isEmpty()) {
      return done(ProblemResponses.of(BAD_ID, headers));
    }
    if (body == null || body.campaign() == null || body.campaign().length() > 32) {
      return done(ProblemResponses.of(BAD_CAMPAIGN, headers));
    }
    OptionalLong slot = slot(body.slot());
    if (slot.isEmpty()) {
      return done(ProblemResponses.of(BAD_SLOT, headers));
    }
    int dose = body.dose() == null ? 1 : body.dose();
    if (dose < 1 || dose > MOST_DOSES) {
      return done(ProblemResponses.of(BAD_DOSE, headers));
    }
    String campaign = body.campaign();
    return switch (callers.changing(headers)) {
      case Caller.Unknown(Problem problem) -> done(ProblemResponses.of(problem, headers));
      case Caller.Known(Paper session) ->
          (dose == 1
                  ? appointments.book(session, uuid.get(), campaign, slot.getAsLong(), body.pass())
                  : appointments.bookLaterDose(
                      session, uuid.get(), campaign, slot.getAsLong(), dose, body.pass()))
              .handle(
                  (result, failure) ->
                      failure == null
                          ? answer(result, session, campaign, slot.getAsLong(), body, headers)
                          : failed(failure, headers));
    };
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
          problem = withAlternatives(problem, campaign, slot, open);
        }
        yield ProblemResponses.of(problem, headers);
      }
    };
  }

  private Problem withAlternatives(
      Problem problem, StoredCampaign campaign, long slot, Gate.Open open) {
    return problem.with(
        "alternatives",
        SiteViews.offers(campaign.campaign(), search.instead(campaign, slot, open.share())));
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
    Optional<UUID> uuid = uuid(id);
    if (uuid.isEmpty()) {
      return ProblemResponses.of(NOT_FOUND, headers);
    }
    return switch (callers.reading(headers)) {
      case Caller.Unknown(Problem problem) -> ProblemResponses.of(problem, headers);
      case Caller.Known(Paper session) ->
          orAway(
              headers,
              () ->
                  appointments
                      .own(session.person(), uuid.get())
                      .map(answer)
                      .orElseGet(() -> ProblemResponses.of(NOT_FOUND, headers)));
    };
  }

  /// Moves.
  @PUT
  @Path("{id: [^/.]+}/slot")
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  public Response move(
      @PathParam("id") String id,
      @Nullable NewSlot body,
      @HeaderParam("X-Naru-Pass") @Nullable String pass,
      @Context HttpHeaders headers) {
    Optional<UUID> uuid = uuid(id);
    if (uuid.isEmpty()) {
      return ProblemResponses.of(BAD_ID, headers);
    }
    OptionalLong slot = body == null ? OptionalLong.empty() : slot(body.slot());
    if (body == null || slot.isEmpty()) {
      return ProblemResponses.of(BAD_SLOT, headers);
    }
    String presented = body.pass() == null ? pass : body.pass();
    return switch (callers.changing(headers)) {
      case Caller.Unknown(Problem problem) -> ProblemResponses.of(problem, headers);
      case Caller.Known(Paper session) ->
          orAway(
              headers,
              () ->
                  changed(
                      appointments.move(session, uuid.get(), slot.getAsLong(), presented),
                      session,
                      headers));
    };
  }

  /// Cancels; again is the same.
  @DELETE
  @Path("{id: [^/.]+}")
  @RunOnVirtualThread
  public Response cancel(@PathParam("id") String id, @Context HttpHeaders headers) {
    Optional<UUID> uuid = uuid(id);
    if (uuid.isEmpty()) {
      return ProblemResponses.of(NOT_FOUND, headers);
    }
    return switch (callers.changing(headers)) {
      case Caller.Unknown(Problem problem) -> ProblemResponses.of(problem, headers);
      case Caller.Known(Paper session) ->
          orAway(
              headers, () -> changed(appointments.cancel(session, uuid.get()), session, headers));
    };
  }

  private Response changed(ChangeResult result, Paper session, HttpHeaders headers) {
    return switch (result) {
      case ChangeResult.Done(List<Appointment> doses) when doses.isEmpty() ->
          Response.noContent().build();
      case ChangeResult.Done(List<Appointment> doses) -> ok(doses, headers);
      case ChangeResult.NotFound _ -> ProblemResponses.of(NOT_FOUND, headers);
      case ChangeResult.Cancelled _ -> ProblemResponses.of(CANCELLED, headers);
      case ChangeResult.Begun _ -> ProblemResponses.of(BEGUN, headers);
      case ChangeResult.OutsideInterval(var from, var to) ->
          ProblemResponses.of(
              new Problem(
                      "outside-interval",
                      409,
                      new LocalText(
                          "접종 간격에 맞지 않습니다", "Too close to or too far from the dose before"),
                      new LocalText(
                          "이 접종은 " + from + "부터 " + to + "까지 받을 수 있습니다. 예약은 그대로입니다.",
                          "This dose can be given from "
                              + from
                              + " to "
                              + to
                              + ". Your appointment is unchanged."))
                  .with("from", from.toString())
                  .with("to", to.toString()),
              headers);
      case ChangeResult.Refused(Refusal refusal) ->
          ProblemResponses.of(
              problem(refusal, campaigns.byId(session.campaign()).orElse(null)), headers);
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
    if (cause instanceof RejectedExecutionException) {
      return ProblemResponses.of(CommonProblems.overloaded(1), headers);
    }
    if (cause instanceof TimeoutException || cause instanceof AppointmentsAway) {
      LOG.warn("Appointments do not answer: {}", cause.toString());
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

  static Optional<UUID> uuid(String text) {
    return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }

  static OptionalLong slot(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  static final Problem BAD_ID =
      CommonProblems.malformed(
          "id",
          new LocalText("UUID여야 합니다.", "must be a UUID, made by the caller for each booking."));
  private static final Problem BAD_CAMPAIGN =
      CommonProblems.malformed(
          "campaign", new LocalText("예약의 id여야 합니다.", "must be the id of a campaign."));

  /// Of a product: see the campaign file.
  private static final int MOST_DOSES = 4;

  private static final Problem BAD_DOSE =
      CommonProblems.malformed(
          "dose", new LocalText("1부터 4까지의 수여야 합니다.", "must be a number from 1 to 4."));
  static final Problem BAD_SLOT =
      CommonProblems.malformed(
          "slot", new LocalText("목록의 slot 값이어야 합니다.", "must be a slot from the list."));
  private static final Problem BEGUN =
      new Problem(
          "appointment-begun",
          409,
          new LocalText("예약 시간이 되었습니다", "The time of this appointment has come"),
          new LocalText(
              "예약 시간이 된 뒤에는 바꾸거나 취소할 수 없습니다. 기관에 직접 문의하세요.",
              "It can be neither moved nor cancelled any more. Please ask the site itself."));
  private static final Problem CANCELLED =
      new Problem(
          "cancelled",
          409,
          new LocalText("취소된 예약입니다", "This appointment was cancelled"),
          new LocalText(
              "취소된 예약은 바꿀 수 없습니다. 새로 예약하세요.",
              "A cancelled appointment cannot be moved. Make a new booking."));
}
