package dev.naru.identity.provider.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An OpenID Connect issuer on a port of this machine, as strict as the standard: a code is good
/// once, for one client, one return address and one PKCE challenge. Tests may turn it bad.
public final class TestIssuer implements AutoCloseable {
  public static final String CLIENT = "naru";
  public static final String SECRET = "a secret with : and %";

  private static final RSAKey FIRST_KEY = newKey();

  private record Grant(Map<String, String> request, String subject) {}

  private final HttpServer server;
  private final Map<String, Grant> codes = new ConcurrentHashMap<>();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  final AtomicInteger keySetCalls = new AtomicInteger();
  private volatile RSAKey key = FIRST_KEY;

  /// Changes the claims of the next tokens.
  volatile Function<JWTClaimsSet.Builder, JWTClaimsSet.Builder> claims = claims -> claims;

  /// Signs the next tokens instead of the issuer.
  volatile @Nullable Function<JWTClaimsSet, String> signer;

  /// The status of every answer but discovery; 200 when all is well.
  volatile int status = 200;

  volatile @Nullable String metadataIssuer;
  volatile String userInfoSubject = "";

  public TestIssuer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/.well-known/openid-configuration", at -> answer(at, 200, metadata()));
    server.createContext("/keys", at -> answer(at, status, keys()));
    server.createContext("/token", at -> answer(at, this::token));
    server.createContext("/me", at -> answer(at, this::me));
    server.createContext("/authorize", this::page);
    server.start();
  }

  /// The issuer's name and address.
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private record Told(int status, String body) {}

  private interface Handler {
    Told handle(HttpExchange exchange) throws Exception;
  }

  private static void answer(HttpExchange exchange, Handler handler) throws IOException {
    Told told;
    try {
      told = handler.handle(exchange);
    } catch (Exception e) {
      told = new Told(500, "{\"error\":\"" + e.getClass().getSimpleName() + "\"}");
    }
    answer(exchange, told.status(), told.body());
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String metadata() {
    String at = uri().toString();
    return """
    {"issuer":"%s","authorization_endpoint":"%s/authorize","token_endpoint":"%s/token",
     "jwks_uri":"%s/keys","userinfo_endpoint":"%s/me","response_types_supported":["code"],
     "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"],
     "authorization_response_iss_parameter_supported":true}
    """
        .formatted(Objects.requireNonNullElse(metadataIssuer, at), at, at, at, at);
  }

  private String keys() {
    keySetCalls.incrementAndGet();
    return new JWKSet(key.toPublicJWK()).toString();
  }

  /// What the browser does at the issuer's page: logs in and comes back.
  ///
  /// @return the parameters of the return address
  public Map<String, String> logIn(URI address, String subject) {
    Map<String, String> request = parameters(address.getRawQuery());
    if (!CLIENT.equals(request.get("client_id"))
        || !"code".equals(request.get("response_type"))
        || !"S256".equals(request.get("code_challenge_method"))
        || !request.containsKey("nonce")
        || !request.containsKey("state")) {
      throw new AssertionError("not a request to log in: " + request.keySet());
    }
    String code = "code-" + numbers.incrementAndGet();
    codes.put(code, new Grant(request, subject));
    return new LinkedHashMap<>(
        Map.of("code", code, "state", request.getOrDefault("state", ""), "iss", uri().toString()));
  }

  private void page(HttpExchange exchange) throws IOException {
    URI address = exchange.getRequestURI();
    Map<String, String> back = logIn(address, "kim");
    StringBuilder query = new StringBuilder("session_state=x");
    back.forEach(
        (name, value) ->
            query
                .append('&')
                .append(name)
                .append('=')
                .append(java.net.URLEncoder.encode(value, StandardCharsets.UTF_8)));
    String to = parameters(address.getRawQuery()).get("redirect_uri") + "?" + query;
    exchange.getResponseHeaders().add("Location", to);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private Told token(HttpExchange exchange) throws Exception {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> form = parameters(body);
    Grant grant = codes.remove(form.getOrDefault("code", ""));
    if (status != 200) {
      return new Told(status, "{}");
    }
    if (!isOurClient(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return new Told(401, "{\"error\":\"invalid_client\"}");
    }
    if (grant == null
        || !"authorization_code".equals(form.get("grant_type"))
        || !Objects.equals(form.get("redirect_uri"), grant.request().get("redirect_uri"))
        || !s256(form.getOrDefault("code_verifier", ""))
            .equals(grant.request().get("code_challenge"))) {
      return new Told(400, "{\"error\":\"invalid_grant\"}");
    }
    String access = "access-" + numbers.incrementAndGet();
    tokens.put(access, grant.subject());
    return new Told(
        200,
        "{\"token_type\":\"Bearer\",\"access_token\":\"%s\",\"id_token\":\"%s\"}"
            .formatted(access, idToken(grant)));
  }

  private static boolean isOurClient(@Nullable String authorization) {
    String given =
        authorization == null
            ? ""
            : new String(
                Base64.getDecoder().decode(authorization.replaceFirst("^Basic ", "")),
                StandardCharsets.UTF_8);
    String[] parts = given.split(":", 2);
    return parts.length == 2
        && decoded(parts[0]).equals(CLIENT)
        && decoded(parts[1]).equals(SECRET);
  }

  private String idToken(Grant grant) throws JOSEException {
    Instant now = Instant.now();
    JWTClaimsSet.Builder usual =
        new JWTClaimsSet.Builder()
            .issuer(uri().toString())
            .subject(grant.subject())
            .audience(CLIENT)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(300)))
            .claim("nonce", grant.request().get("nonce"))
            .claim("name", "김하나")
            .claim("birthdate", "1990-05-10")
            .claim("phone_number", "+82 10-1234-5678")
            .claim("ci", "ci-of-" + grant.subject());
    JWTClaimsSet set = claims.apply(usual).build();
    Function<JWTClaimsSet, String> other = signer;
    return other == null ? signed(set, key) : other.apply(set);
  }

  static String signed(JWTClaimsSet claims, RSAKey key) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /// `alg: none`.
  static String unsigned(JWTClaimsSet claims) {
    return new PlainJWT(claims).serialize();
  }

  /// HS256 with the text of the public key as the secret.
  String signedWithThePublicKey(JWTClaimsSet claims) {
    try {
      String pem =
          "-----BEGIN PUBLIC KEY-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'})
                  .encodeToString(key.toRSAPublicKey().getEncoded())
              + "\n-----END PUBLIC KEY-----\n";
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(), claims);
      token.sign(new MACSigner(pem.getBytes(StandardCharsets.UTF_8)));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private Told me(HttpExchange exchange) {
    String token =
        Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "")
            .replaceFirst("^Bearer ", "");
    String subject = tokens.get(token);
    return subject == null
        ? new Told(401, "{}")
        : new Told(
            status,
            "{\"sub\":\"%s\",\"response\":{\"birthyear\":\"1985\",\"birthday\":\"02-03\",\"mobile\":\"010-9999-8888\",\"name\":\"박둘\"}}"
                .formatted(userInfoSubject.isEmpty() ? subject : userInfoSubject));
  }

  /// From now on another key signs, and the old one is gone.
  void rotateKeys() {
    key = newKey();
  }

  static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048).keyID(java.util.UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String s256(String verifier) throws GeneralSecurityException {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            MessageDigest.getInstance("SHA-256")
                .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      parameters.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
