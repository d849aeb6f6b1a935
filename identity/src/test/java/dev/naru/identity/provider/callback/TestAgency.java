package dev.naru.identity.provider.callback;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The other side of the encrypted-callback family, written from its description and not from our
/// code. It refuses every request that is not exactly as laid down.
public final class TestAgency implements AutoCloseable {
  public static final String CLIENT = "client-1";
  public static final String SECRET = "client-secret-1";
  public static final String PRODUCT = "2101979031";
  private static final String STRANGER = "1300";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Charset EUC_KR = Charset.forName("EUC-KR");

  private record Key(String number, String material) {}

  private final HttpServer server;
  private final Set<String> tokens = ConcurrentHashMap.newKeySet();
  private final Set<String> numbers = ConcurrentHashMap.newKeySet();
  private final Map<String, Key> keys = new ConcurrentHashMap<>();
  private final AtomicInteger counter = new AtomicInteger();
  final AtomicInteger tokenCalls = new AtomicInteger();
  volatile boolean down;

  /// The status of answers to tokens that are not good.
  volatile int refusal = 200;

  /// What the next results say.
  final Map<String, String> result = new ConcurrentHashMap<>();

  public TestAgency() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/oauth/token", at -> answer(at, token(at)));
    server.createContext("/crypto/token", at -> answer(at, key(at)));
    server.createContext("/service.cb", this::page);
    server.start();
    result.put("resultcode", "0000");
    result.put("utf8_name", "%EA%B9%80%ED%95%98%EB%82%98");
    result.put("name", "김하나");
    result.put("birthdate", "19900510");
    result.put("mobileno", "01012345678");
    result.put("ci", "C".repeat(86) + "==");
    result.put("di", "D".repeat(64));
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void answer(HttpExchange exchange, ObjectNode body) throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(down ? 503 : status(body), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private int status(ObjectNode body) {
    return body.path("dataHeader").path("GW_RSLT_CD").asText().equals(STRANGER) ? refusal : 200;
  }

  /// No token that was given is good any more, whatever was said of its time.
  void withdrawTokens() {
    tokens.clear();
  }

  private static ObjectNode told(String code) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("dataHeader").put("GW_RSLT_CD", code);
    json.putObject("dataBody");
    return json;
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private static String plain(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private ObjectNode token(HttpExchange exchange) throws IOException {
    tokenCalls.incrementAndGet();
    String basic = header(exchange, "Authorization");
    if (!exchange.getRequestMethod().equals("POST")
        || !basic.startsWith("Basic ")
        || !plain(basic.substring(6)).equals(CLIENT + ":" + SECRET)
        || !body(exchange).equals("grant_type=client_credentials&scope=default")) {
      return told("1800");
    }
    ObjectNode json = told("1200");
    String token = "token-" + counter.incrementAndGet();
    tokens.add(token);
    ((ObjectNode) json.path("dataBody")).put("access_token", token).put("expires_in", 3600);
    return json;
  }

  private ObjectNode key(HttpExchange exchange) throws IOException {
    String bearer = header(exchange, "Authorization");
    String[] parts =
        bearer.startsWith("bearer ") ? plain(bearer.substring(7)).split(":", 3) : new String[0];
    JsonNode request = JSON.readTree(body(exchange));
    JsonNode asked = request.path("dataBody");
    String time = asked.path("req_dtim").asText();
    String number = asked.path("req_no").asText();
    if (parts.length != 3
        || !tokens.contains(parts[0])
        || !parts[1].matches("\\d{10}")
        || !parts[2].equals(CLIENT)
        || !header(exchange, "ProductID").equals(PRODUCT)
        || !request.path("dataHeader").path("CNTY_CD").asText().equals("ko")) {
      return told(STRANGER);
    }
    if (!time.matches("\\d{14}")
        || number.isEmpty()
        || number.length() > 30
        || !asked.path("enc_mode").asText().equals("1")
        || !numbers.add(number)) {
      return told("1400");
    }
    String version = "version-" + counter.incrementAndGet();
    String value = "value-" + counter.incrementAndGet() + "+/=";
    keys.put(version, new Key(number, material(time + number + value)));
    ObjectNode json = told("1200");
    ((ObjectNode) json.path("dataBody"))
        .put("rsp_cd", "P000")
        .put("site_code", "SITE01")
        .put("token_version_id", version)
        .put("token_val", value);
    return json;
  }

  private static String material(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What the browser does at the agency's page: the person confirms, the page sends the result.
  ///
  /// @return the fields of the form that goes to the return address
  public Map<String, String> confirm(URI address) {
    return confirm(parameters(address.getRawQuery())).fields();
  }

  private record Result(String returnUrl, Map<String, String> fields) {}

  private Result confirm(Map<String, String> asked) {
    if (!asked.keySet().equals(Set.of("m", "token_version_id", "enc_data", "integrity_value"))
        || !"service".equals(asked.get("m"))) {
      throw new AssertionError("not what the page takes: " + asked.keySet());
    }
    String version = asked.getOrDefault("token_version_id", "");
    Key key = requireNonNull(keys.get(version), "unknown key version");
    String encrypted = asked.getOrDefault("enc_data", "");
    if (!hmac(key, encrypted).equals(asked.get("integrity_value"))) {
      throw new AssertionError("wrong integrity value");
    }
    try {
      JsonNode request =
          JSON.readTree(crypt(Cipher.DECRYPT_MODE, key, Base64.getDecoder().decode(encrypted)));
      for (String field : List.of("requestno", "returnurl", "sitecode", "methodtype", "popupyn")) {
        if (request.path(field).asText().isEmpty()) {
          throw new AssertionError(field + " is missing");
        }
      }
      if (!request.path("requestno").asText().equals(key.number())
          || !request.path("sitecode").asText().equals("SITE01")
          || !request.path("methodtype").asText().equals("post")) {
        throw new AssertionError("not the request that the key was made for");
      }
      return new Result(request.path("returnurl").asText(), fields(version, key, request));
    } catch (IOException e) {
      throw new AssertionError("the request is no JSON", e);
    }
  }

  private Map<String, String> fields(String version, Key key, JsonNode request) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("requestno", key.number())
        .put("receivedata", request.path("receivedata").asText())
        .put("sitecode", "SITE01");
    new LinkedHashMap<>(result).forEach(json::put);
    String encrypted =
        Base64.getEncoder()
            .encodeToString(crypt(Cipher.ENCRYPT_MODE, key, json.toString().getBytes(EUC_KR)));
    return new LinkedHashMap<>(
        Map.of(
            "token_version_id", version,
            "enc_data", encrypted,
            "integrity_value", hmac(key, encrypted)));
  }

  private static byte[] crypt(int mode, Key key, byte[] input) {
    try {
      byte[] material = key.material().getBytes(StandardCharsets.US_ASCII);
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          mode,
          new SecretKeySpec(Arrays.copyOf(material, 16), "AES"),
          new IvParameterSpec(Arrays.copyOfRange(material, material.length - 16, material.length)));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("cannot be decrypted", e);
    }
  }

  private static String hmac(Key key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(
              key.material().substring(0, 32).getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A page whose form goes to the return address by itself.
  private void page(HttpExchange exchange) throws IOException {
    Result confirmed = confirm(parameters(exchange.getRequestURI().getRawQuery()));
    StringBuilder html =
        new StringBuilder("<!doctype html><form method=post action=\"")
            .append(confirmed.returnUrl())
            .append("\">");
    confirmed
        .fields()
        .forEach(
            (name, value) -> html.append("<input name=%s value=\"%s\">".formatted(name, value)));
    html.append("<button>ok</button></form><script>document.forms[0].submit()</script>");
    byte[] bytes = html.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
