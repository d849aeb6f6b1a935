package dev.naru.app.web;

import dev.naru.common.web.Gzip;
import dev.naru.waitingroom.WaitingRoom;
import dev.naru.waitingroom.line.StatusPage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// The fast lane of the one call that everybody who waits repeats: `GET …/line`, before all other
/// handlers and without REST. What has no page goes on to [dev.naru.waitingroom.web.LineResource].
@Singleton
public class StatusRoute {
  /// The framework's own first handlers have the least number.
  static final int ORDER = Integer.MIN_VALUE;

  private static final String PREFIX = "/api/v1/campaigns/";
  private static final String SUFFIX = "/line";
  private static final CharSequence CACHED = HttpHeaders.createOptimized("public, max-age=1");
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");
  private static final CharSequence VARY = HttpHeaders.createOptimized("accept-encoding");
  private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence CONTENT_TYPE_OPTIONS =
      HttpHeaders.createOptimized("x-content-type-options");
  private static final int NOT_MODIFIED = 304;

  private final WaitingRoom room;

  @Inject
  public StatusRoute(WaitingRoom room) {
    this.room = room;
  }

  void register(@Observes Router router) {
    router.route().order(ORDER).handler(this::answer);
  }

  private void answer(RoutingContext context) {
    HttpServerRequest request = context.request();
    String path = request.path();
    StatusPage page =
        HttpMethod.GET.equals(request.method())
                && path != null
                && path.startsWith(PREFIX)
                && path.endsWith(SUFFIX)
                && path.length() > PREFIX.length() + SUFFIX.length()
            ? room.statuses().of(path.substring(PREFIX.length(), path.length() - SUFFIX.length()))
            : null;
    if (page == null) {
      context.next();
    } else {
      send(page, request, context.response());
    }
  }

  private static void send(
      StatusPage page, HttpServerRequest request, HttpServerResponse response) {
    response
        .putHeader(HttpHeaders.CACHE_CONTROL, CACHED)
        .putHeader(HttpHeaders.ETAG, page.etag())
        .putHeader(HttpHeaders.VARY, VARY);
    if (page.isKnown(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(NOT_MODIFIED).end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, JSON).putHeader(CONTENT_TYPE_OPTIONS, NO_SNIFF);
    if (Gzip.isTaken(request.getHeader(HttpHeaders.ACCEPT_ENCODING))) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, GZIP).end(Buffer.buffer(page.gzip()));
    } else {
      response.end(Buffer.buffer(page.plain()));
    }
  }
}
