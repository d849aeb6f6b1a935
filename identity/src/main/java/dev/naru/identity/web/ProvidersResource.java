package dev.naru.identity.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.common.text.Language;
import dev.naru.identity.light.ProviderBoard;
import dev.naru.identity.light.ProviderStatus;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The providers with their traffic lights, the one to take first.
@Path("/api/v1/providers")
@Produces(MediaType.APPLICATION_JSON)
public class ProvidersResource {
  /// All of them.
  public record ProvidersView(List<ProviderView> providers) {}

  /// One provider.
  ///
  /// @param light smooth, delayed, congested or unavailable
  /// @param medianSeconds as last measured; null before the first check
  /// @param kind redirect, poll or form
  /// @param byTelephone whether a caller can answer it while a member of staff has the page
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record ProviderView(
      String id,
      String name,
      String light,
      @Nullable Double medianSeconds,
      String kind,
      boolean byTelephone) {}

  private final ProviderBoard providers;

  @Inject
  public ProvidersResource(ProviderBoard providers) {
    this.providers = providers;
  }

  @GET
  @NonBlocking
  public Response list(@Context HttpHeaders headers) {
    Language language = Language.preferred(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
    return Response.ok(view(providers.byPreference(), language))
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=2")
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
        .build();
  }

  static ProvidersView view(List<ProviderStatus> providers, Language language) {
    return new ProvidersView(
        providers.stream()
            .map(
                status ->
                    new ProviderView(
                        status.id(),
                        status.name().in(language),
                        status.light().code(),
                        seconds(status.median()),
                        status.next().code(),
                        status.byTelephone()))
            .toList());
  }

  /// To a tenth: more would pretend.
  private static @Nullable Double seconds(@Nullable Duration median) {
    return median == null ? null : Math.round(median.toMillis() / 100.0) / 10.0;
  }
}
