package dev.naru.app.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.app.RateLimits;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.Papers;
import dev.naru.common.problem.Problem;
import dev.naru.common.text.LocalText;
import dev.naru.common.web.Caller;
import dev.naru.common.web.Callers;
import dev.naru.common.web.CommonProblems;
import dev.naru.common.web.ProblemResponses;
import dev.naru.identity.helping.Helping;
import dev.naru.identity.helping.HelpingCode;
import dev.naru.identity.helping.HelpingResult;
import dev.naru.identity.helping.Helpings;
import dev.naru.identity.person.People;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Letting somebody act for oneself (`helper`), and acting for others (`helpings`). A helper sends
/// what they get here as `X-Naru-Helping` beside their own session; these calls alone pay no
/// attention to it, so nobody can hand on what was given to them.
@Path("/api/v1/campaigns/{campaign}")
@Produces(MediaType.APPLICATION_JSON)
public class HelpingResource {
  private static final Pattern CODE = Pattern.compile("\\d{10}");
  private static final int LONGEST_CODE = 40;

  private final Callers callers;
  private final Campaigns campaigns;
  private final Helpings helpings;
  private final People people;
  private final Papers papers;
  private final RateLimits limits;
  private final InstantSource clock;

  @Inject
  public HelpingResource(
      Callers callers,
      Campaigns campaigns,
      Helpings helpings,
      People people,
      Papers papers,
      RateLimits limits,
      InstantSource clock) {
    this.callers = callers;
    this.campaigns = campaigns;
    this.helpings = helpings;
    this.people = people;
    this.papers = papers;
    this.limits = limits;
    this.clock = clock;
  }

  /// @param code ten digits; shown this once
  record Code(String code, OffsetDateTime expiresAt, OffsetDateTime serverTime) {}

  /// @param helper who acts for the caller; null for nobody
  /// @param codeExpiresAt null when no code is open
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Helped(
      @Nullable Helper helper, @Nullable OffsetDateTime codeExpiresAt, OffsetDateTime serverTime) {}

  /// @param staff whether they do it as staff of an office
  record Helper(String maskedName, boolean staff, OffsetDateTime since, OffsetDateTime until) {}

  /// @param helping to be sent as `X-Naru-Helping`
  record HelpingView(UUID id, String helping, Person person, OffsetDateTime until) {}

  record Person(String maskedName) {}

  record HelpingList(List<HelpingView> helpings, OffsetDateTime serverTime) {}

  /// @param code as the person reads it out; spaces and hyphens do not matter
  public record Entered(@Nullable String code) {}

  /// Makes the code that the caller gives to a helper; an earlier one stops being good.
  @POST
  @Path("/helper/code")
  @RunOnVirtualThread
  public Response code(@PathParam("campaign") String campaign, @Context HttpHeaders headers) {
    return answer(
        callers.ownChanging(headers),
        campaign,
        headers,
        (session, found) -> {
          HelpingCode code = helpings.makeCode(session);
          return code == null
              ? ProblemResponses.of(HelpingProblems.FORBIDDEN, headers)
              : ok(new Code(code.digits(), time(code.expires(), found), now(found)));
        });
  }

  /// Who acts for the caller.
  @GET
  @Path("/helper")
  @RunOnVirtualThread
  public Response helper(@PathParam("campaign") String campaign, @Context HttpHeaders headers) {
    return answer(
        callers.ownReading(headers),
        campaign,
        headers,
        (session, found) -> {
          Helpings.Standing standing = helpings.of(campaign, session.person());
          Helping helping = standing.helping();
          Instant expires = standing.codeExpires();
          return ok(
              new Helped(
                  helping == null ? null : view(helping, found),
                  expires == null ? null : time(expires, found),
                  now(found)));
        });
  }

  private Helper view(Helping helping, Campaign campaign) {
    return new Helper(
        people.maskedName(helping.helper()).orElse(""),
        helping.staff(),
        time(helping.began(), campaign),
        time(helping.until(), campaign));
  }

  /// Nobody acts for the caller from now on, and an open code is void. Again is the same.
  @DELETE
  @Path("/helper")
  @RunOnVirtualThread
  public Response revoke(@PathParam("campaign") String campaign, @Context HttpHeaders headers) {
    return answer(
        callers.ownChanging(headers),
        campaign,
        headers,
        (session, _) -> {
          helpings.endOf(campaign, session.person());
          return Response.noContent().build();
        });
  }

  /// Begins to act for the person whose code it is.
  @POST
  @Path("/helpings")
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  public Response begin(
      @PathParam("campaign") String campaign,
      @Nullable Entered body,
      @Context HttpHeaders headers,
      @Context HttpServerRequest request) {
    String digits = digits(body);
    if (digits == null) {
      return ProblemResponses.of(
          CommonProblems.malformed("code", new LocalText("숫자 10자리입니다.", "ten digits.")), headers);
    }
    return answer(
        callers.ownChanging(headers),
        campaign,
        headers,
        (session, found) ->
            switch (helpings.begin(session, digits, address(request))) {
              case HelpingResult.Begun(Helping helping) ->
                  Response.status(Response.Status.CREATED)
                      .header(HttpHeaders.CACHE_CONTROL, "no-store")
                      .entity(shown(helping, found))
                      .build();
              case HelpingResult.Forbidden _ ->
                  ProblemResponses.of(HelpingProblems.FORBIDDEN, headers);
              case HelpingResult.TooManyTries(long seconds) ->
                  ProblemResponses.of(HelpingProblems.tooManyTries(seconds), headers);
              case HelpingResult.WrongCode _ ->
                  ProblemResponses.of(HelpingProblems.WRONG_CODE, headers);
              case HelpingResult.Self _ -> ProblemResponses.of(HelpingProblems.SELF, headers);
              case HelpingResult.StaffOnly _ ->
                  ProblemResponses.of(HelpingProblems.STAFF_ONLY, headers);
              case HelpingResult.TooManyPeople(int most) ->
                  ProblemResponses.of(HelpingProblems.tooManyPeople(most), headers);
            });
  }

  /// @return null when they are not ten digits
  private static @Nullable String digits(@Nullable Entered body) {
    String code = body == null ? null : body.code();
    if (code == null || code.length() > LONGEST_CODE) {
      return null;
    }
    String digits = code.replaceAll("[\\s-]", "");
    return CODE.matcher(digits).matches() ? digits : null;
  }

  private @Nullable Long address(HttpServerRequest request) {
    return ClientAddress.key(
        ClientAddress.of(
            request.remoteAddress().hostAddress(),
            request.getHeader("X-Forwarded-For"),
            limits.trustedProxies()));
  }

  /// For whom the caller acts: what got lost on the way is found here again.
  @GET
  @Path("/helpings")
  @RunOnVirtualThread
  public Response list(@PathParam("campaign") String campaign, @Context HttpHeaders headers) {
    return answer(
        callers.ownReading(headers),
        campaign,
        headers,
        (session, found) ->
            ok(
                new HelpingList(
                    helpings.ofHelper(campaign, session.person()).stream()
                        .map(helping -> shown(helping, found))
                        .toList(),
                    now(found))));
  }

  private HelpingView shown(Helping helping, Campaign campaign) {
    return new HelpingView(
        helping.id(),
        papers.issue(helpings.paper(helping)),
        new Person(people.maskedName(helping.person()).orElse("")),
        time(helping.until(), campaign));
  }

  /// The caller no longer acts for somebody. Again is the same, and so is one that is not theirs.
  @DELETE
  @Path("/helpings/{id}")
  @RunOnVirtualThread
  public Response end(
      @PathParam("campaign") String campaign,
      @PathParam("id") UUID id,
      @Context HttpHeaders headers) {
    return answer(
        callers.ownChanging(headers),
        campaign,
        headers,
        (session, _) -> {
          helpings.endOne(id, session.person());
          return Response.noContent().build();
        });
  }

  /// Answers somebody whose own session is for the campaign.
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

  private static Response ok(Object body) {
    return Response.ok(body).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  private OffsetDateTime now(Campaign campaign) {
    return clock.instant().atZone(campaign.zone()).toOffsetDateTime();
  }

  private static OffsetDateTime time(Instant instant, Campaign campaign) {
    return instant.truncatedTo(ChronoUnit.SECONDS).atZone(campaign.zone()).toOffsetDateTime();
  }
}
