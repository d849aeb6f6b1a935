package dev.naru.app.web;

import dev.naru.app.RateLimits;
import dev.naru.booking.campaign.Campaign;
import dev.naru.common.paper.Papers;
import dev.naru.common.text.LocalText;
import dev.naru.common.web.CommonProblems;
import dev.naru.common.web.ProblemResponses;
import dev.naru.identity.helping.Helping;
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
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Acting for others. A helper sends what they get here as `X-Naru-Helping` beside their own
/// session; these calls pay no attention to it.
@Path("/api/v1/campaigns/{campaign}/helpings")
@Produces(MediaType.APPLICATION_JSON)
public class HelpingResource {
  private static final Pattern CODE = Pattern.compile("\\d{10}");
  private static final int LONGEST_CODE = 40;

  private final OwnCalls calls;
  private final Helpings helpings;
  private final People people;
  private final Papers papers;
  private final RateLimits limits;
  private final InstantSource clock;

  @Inject
  public HelpingResource(
      OwnCalls calls,
      Helpings helpings,
      People people,
      Papers papers,
      RateLimits limits,
      InstantSource clock) {
    this.calls = calls;
    this.helpings = helpings;
    this.people = people;
    this.papers = papers;
    this.limits = limits;
    this.clock = clock;
  }

  /// @param helping to be sent as `X-Naru-Helping`
  record HelpingView(UUID id, String helping, Person person, OffsetDateTime until) {}

  record Person(String maskedName) {}

  record HelpingList(List<HelpingView> helpings, OffsetDateTime serverTime) {}

  /// @param code as the person reads it out; spaces and hyphens do not matter
  public record Entered(@Nullable String code) {}

  /// Begins to act for the person whose code it is.
  @POST
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
    return calls.changing(
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
  @RunOnVirtualThread
  public Response list(@PathParam("campaign") String campaign, @Context HttpHeaders headers) {
    return calls.reading(
        campaign,
        headers,
        (session, found) ->
            OwnCalls.ok(
                new HelpingList(
                    helpings.ofHelper(campaign, session.person()).stream()
                        .map(helping -> shown(helping, found))
                        .toList(),
                    OwnCalls.time(clock.instant(), found))));
  }

  private HelpingView shown(Helping helping, Campaign campaign) {
    return new HelpingView(
        helping.id(),
        papers.issue(helpings.paper(helping)),
        new Person(people.maskedName(helping.person()).orElse("")),
        OwnCalls.time(helping.until(), campaign));
  }

  /// The caller no longer acts for somebody. Again is the same, and so is one that is not theirs.
  @DELETE
  @Path("/{id}")
  @RunOnVirtualThread
  public Response end(
      @PathParam("campaign") String campaign,
      @PathParam("id") UUID id,
      @Context HttpHeaders headers) {
    return calls.changing(
        campaign,
        headers,
        (session, _) -> {
          helpings.endOne(id, session.person());
          return Response.noContent().build();
        });
  }
}
