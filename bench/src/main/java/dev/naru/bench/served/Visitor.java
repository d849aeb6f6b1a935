package dev.naru.bench.served;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;

/// One person who has verified, joined and been called, and so may search.
///
/// @param headers that a request of theirs needs
public record Visitor(Map<String, String> headers) {
  /// Goes through the journey up to the pass.
  public static Visitor admitted(URI server) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return new Steps(server, http).admitted();
    }
  }

  private static final class Steps {
    private static final int TRIES = 200;

    private final URI server;
    private final HttpClient http;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> headers = new HashMap<>();

    Steps(URI server, HttpClient http) {
      this.server = server;
      this.http = http;
    }

    Visitor admitted() throws IOException, InterruptedException {
      String campaign = "/api/v1/campaigns/" + BenchCampaign.ID;
      JsonNode check = must("/api/v1/identity/quick/start", Map.of("campaign", BenchCampaign.ID));
      JsonNode verified =
          must(
              "/api/v1/identity/quick/complete",
              Map.of(
                  "request", check.path("request").asText(),
                  "name", "홍길동",
                  "birthDate", "1980-01-01",
                  "phone", "010-0000-0000",
                  "ci", "A".repeat(86) + "=="));
      headers.put("Authorization", "Bearer " + verified.path("session").asText());
      JsonNode joined = must(campaign + "/line", Map.of());
      for (int i = 0; i < TRIES; i++) {
        HttpResponse<String> answer =
            post(campaign + "/admission", Map.of("ticket", joined.path("ticket").asText()));
        if (answer.statusCode() == 200) {
          headers.put("X-Naru-Pass", json.readTree(answer.body()).path("pass").asText());
          headers.remove("Cookie");
          return new Visitor(Map.copyOf(headers));
        }
        Thread.sleep(100);
      }
      throw new IllegalStateException("nobody was called");
    }

    private JsonNode must(String path, Map<String, String> body)
        throws IOException, InterruptedException {
      HttpResponse<String> answer = post(path, body);
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
      }
      answer.headers().allValues("Set-Cookie").stream()
          .filter(cookie -> cookie.startsWith("naru_device="))
          .forEach(cookie -> headers.put("Cookie", cookie.split(";", 2)[0]));
      return json.readTree(answer.body());
    }

    private HttpResponse<String> post(String path, Map<String, String> body)
        throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(server.resolve(path))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(json.writeValueAsString(body)));
      headers.forEach(request::header);
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }
}
