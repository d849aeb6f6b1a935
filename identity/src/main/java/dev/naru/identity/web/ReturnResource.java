package dev.naru.identity.web;

import dev.naru.common.web.ProblemResponses;
import dev.naru.identity.light.ProviderBoard;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where a provider's page sends the browser back to, by address or by form. It decides nothing: it
/// hands what came to our page, behind the `#`, where no log sees it; the page finishes the check
/// like any other, with the device's cookie.
@Path("/api/v1/identity/{provider}/return")
public class ReturnResource {
  /// What providers answer with; they may add what they like, and that is left out.
  private static final List<String> PASSED_ON =
      List.of("code", "state", "iss", "error", "token_version_id", "enc_data", "integrity_value");

  private final ProviderBoard providers;

  @Inject
  public ReturnResource(ProviderBoard providers) {
    this.providers = providers;
  }

  @GET
  @NonBlocking
  public Response byAddress(
      @PathParam("provider") String provider,
      @Context UriInfo address,
      @Context HttpHeaders headers) {
    return passedOn(provider, address.getQueryParameters(), headers);
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @NonBlocking
  public Response byForm(
      @PathParam("provider") String provider,
      MultivaluedMap<String, String> form,
      @Context HttpHeaders headers) {
    return passedOn(provider, form, headers);
  }

  private Response passedOn(
      String provider, MultivaluedMap<String, String> came, HttpHeaders headers) {
    if (providers.find(provider) == null) {
      return ProblemResponses.of(IdentityProblems.PROVIDER_UNKNOWN, headers);
    }
    String fields =
        Stream.concat(
                Stream.of("provider=" + provider),
                PASSED_ON.stream()
                    .filter(came::containsKey)
                    .map(name -> name + "=" + encoded(came.getFirst(name))))
            .collect(Collectors.joining("&"));
    return Response.status(Response.Status.SEE_OTHER)
        .header(HttpHeaders.LOCATION, "/return.html#" + fields)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
