package dev.naru.bench.search;

import dev.naru.bench.served.BenchCampaign;
import dev.naru.bench.served.Visitor;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// Searches over kept-alive connections, all of one admitted person. Beside them the line's status,
/// for which nothing is searched: what no search can be quicker than on the same machine.
final class HttpSearches implements AutoCloseable {
  private static final int CONNECTIONS = 32;
  private static final int LIMIT_SECONDS = 30;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context loop = vertx.getOrCreateContext();
  private final HttpClient client;
  private final Visitor visitor;

  HttpSearches(URI server, Visitor visitor) {
    this.visitor = visitor;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setDefaultHost(server.getHost())
                .setDefaultPort(server.getPort())
                .setMaxPoolSize(CONNECTIONS));
  }

  /// @return the length of the answer
  CompletionStage<Integer> search(String district, LocalDate from) {
    return get("/sites?region=%s&from=%s&to=%s".formatted(district, from, from.plusDays(6)));
  }

  /// @return the length of the answer
  CompletionStage<Integer> status() {
    return get("/line");
  }

  private CompletionStage<Integer> get(String what) {
    String path = "/api/v1/campaigns/" + BenchCampaign.ID + what;
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    loop.runOnContext(
        _ ->
            client
                .request(HttpMethod.GET, path)
                .compose(
                    request -> {
                      visitor.headers().forEach(request::putHeader);
                      return request.send();
                    })
                .compose(response -> response.body().map(body -> length(response, body)))
                .onSuccess(answer::complete)
                .onFailure(answer::completeExceptionally));
    return answer.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private static int length(HttpClientResponse response, Buffer body) {
    if (response.statusCode() != 200) {
      throw new IllegalStateException(response.statusCode() + " " + body);
    }
    return body.length();
  }

  @Override
  public void close() {
    client.close();
    vertx.close();
  }
}
