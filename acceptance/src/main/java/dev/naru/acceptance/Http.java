package dev.naru.acceptance;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Sends requests to a server, with no cookies but those that are given.
record Http(URI server) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  /// Longer than the server waits for its database.
  private static final Duration LIMIT = Duration.ofSeconds(30);

  Answer get(String path, Map<String, String> headers) {
    return send(request("GET", path, null, headers));
  }

  Answer get(String path) {
    return get(path, Map.of());
  }

  /// @param body turned into JSON
  Answer send(String method, String path, Object body, Map<String, String> headers) {
    return send(request(method, path, json(body), headers));
  }

  /// @param body sent as it is
  Answer sendRaw(String method, String path, byte[] body, Map<String, String> headers) {
    return send(request(method, path, body, headers));
  }

  /// A kept-alive connection may be closed at the moment at which it is used again. Every call of
  /// the API may be repeated, so it is sent once more, as the client does by itself for GET.
  private static Answer send(HttpRequest request) {
    try {
      return sendOnce(request);
    } catch (IOException first) {
      try {
        return sendOnce(request);
      } catch (IOException again) {
        throw new UncheckedIOException(request + " was not answered", again);
      }
    }
  }

  private static Answer sendOnce(HttpRequest request) throws IOException {
    try {
      return Answer.of(CLIENT.send(request, BodyHandlers.ofString()));
    } catch (InterruptedException e) {
      throw NaruProcess.interrupted(e);
    }
  }

  /// Sends without waiting.
  CompletableFuture<Answer> sendAsync(
      String method, String path, Object body, Map<String, String> headers) {
    return CLIENT
        .sendAsync(request(method, path, json(body), headers), BodyHandlers.ofString())
        .thenApply(Answer::of);
  }

  private HttpRequest request(
      String method, String path, byte @Nullable [] body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(LIMIT)
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    request.setHeader("Accept-Language", "en");
    headers.forEach(request::setHeader);
    return request.build();
  }

  private static byte[] json(Object body) {
    try {
      return Answer.JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
