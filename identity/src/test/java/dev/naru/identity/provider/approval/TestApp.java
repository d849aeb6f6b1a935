package dev.naru.identity.provider.approval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// The server of an app in which people approve, strict about what it is asked.
public final class TestApp implements AutoCloseable {
  public static final String CLIENT = "naru-client";
  public static final String SECRET = "naru-client-secret";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> REQUEST =
      Set.of("clientId", "name", "birthDate", "phone", "message", "nonce", "expiresAt");

  private final HttpServer server;
  private final Map<String, JsonNode> requests = new ConcurrentHashMap<>();
  private final Map<String, String> states = new ConcurrentHashMap<>();
  private final Set<String> tokens = ConcurrentHashMap.newKeySet();
  private volatile ECKey key = newKey();
  final AtomicInteger tokenCalls = new AtomicInteger();
  volatile ECKey signsWith = key;
  volatile UnaryOperator<JWTClaimsSet.Builder> claims = UnaryOperator.identity();
  volatile int status = 200;

  /// The status of answers to tokens that are not good.
  volatile int refusal = 401;

  /// Whether the tokens it gives are good for nothing.
  volatile boolean givesDeadTokens;

  /// Whether people approve as soon as they are asked.
  public volatile boolean approvesAtOnce;

  public TestApp() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/token", at -> answer(at, status, token(at)));
    server.createContext("/request", this::request);
    server.createContext("/result", this::result);
    server.createContext("/keys", at -> answer(at, 200, new JWKSet(key.toPublicJWK()).toString()));
    server.start();
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Signs with a key that the key set does not have.
  void signLikeAStranger() {
    signsWith = newKey();
  }

  void rotateKeys() {
    key = newKey();
    signsWith = key;
  }

  /// No token that was given is good any more, whatever was said of its time.
  void withdrawTokens() {
    tokens.clear();
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String authorization(HttpExchange exchange) {
    String value = exchange.getRequestHeaders().getFirst("Authorization");
    return value == null ? "" : value;
  }

  private String token(HttpExchange exchange) throws IOException {
    tokenCalls.incrementAndGet();
    String basic =
        Base64.getEncoder()
            .encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
    if (!authorization(exchange).equals("Basic " + basic)
        || !body(exchange).equals("grant_type=client_credentials")) {
      return "{\"error\":\"invalid_client\"}";
    }
    String token = UUID.randomUUID().toString();
    if (!givesDeadTokens) {
      tokens.add(token);
    }
    return "{\"access_token\":\"%s\",\"expires_in\":600}".formatted(token);
  }

  private boolean isKnown(HttpExchange exchange) {
    return tokens.contains(authorization(exchange).replaceFirst("^Bearer ", ""));
  }

  private void request(HttpExchange exchange) throws IOException {
    JsonNode asked = JSON.readTree(body(exchange));
    boolean isWhole =
        asked.properties().stream().map(Map.Entry::getKey).allMatch(REQUEST::contains)
            && asked.size() == REQUEST.size()
            && asked.path("clientId").asText().equals(CLIENT)
            && asked.path("birthDate").asText().matches("\\d{4}-\\d{2}-\\d{2}")
            && asked.path("phone").asText().matches("\\d{8,20}")
            && asked.path("nonce").asText().length() == 43;
    if (!isKnown(exchange)) {
      answer(exchange, refusal, "{}");
    } else if (!isWhole) {
      answer(exchange, 400, "{}");
    } else if (asked.path("name").asText().equals("없는사람")) {
      answer(exchange, 404, "{\"error\":\"unknown\"}");
    } else {
      String transaction = UUID.randomUUID().toString();
      requests.put(transaction, asked);
      states.put(transaction, approvesAtOnce ? "approved" : "pending");
      answer(exchange, status, "{\"transaction\":\"%s\"}".formatted(transaction));
    }
  }

  private void result(HttpExchange exchange) throws IOException {
    JsonNode asked = JSON.readTree(body(exchange));
    String transaction = asked.path("transaction").asText();
    if (!isKnown(exchange) || !asked.path("clientId").asText().equals(CLIENT)) {
      answer(exchange, refusal, "{}");
      return;
    }
    String state = states.getOrDefault(transaction, "expired");
    JsonNode request = requests.get(transaction);
    String signed = state.equals("approved") && request != null ? signed(transaction, request) : "";
    answer(exchange, status, "{\"status\":\"%s\",\"result\":\"%s\"}".formatted(state, signed));
  }

  private String signed(String transaction, JsonNode request) {
    try {
      JWTClaimsSet.Builder usual =
          new JWTClaimsSet.Builder()
              .issuer("test-app")
              .audience(CLIENT)
              .expirationTime(Date.from(Instant.now().plusSeconds(300)))
              .claim("transaction", transaction)
              .claim("nonce", request.path("nonce").asText())
              .claim("ci", "ci-of-" + request.path("phone").asText())
              .claim("name", request.path("name").asText())
              .claim("birthDate", request.path("birthDate").asText())
              .claim("phone", request.path("phone").asText());
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(signsWith.getKeyID()).build(),
              claims.apply(usual).build());
      token.sign(new ECDSASigner(signsWith));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What the app has shown above its questions.
  public List<String> messages() {
    return requests.values().stream().map(each -> each.path("message").asText()).toList();
  }

  /// What the person does in the app with all requests that wait: `approved`, `refused`, or what
  /// time does: `expired`.
  public void everybody(String does) {
    states.replaceAll((_, _) -> does);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
