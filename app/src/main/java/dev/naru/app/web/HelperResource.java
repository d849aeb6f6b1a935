package dev.naru.app.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.booking.campaign.Campaign;
import dev.naru.common.web.ProblemResponses;
import dev.naru.identity.helping.Helping;
import dev.naru.identity.helping.HelpingCode;
import dev.naru.identity.helping.Helpings;
import dev.naru.identity.person.People;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
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
import org.jspecify.annotations.Nullable;

/// Letting somebody act for oneself. These calls pay no attention to `X-Naru-Helping`, so nobody
/// can hand on what was given to them.
@Path("/api/v1/campaigns/{campaign}/helper")
@Produces(MediaType.APPLICATION_JSON)
public class HelperResource {
  private final OwnCalls calls;
  private final Helpings helpings;
  private final People people;
  private final InstantSource clock;

  @Inject
  public HelperResource(OwnCalls calls, Helpings helpings, People people, InstantSource clock) {
    this.calls = calls;
    this.helpings = helpings;
    this.people = people;
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

  /// Makes the code that the caller gives to a helper; an earlier one stops being good.
  @POST
  @Path("/code")
  @RunOnVirtualThread
  public Response code(@PathParam("campaign") String campaign, @Context HttpHeaders headers) {
    return calls.changing(
        campaign,
        headers,
        (session, found) -> {
          HelpingCode code = helpings.makeCode(session);
          return code == null
              ? ProblemResponses.of(HelpingProblems.FORBIDDEN, headers)
              : OwnCalls.ok(
                  new Code(
                      code.digits(),
                      OwnCalls.time(code.expires(), found),
                      OwnCalls.time(clock.instant(), found)));
        });
  }

  /// Who acts for the caller.
  @GET
  @RunOnVirtualThread
  public Response helper(@PathParam("campaign") String campaign, @Context HttpHeaders headers) {
    return calls.reading(
        campaign,
        headers,
        (session, found) -> {
          Helpings.Standing standing = helpings.of(campaign, session.person());
          Helping helping = standing.helping();
          Instant expires = standing.codeExpires();
          return OwnCalls.ok(
              new Helped(
                  helping == null ? null : view(helping, found),
                  expires == null ? null : OwnCalls.time(expires, found),
                  OwnCalls.time(clock.instant(), found)));
        });
  }

  private Helper view(Helping helping, Campaign campaign) {
    return new Helper(
        people.maskedName(helping.helper()).orElse(""),
        helping.staff(),
        OwnCalls.time(helping.began(), campaign),
        OwnCalls.time(helping.until(), campaign));
  }

  /// Nobody acts for the caller from now on, and an open code is void. Again is the same.
  @DELETE
  @RunOnVirtualThread
  public Response revoke(@PathParam("campaign") String campaign, @Context HttpHeaders headers) {
    return calls.changing(
        campaign,
        headers,
        (session, _) -> {
          helpings.endOf(campaign, session.person());
          return Response.noContent().build();
        });
  }
}
