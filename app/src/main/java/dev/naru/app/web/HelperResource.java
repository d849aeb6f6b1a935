package dev.naru.app.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.common.web.Callers;
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
  private final Callers callers;
  private final Campaigns campaigns;
  private final Helpings helpings;
  private final People people;
  private final InstantSource clock;

  @Inject
  public HelperResource(
      Callers callers, Campaigns campaigns, Helpings helpings, People people, InstantSource clock) {
    this.callers = callers;
    this.campaigns = campaigns;
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
    return OwnCall.answer(
        callers.ownChanging(headers),
        campaigns,
        campaign,
        headers,
        (session, found) -> {
          HelpingCode code = helpings.makeCode(session);
          return code == null
              ? ProblemResponses.of(HelpingProblems.FORBIDDEN, headers)
              : OwnCall.ok(
                  new Code(
                      code.digits(),
                      OwnCall.time(code.expires(), found),
                      OwnCall.time(clock.instant(), found)));
        });
  }

  /// Who acts for the caller.
  @GET
  @RunOnVirtualThread
  public Response helper(@PathParam("campaign") String campaign, @Context HttpHeaders headers) {
    return OwnCall.answer(
        callers.ownReading(headers),
        campaigns,
        campaign,
        headers,
        (session, found) -> {
          Helpings.Standing standing = helpings.of(campaign, session.person());
          Helping helping = standing.helping();
          Instant expires = standing.codeExpires();
          return OwnCall.ok(
              new Helped(
                  helping == null ? null : view(helping, found),
                  expires == null ? null : OwnCall.time(expires, found),
                  OwnCall.time(clock.instant(), found)));
        });
  }

  private Helper view(Helping helping, Campaign campaign) {
    return new Helper(
        people.maskedName(helping.helper()).orElse(""),
        helping.staff(),
        OwnCall.time(helping.began(), campaign),
        OwnCall.time(helping.until(), campaign));
  }

  /// Nobody acts for the caller from now on, and an open code is void. Again is the same.
  @DELETE
  @RunOnVirtualThread
  public Response revoke(@PathParam("campaign") String campaign, @Context HttpHeaders headers) {
    return OwnCall.answer(
        callers.ownChanging(headers),
        campaigns,
        campaign,
        headers,
        (session, _) -> {
          helpings.endOf(campaign, session.person());
          return Response.noContent().build();
        });
  }
}
