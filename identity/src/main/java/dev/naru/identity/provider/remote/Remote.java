package dev.naru.identity.provider.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.naru.identity.provider.ProviderTrouble;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Calls to other people's servers: https only (http to this machine for trying), no redirects
/// followed, answers of limited size and time. Blocks.
public final class Remote {
  /// A check has ten seconds altogether and may need two or three calls.
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

  /// From connecting to the last byte of the answer.
  private static final Duration CALL_LIMIT = Duration.ofSeconds(4);

  /// Key sets and metadata take up to 20 KB; this leaves room and bounds memory.
  private static final long LONGEST = 512 * 1024;

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_LIMIT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /// An answer of any status.
  ///
  /// @param type of the content, as the other side says
  public record Reply(int status, String type, String body) {
    /// Whether the other side does not take us for somebody who may ask.
    public boolean isRefusal() {
      return status == 401 || status == 403;
    }

    /// The body of an answer that went well.
    ///
    /// @throws ProviderTrouble when it did not, or is no JSON object
    public JsonNode json() throws ProviderTrouble {
      if (status != 200) {
        throw new ProviderTrouble("answered with status " + status);
      }
      return object();
    }

    /// The body, whatever the status.
    ///
    /// @throws ProviderTrouble when it is no JSON object
    public JsonNode object() throws ProviderTrouble {
      try {
        JsonNode json = JSON.readTree(body);
        if (json != null && json.isObject()) {
          return json;
        }
      } catch (JsonProcessingException e) {
        // Told below; the cause would quote the answer.
      }
      throw new ProviderTrouble("answered with something that is no JSON object");
    }
  }

  /// Whether we may talk to an address at all.
  public static boolean isSafe(URI address) {
    String host = address.getHost();
    boolean isHere = LOOPBACK.contains(String.valueOf(host));
    String scheme = address.getScheme();
    return host != null
        && address.getUserInfo() == null
        && address.getFragment() == null
        && ("https".equals(scheme) || (isHere && "http".equals(scheme)));
  }

  public Reply get(URI address, Map<String, String> headers) throws IOException {
    return send(HttpRequest.newBuilder(address).GET(), headers);
  }

  /// @param type of the body, such as `application/json`
  public Reply post(URI address, Map<String, String> headers, String type, String body)
      throws IOException {
    return send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body)),
        headers);
  }

  /// Sends a JSON object.
  public Reply post(URI address, Map<String, String> headers, JsonNode body) throws IOException {
    return post(address, headers, "application/json; charset=utf-8", body.toString());
  }

  private Reply send(HttpRequest.Builder request, Map<String, String> headers) throws IOException {
    headers.forEach(request::header);
    HttpRequest ready = request.header("Accept", "application/json").build();
    if (!isSafe(ready.uri())) {
      throw new ProviderTrouble("names an address that is not https");
    }
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(ready, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST));
    try {
      // The client's own time limit ends with the headers.
      HttpResponse<byte[]> response = exchange.get(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          new String(response.body(), StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderTrouble("was interrupted", e);
    } catch (TimeoutException e) {
      throw new ProviderTrouble(ready.uri().getHost() + " took too long", e);
    } catch (ExecutionException e) {
      String why = String.valueOf(e.getCause()).split(":", 2)[0];
      throw new ProviderTrouble(ready.uri().getHost() + " cannot be reached: " + why, e);
    } finally {
      // Closes the connection of an answer that is not over.
      exchange.cancel(true);
    }
  }
}
