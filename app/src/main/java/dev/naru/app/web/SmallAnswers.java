package dev.naru.app.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Sends small answers as they are: they fit into one packet anyway, and compressing them costs
/// more than all else that is done for them (docs/performance.md).
@Singleton
public class SmallAnswers {
  /// What one packet carries.
  private static final int SMALL = 1_400;

  void register(@Observes Router router) {
    router
        .route()
        .order(StatusRoute.ORDER + 1)
        .handler(
            context -> {
              context.addHeadersEndHandler(_ -> leave(context.response()));
              context.next();
            });
  }

  private static void leave(HttpServerResponse response) {
    String length = response.headers().get(HttpHeaders.CONTENT_LENGTH);
    if (length != null
        && Long.parseLong(length) <= SMALL
        && !response.headers().contains(HttpHeaders.CONTENT_ENCODING)) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
    }
  }
}
