package dev.naru.rehearsal.crowd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A small Naru in memory that behaves like the real one towards the crowd, keeps what it knows
/// when it is stopped, and can be told to fail. Single-threaded; read its books when it is idle.
final class FakeNaru implements AutoCloseable {
  record Seen(String method, String path, String session, int status, long nanos, String body) {}

  private record Reply(int status, Map<String, ?> body) {}

  static final class Member {
    String session = "";
    String device = "";
    LocalDate birthDate = LocalDate.EPOCH;
    long number = -1;
    boolean lobby;
    String appointment = "";
  }

  record Booked(String ci, String slot, Map<String, Object> body) {}

  /// What is put in before the crowd comes.
  record Setting(
      int sites,
      int slotsPerSite,
      int capacity,
      long opensInMillis,
      double perSecond,
      double near,
      double far,
      Set<Integer> cohorts) {
    static Setting roomy() {
      return new Setting(20, 10, 50, 0, 1_000_000, 0.05, 0.1, Set.of());
    }
  }

  final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
  final Map<String, Integer> booked = new HashMap<>();
  final Map<String, Booked> appointments = new HashMap<>();
  final List<String> violations = new ArrayList<>();
  final Set<String> searched = ConcurrentHashMap.newKeySet();
  final Map<String, Member> members = new LinkedHashMap<>();

  /// Every so many-th request is refused before any work; 0 for none.
  int refuseEvery;

  /// Believes any device and asks nobody for a pass when they search.
  volatile boolean gullible;

  /// The answer to every so many-th request is lost after the work; 0 for none.
  int loseEvery;

  /// Bookings find that somebody else took the first choice.
  boolean sellsFirstChoiceElsewhere;

  boolean keepsLog = true;

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
  private final ObjectMapper json = new ObjectMapper();
  private final Setting setting;
  private final Instant opens;
  private final Map<String, String> sessions = new HashMap<>();
  private final Set<String> goodbyes = new HashSet<>();
  private long nextNumber = 1;
  private long lobbySize;
  private long requests;
  private int port;
  private HttpServer server;

  FakeNaru(Setting setting) {
    this.setting = setting;
    this.opens = Instant.now().plusMillis(setting.opensInMillis());
    this.server = listen();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// As kill -9 looks from outside: connections break, nobody answers.
  void kill() {
    await(server.close());
  }

  void restart() {
    server = listen();
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private HttpServer listen() {
    HttpServer fresh =
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port));
    fresh.requestHandler(request -> request.bodyHandler(body -> handle(request, body)));
    await(fresh.listen());
    port = fresh.actualPort();
    return fresh;
  }

  private static void await(Future<?> future) {
    future.toCompletionStage().toCompletableFuture().join();
  }

  private void handle(HttpServerRequest http, Buffer body) {
    requests++;
    boolean refuse = refuseEvery > 0 && requests % refuseEvery == 0;
    boolean lose = loseEvery > 0 && requests % loseEvery == 0;
    Reply reply = refuse ? new Reply(503, problem("overloaded")) : answer(http, parse(body));
    if (keepsLog) {
      seen.add(
          new Seen(
              http.method().name(),
              path(http),
              session(http),
              lose ? 0 : reply.status(),
              System.nanoTime(),
              body.toString()));
    }
    if (lose) {
      http.connection().close();
      return;
    }
    if (reply.status() == 503) {
      http.response().putHeader("Retry-After", "0");
    }
    try {
      http.response()
          .setStatusCode(reply.status())
          .end(Buffer.buffer(json.writeValueAsBytes(reply.body())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode parse(Buffer body) {
    try {
      return json.readTree(body.getBytes());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String path(HttpServerRequest http) {
    return Objects.requireNonNull(http.path());
  }

  private static String session(HttpServerRequest http) {
    String header = http.getHeader("Authorization");
    return header == null ? "" : header.substring("Bearer ".length());
  }

  private Reply answer(HttpServerRequest http, JsonNode body) {
    String[] path = path(http).substring("/api/v1/".length()).split("/", -1);
    String call = http.method().name() + " " + path[0] + " " + path.length;
    String last = path[path.length - 1];
    if (goodbyes.contains(session(http)) && !call.startsWith("DELETE me")) {
      violations.add("asked after goodbye: " + http.path());
    }
    Member member =
        members.getOrDefault(sessions.getOrDefault(session(http), "nobody"), new Member());
    boolean known = !member.session.isEmpty();
    return switch (call) {
      case "GET campaigns 2" -> new Reply(200, campaign());
      case "GET regions 1" -> new Reply(200, Map.of("provinces", provinces()));
      case "GET providers 1" -> new Reply(200, Map.of("providers", providers()));
      case "POST identity 3" ->
          last.equals("start") ? started(path[1]) : verify(body, device(http));
      case "GET campaigns 3" -> last.equals("line") ? status() : sites(http, member);
      case "POST campaigns 3" -> !known ? anonymous() : inLine(last, member, body);
      case "GET campaigns 5" -> slots(http, path[3], member);
      case "PUT appointments 2" -> !known ? anonymous() : book(last, member, body);
      case "PUT appointments 3" -> move(path[1], body);
      case "GET appointments 2" -> read(last);
      case "DELETE appointments 2" -> cancel(last);
      case "DELETE me 2" -> goodbye(session(http));
      default -> new Reply(404, problem("unknown"));
    };
  }

  private static Reply anonymous() {
    return new Reply(401, problem("unauthenticated"));
  }

  private static Map<String, Object> problem(String code) {
    return Map.of("type", "urn:naru:" + code);
  }

  private Map<String, Object> campaign() {
    return Map.of(
        "serverTime",
        Instant.now().toString(),
        "eligible",
        Map.of("bornFrom", "1960-01-01", "bornTo", "2003-12-31"),
        "windows",
        List.of(
            Map.of(
                "line",
                0,
                "cohorts",
                setting.cohorts(),
                "lobbyOpens",
                opens.minusSeconds(60).toString(),
                "opens",
                opens.toString(),
                "closes",
                opens.plusSeconds(3_600).toString())));
  }

  private static List<Map<String, Object>> provinces() {
    return List.of(
        Map.of(
            "code",
            "11",
            "districts",
            List.of(Map.of("code", "11000", "divided", true), Map.of("code", "11010"))),
        Map.of("code", "26", "districts", List.of(Map.of("code", "26010"))));
  }

  private static List<Map<String, Object>> providers() {
    return List.of(
        Map.of("id", "quick", "light", "smooth"),
        Map.of("id", "browser", "light", "smooth", "kind", "redirect"),
        Map.of("id", "slow", "light", "delayed"));
  }

  private static String device(HttpServerRequest http) {
    return String.valueOf(http.getHeader("Cookie"));
  }

  private Reply started(String provider) {
    if (provider.equals("browser")) {
      violations.add("a redirect was begun");
    }
    return new Reply(
        200,
        Map.of(
            "next", "form", "request", "r", "fields", List.of("name", "birthDate", "phone", "ci")));
  }

  private Reply verify(JsonNode body, String device) {
    String ci = body.path("ci").asText();
    Member member = members.computeIfAbsent(ci, key -> new Member());
    member.birthDate = LocalDate.parse(body.path("birthDate").asText());
    if (!gullible && !member.device.isEmpty() && !member.device.equals(device)) {
      return new Reply(409, problem("session-elsewhere"));
    }
    member.device = device;
    member.session = "s" + sessions.size();
    sessions.put(member.session, ci);
    boolean eligible =
        setting.cohorts().isEmpty()
            || setting.cohorts().contains(member.birthDate.getDayOfMonth() % 10);
    return new Reply(
        200, Map.of("session", member.session, "eligibility", Map.of("eligible", eligible)));
  }

  private boolean isOpen() {
    return !Instant.now().isBefore(opens);
  }

  private long serving() {
    long millis = Instant.now().toEpochMilli() - opens.toEpochMilli();
    return Math.round(millis / 1_000.0 * setting.perSecond());
  }

  private PublishedDraw draw() {
    return new PublishedDraw("5eed".repeat(16), lobbySize, "");
  }

  private long place(Member member) {
    return draw().places().of(member.number);
  }

  private Reply status() {
    Map<String, Object> body = new HashMap<>();
    body.put("line", 0);
    body.put("phase", isOpen() ? "open" : "lobby");
    body.put("opensAt", opens.toString());
    body.put("serverTime", Instant.now().toString());
    body.put("serving", isOpen() ? serving() : 0);
    body.put("perMinute", setting.perSecond() * 60);
    body.put("pollSeconds", Map.of("near", setting.near(), "far", setting.far()));
    if (isOpen()) {
      body.put("draw", Map.of("seed", draw().seed(), "size", lobbySize));
    }
    return new Reply(200, body);
  }

  private Reply inLine(String call, Member member, JsonNode body) {
    if (call.equals("line")) {
      if (member.number < 0) {
        member.lobby = !isOpen();
        lobbySize += member.lobby ? 1 : 0;
        member.number = nextNumber++;
      }
      return new Reply(
          200,
          Map.of(
              "ticket",
              "t" + member.number,
              "number",
              member.number,
              "lobby",
              member.lobby,
              "line",
              0));
    }
    if (!body.path("ticket").asText().equals("t" + member.number)) {
      violations.add("somebody else's ticket");
    }
    if (!isOpen() || serving() < place(member)) {
      return new Reply(
          425, Map.of("type", "urn:naru:not-called", "place", place(member), "serving", serving()));
    }
    return new Reply(200, Map.of("pass", "p" + member.number));
  }

  private boolean hasPass(HttpServerRequest http, Member member) {
    return gullible
        || (member.number > 0 && ("p" + member.number).equals(http.getHeader("X-Naru-Pass")));
  }

  private int free(String slot) {
    return setting.capacity() - booked.getOrDefault(slot, 0);
  }

  private Reply sites(HttpServerRequest http, Member member) {
    if (!hasPass(http, member)) {
      return new Reply(403, problem("pass-missing"));
    }
    String region = http.getParam("region", "");
    searched.add(region);
    List<Map<String, Object>> sites = new ArrayList<>();
    for (int site = 0; site < setting.sites(); site++) {
      String code = (site % 2 == 0 ? "11010" : "26010") + "-" + site;
      long free = 0;
      for (int slot = 0; slot < setting.slotsPerSite(); slot++) {
        free += Math.max(0, free(code + "-" + slot));
      }
      if (code.startsWith(region) && free > 0) {
        sites.add(Map.of("id", code, "days", List.of(Map.of("date", "2026-11-30", "free", free))));
      }
    }
    return new Reply(200, Map.of("sites", sites));
  }

  private Reply slots(HttpServerRequest http, String site, Member member) {
    return hasPass(http, member)
        ? new Reply(200, Map.of("slots", freeSlots(site)))
        : new Reply(403, problem("pass-missing"));
  }

  private List<Map<String, Object>> freeSlots(String site) {
    List<Map<String, Object>> slots = new ArrayList<>();
    for (int slot = 0; slot < setting.slotsPerSite(); slot++) {
      String id = site + "-" + slot;
      if (free(id) > 0) {
        slots.add(Map.of("slot", id, "free", free(id)));
      }
    }
    return slots;
  }

  private Reply book(String id, Member member, JsonNode body) {
    String ci = Objects.requireNonNull(sessions.get(member.session));
    String slot = body.path("slot").asText();
    Booked before = appointments.get(id);
    if (before != null) {
      boolean same = before.ci().equals(ci) && before.slot().equals(slot);
      return same ? new Reply(200, before.body()) : new Reply(409, problem("id-reused"));
    }
    if (!("p" + member.number).equals(body.path("pass").asText())) {
      return new Reply(403, problem("pass-missing"));
    }
    if (!member.appointment.isEmpty()) {
      violations.add("booked twice: " + ci);
      return new Reply(409, problem("already-booked"));
    }
    String site = slot.substring(0, slot.lastIndexOf('-'));
    boolean soldElsewhere = sellsFirstChoiceElsewhere && !slot.endsWith("-0");
    if (free(slot) <= 0 || soldElsewhere) {
      List<Map<String, Object>> others = freeSlots(site);
      return new Reply(
          409,
          Map.of(
              "type",
              "urn:naru:slot-full",
              "alternatives",
              others.subList(0, Math.min(1, others.size()))));
    }
    booked.merge(slot, 1, Integer::sum);
    member.appointment = id;
    Map<String, Object> answer =
        Map.of(
            "id",
            id,
            "state",
            "booked",
            "site",
            site,
            "slot",
            slot,
            "dose",
            1,
            "startsAt",
            "2026-11-30T09:00:00+09:00",
            "following",
            List.of(Map.of("id", following(id))));
    appointments.put(id, new Booked(ci, slot, answer));
    return new Reply(201, answer);
  }

  /// The appointment for the second dose that comes with an appointment.
  static String following(String id) {
    return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.US_ASCII)).toString();
  }

  private Reply read(String id) {
    Booked found = appointments.get(id);
    return found == null ? new Reply(404, problem("unknown")) : new Reply(200, found.body());
  }

  private Reply move(String id, JsonNode body) {
    Booked found = appointments.get(id);
    String slot = body.path("slot").asText();
    if (found == null || free(slot) <= 0) {
      return new Reply(409, problem("slot-full"));
    }
    booked.merge(found.slot(), -1, Integer::sum);
    booked.merge(slot, 1, Integer::sum);
    Map<String, Object> moved = new HashMap<>(found.body());
    moved.put("slot", slot);
    appointments.put(id, new Booked(found.ci(), slot, moved));
    return new Reply(200, moved);
  }

  private Reply cancel(String id) {
    Booked found = appointments.remove(id);
    if (found != null) {
      booked.merge(found.slot(), -1, Integer::sum);
    }
    return new Reply(200, Map.of());
  }

  private Reply goodbye(String session) {
    goodbyes.add(session);
    return new Reply(200, Map.of());
  }
}
