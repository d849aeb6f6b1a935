package dev.naru.booking.citizen;

import dev.naru.booking.appointment.Appointments;
import dev.naru.booking.appointment.Gate;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.search.Search;
import dev.naru.booking.search.Sites;
import dev.naru.booking.site.Point;
import dev.naru.booking.supply.Share;
import dev.naru.common.problem.Problem;
import dev.naru.common.text.LocalText;
import dev.naru.common.web.Caller;
import dev.naru.common.web.Callers;
import dev.naru.common.web.CommonProblems;
import dev.naru.common.web.Gzip;
import dev.naru.common.web.ProblemResponses;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where something is free, for those who were admitted.
@Path("/api/v1/campaigns/{campaign}/sites")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
public class SiteResource {
  private static final LocalText DATE =
      new LocalText("2021-08-26처럼 적은 날짜여야 합니다.", "must be a date such as 2021-08-26.");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern POINT =
      Pattern.compile("-?[0-9]{1,2}(\\.[0-9]{1,10})?,-?[0-9]{1,3}(\\.[0-9]{1,10})?");

  private final Callers callers;
  private final Campaigns campaigns;
  private final Appointments appointments;
  private final Search search;
  private final Sites sites;
  private final SitePages pages;
  private final InstantSource clock;

  @Inject
  public SiteResource(
      Callers callers,
      Campaigns campaigns,
      Appointments appointments,
      Search search,
      Sites sites,
      SitePages pages,
      InstantSource clock) {
    this.callers = callers;
    this.campaigns = campaigns;
    this.appointments = appointments;
    this.search = search;
    this.sites = sites;
    this.pages = pages;
    this.clock = clock;
  }

  /// The sites with something free, nearest or earliest first.
  @GET
  public CompletionStage<Response> sites(
      @PathParam("campaign") String campaignId,
      @BeanParam SiteParams params,
      @HeaderParam("X-Naru-Pass") @Nullable String pass,
      @Context HttpHeaders headers) {
    return admitted(
        campaignId,
        pass,
        headers,
        (campaign, share) ->
            switch (params.query(campaign.campaign())) {
              case SiteParams.Reading.Wrong(Problem problem) ->
                  ProblemResponses.of(problem, headers);
              case SiteParams.Reading.Read(Search.Query query) ->
                  packed(pages.json(search.sites(campaign, query, share)), headers);
            });
  }

  /// The slots of a site on a day.
  @GET
  @Path("{site}/slots")
  public CompletionStage<Response> slots(
      @PathParam("campaign") String campaignId,
      @PathParam("site") String siteId,
      @QueryParam("date") @Nullable String date,
      @HeaderParam("X-Naru-Pass") @Nullable String pass,
      @Context HttpHeaders headers) {
    return admitted(
        campaignId,
        pass,
        headers,
        (campaign, share) -> {
          Optional<LocalDate> day = date(date);
          if (day.isEmpty()) {
            return ProblemResponses.of(CommonProblems.malformed("date", DATE), headers);
          }
          OptionalInt site = number(siteId);
          if (site.isEmpty() || sites.byId(site.getAsInt()).isEmpty()) {
            return ProblemResponses.of(SiteViews.SITE_UNKNOWN, headers);
          }
          return fresh(
              SlotPage.json(
                  campaign.campaign(), search.slots(campaign, site.getAsInt(), day.get(), share)));
        });
  }

  private CompletionStage<Response> admitted(
      String campaignId,
      @Nullable String pass,
      HttpHeaders headers,
      BiFunction<StoredCampaign, Share, Response> answer) {
    return callers
        .reading(headers)
        .thenApply(caller -> admitted(caller, campaignId, pass, headers, answer));
  }

  private Response admitted(
      Caller caller,
      String campaignId,
      @Nullable String pass,
      HttpHeaders headers,
      BiFunction<StoredCampaign, Share, Response> answer) {
    return switch (caller) {
      case Caller.Unknown(Problem problem) -> ProblemResponses.of(problem, headers);
      case Caller.Known(var session) -> {
        Optional<StoredCampaign> campaign = campaigns.byId(campaignId);
        if (campaign.isEmpty()) {
          yield ProblemResponses.of(CommonProblems.CAMPAIGN_UNKNOWN, headers);
        }
        yield switch (appointments.gate(session, campaign.get(), pass)) {
          case Gate.Shut(var refusal) ->
              ProblemResponses.of(
                  RefusalProblems.of(refusal, campaign.get().campaign(), clock.instant()), headers);
          case Gate.Open(Share share, var _) -> answer.apply(campaign.get(), share);
        };
      }
    };
  }

  private static Response packed(byte[] json, HttpHeaders headers) {
    return Gzip.isTaken(headers.getHeaderString(HttpHeaders.ACCEPT_ENCODING))
        ? Response.fromResponse(fresh(Gzip.pack(json)))
            .header(HttpHeaders.CONTENT_ENCODING, "gzip")
            .build()
        : fresh(json);
  }

  private static Response fresh(Object body) {
    return Response.ok(body).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  static Optional<LocalDate> date(@Nullable String text) {
    if (text == null || text.length() != 10) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  static OptionalInt number(String text) {
    return NUMBER.matcher(text).matches()
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  static Optional<Point> point(String text) {
    if (!POINT.matcher(text).matches()) {
      return Optional.empty();
    }
    int comma = text.indexOf(',');
    Point point =
        new Point(
            Double.parseDouble(text.substring(0, comma)),
            Double.parseDouble(text.substring(comma + 1)));
    return Math.abs(point.lat()) <= 90 && Math.abs(point.lng()) <= 180
        ? Optional.of(point)
        : Optional.empty();
  }
}
