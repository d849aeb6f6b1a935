package dev.naru.booking.citizen;

import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.site.Regions;
import dev.naru.booking.site.RegionsView;
import dev.naru.common.text.Language;
import dev.naru.common.web.CommonProblems;
import dev.naru.common.web.ProblemResponses;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
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
import java.time.ZoneOffset;
import java.util.List;

/// What campaigns there are, and where.
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
public class CampaignResource {
  private final Campaigns campaigns;
  private final Commitments commitments;
  private final Regions regions;
  private final InstantSource clock;

  @Inject
  public CampaignResource(
      Campaigns campaigns, Commitments commitments, Regions regions, InstantSource clock) {
    this.campaigns = campaigns;
    this.commitments = commitments;
    this.regions = regions;
    this.clock = clock;
  }

  private record CampaignList(List<CampaignView.Entry> campaigns, OffsetDateTime serverTime) {}

  private record RegionList(List<Province> provinces) {}

  private record Province(String code, String name, List<District> districts) {}

  private record District(String code, String name, double lat, double lng) {}

  /// All campaigns.
  @GET
  @Path("campaigns")
  public Response all(@Context HttpHeaders headers) {
    Language language = language(headers);
    Instant now = clock.instant();
    return cached(
        5,
        new CampaignList(
            campaigns.all().stream()
                .map(stored -> CampaignView.entry(stored.campaign(), language, now))
                .toList(),
            now.atOffset(ZoneOffset.UTC)));
  }

  /// One campaign.
  @GET
  @Path("campaigns/{campaign}")
  public Response one(@PathParam("campaign") String id, @Context HttpHeaders headers) {
    return campaigns
        .byId(id)
        .map(
            stored ->
                cached(
                    5,
                    CampaignView.of(
                        stored.campaign(), commitments, language(headers), clock.instant())))
        .orElseGet(() -> ProblemResponses.of(CommonProblems.CAMPAIGN_UNKNOWN, headers));
  }

  /// Provinces and their districts.
  @GET
  @Path("regions")
  public Response regions(@Context HttpHeaders headers) {
    Language language = language(headers);
    return cached(
        3600,
        new RegionList(
            regions.view().provinces().stream()
                .map(
                    province ->
                        new Province(
                            province.code(),
                            province.name().in(language),
                            province.districts().stream().map(d -> district(d, language)).toList()))
                .toList()));
  }

  private static District district(RegionsView.DistrictView district, Language language) {
    return new District(
        district.code(), district.name().in(language), district.lat(), district.lng());
  }

  private static Language language(HttpHeaders headers) {
    return Language.preferred(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
  }

  private static Response cached(int seconds, Object body) {
    return Response.ok(body)
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=" + seconds)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
        .build();
  }
}
