package dev.naru.acceptance;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A person at a device, who goes through the journey and keeps the papers: a session that is sent
/// as bearer token, a ticket, a pass.
final class Citizen {
  private static final Duration CALL_LIMIT = Duration.ofSeconds(30);

  final String ci;
  final LocalDate birth;
  private final String campaign;
  private final Http http;
  private @Nullable String device;
  private @Nullable String session;
  private @Nullable String helping;
  private @Nullable String ticket;
  private @Nullable String pass;

  Citizen(URI server, String campaign, String ci, LocalDate birth) {
    this.http = new Http(server);
    this.campaign = campaign;
    this.ci = ci;
    this.birth = birth;
  }

  /// Somebody of 35 who has never been here.
  static Citizen anybody(URI server, String campaign) {
    return new Citizen(server, campaign, "ci-" + UUID.randomUUID(), bornFor(35));
  }

  static LocalDate bornFor(int years) {
    return CampaignYaml.now().toLocalDate().minusYears(years).minusDays(3);
  }

  /// The same person at a device that the server knows already.
  Citizen at(UUID knownDevice) {
    Citizen other = atAnotherDevice();
    other.device = knownDevice.toString();
    return other;
  }

  /// Somebody of the same age whom a provider knows by something else.
  Citizen withCi(String otherCi) {
    return new Citizen(http.server(), campaign, otherCi, birth);
  }

  /// The same person with another device.
  Citizen atAnotherDevice() {
    return new Citizen(http.server(), campaign, ci, birth);
  }

  /// The same person with the same device and papers at another node.
  Citizen atNode(URI node) {
    Citizen other = new Citizen(node, campaign, ci, birth);
    other.device = device;
    other.session = session;
    other.ticket = ticket;
    other.pass = pass;
    return other;
  }

  /// The same person at the same device in another campaign, or another server.
  Citizen in(String otherCampaign) {
    Citizen other = new Citizen(http.server(), otherCampaign, ci, birth);
    other.device = device;
    return other;
  }

  String session() {
    return present(session);
  }

  String ticket() {
    return present(ticket);
  }

  String pass() {
    return present(pass);
  }

  String helping() {
    return present(helping);
  }

  private static String present(@Nullable String paper) {
    if (paper == null) {
      throw new IllegalStateException("this citizen has no such paper yet");
    }
    return paper;
  }

  /// The same person in the same session, who acts for somebody.
  ///
  /// @param paper of the helping
  Citizen acting(String paper) {
    Citizen other = atAnotherDevice();
    other.device = device;
    other.session = session;
    other.helping = paper;
    return other;
  }

  /// Sends with what this citizen has, or with the papers given instead.
  Citizen with(@Nullable String otherSession, @Nullable String otherPass) {
    Citizen other = atAnotherDevice();
    other.session = otherSession;
    other.ticket = ticket;
    other.pass = otherPass;
    return other;
  }

  /// Begins an identity check.
  Answer start() {
    Answer answer =
        http.send("POST", "/api/v1/identity/quick/start", Map.of("campaign", campaign), headers());
    answer.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith("naru_device="))
        .forEach(cookie -> device = cookie.substring(12).split(";", 2)[0]);
    return answer;
  }

  /// Ends an identity check.
  Answer complete(String request) {
    return keepSession(
        http.send("POST", "/api/v1/identity/quick/complete", form(request), headers()));
  }

  /// Ends an identity check without waiting for the answer.
  CompletableFuture<Answer> completeAsync(String request) {
    return http.sendAsync("POST", "/api/v1/identity/quick/complete", form(request), headers())
        .thenApply(this::keepSession);
  }

  /// Verifies under another name.
  Answer verifyAs(String name) {
    return verifyWith("name", name);
  }

  /// Verifies with another day of birth, or what is none.
  Answer verifyBorn(String birthDate) {
    return verifyWith("birthDate", birthDate);
  }

  private Answer verifyWith(String field, String value) {
    Map<String, String> form = new HashMap<>(form(start().must(200).text("request")));
    form.put(field, value);
    return keepSession(http.send("POST", "/api/v1/identity/quick/complete", form, headers()));
  }

  private Map<String, String> form(String request) {
    return Map.of(
        "request",
        request,
        "name",
        "홍길동",
        "birthDate",
        birth.toString(),
        "phone",
        "010-0000-0000",
        "ci",
        ci);
  }

  private Answer keepSession(Answer answer) {
    if (answer.status() == 200) {
      session = answer.text("session");
    }
    return answer;
  }

  Answer verify() {
    return complete(start().must(200).text("request"));
  }

  Answer join() {
    Answer answer = http.send("POST", line(), Map.of(), headers());
    if (answer.status() == 200) {
      ticket = answer.text("ticket");
    }
    return answer;
  }

  Answer admission() {
    return admission(ticket());
  }

  Answer admission(String otherTicket) {
    Answer answer = http.send("POST", path("/admission"), Map.of("ticket", otherTicket), headers());
    if (answer.status() == 200) {
      pass = answer.text("pass");
    }
    return answer;
  }

  /// Asks for admission until it is given.
  Citizen waitUntilCalled() {
    long since = System.nanoTime();
    Answer answer = admission();
    while (answer.status() == 425 || answer.status() == 429) {
      if (System.nanoTime() - since > CALL_LIMIT.toNanos()) {
        throw new AssertionError("not called after " + CALL_LIMIT.toSeconds() + " s: " + answer);
      }
      NaruProcess.pause(Duration.ofMillis(200));
      answer = admission();
    }
    answer.must(200);
    return this;
  }

  /// Verified, in line and called.
  Citizen admitted() {
    verify().must(200);
    join().must(200);
    return waitUntilCalled();
  }

  Answer status() {
    return http.get(line());
  }

  Answer sites(String query) {
    return http.get(path("/sites" + query), headers());
  }

  Answer slots(String site, LocalDate date) {
    return http.get(path("/sites/" + encode(site) + "/slots?date=" + date), headers());
  }

  /// Slots with something free at the first sites of the list.
  ///
  /// @param least how many are wanted
  List<String> freeSlots(int least) {
    return freeSlots(least, 1);
  }

  /// @param places how many each has free at least
  List<String> freeSlots(int least, int places) {
    List<String> slots = new ArrayList<>();
    for (var site : sites("").must(200).body().path("sites")) {
      for (var day : site.path("days")) {
        Answer answer =
            slots(site.path("id").asText(), LocalDate.parse(day.path("date").asText())).must(200);
        for (var slot : answer.body().path("slots")) {
          if (slot.path("free").asInt() >= places) {
            slots.add(slot.path("slot").asText());
          }
        }
        if (slots.size() >= least) {
          return slots;
        }
      }
    }
    throw new AssertionError("only " + slots.size() + " slots are free");
  }

  Answer book(UUID id, String slot) {
    return http.send("PUT", appointment(id), booking(slot), headers());
  }

  CompletableFuture<Answer> bookAsync(UUID id, String slot) {
    return http.sendAsync("PUT", appointment(id), booking(slot), headers());
  }

  private Map<String, String> booking(String slot) {
    Map<String, String> body = new HashMap<>(Map.of("campaign", campaign, "slot", slot));
    if (pass != null) {
      body.put("pass", pass);
    }
    return body;
  }

  /// Books one later dose by itself.
  Answer book(UUID id, String slot, int dose) {
    Map<String, Object> body = new HashMap<>(booking(slot));
    body.put("dose", dose);
    return http.send("PUT", appointment(id), body, headers());
  }

  /// Any call below the campaign.
  Answer call(String method, String rest, Map<String, Object> body) {
    return http.send(method, path(rest), body, headers());
  }

  Answer read(UUID id) {
    return http.get(appointment(id), headers());
  }

  Answer calendar(UUID id) {
    return http.get(appointment(id) + ".ics", headers());
  }

  Answer move(UUID id, String slot) {
    return http.send("PUT", appointment(id) + "/slot", Map.of("slot", slot), headers());
  }

  Answer cancel(UUID id) {
    return http.send("DELETE", appointment(id), Map.of(), headers());
  }

  Answer me() {
    return http.get("/api/v1/me", headers());
  }

  Answer logOut() {
    return http.send("DELETE", "/api/v1/me/session", Map.of(), headers());
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    if (session != null) {
      headers.put("Authorization", "Bearer " + session);
    }
    if (helping != null) {
      headers.put("X-Naru-Helping", helping);
    }
    if (pass != null) {
      headers.put("X-Naru-Pass", pass);
    }
    if (device != null) {
      headers.put("Cookie", "naru_device=" + device);
    }
    return headers;
  }

  private String line() {
    return path("/line");
  }

  private String path(String rest) {
    return "/api/v1/campaigns/" + campaign + rest;
  }

  private static String appointment(UUID id) {
    return "/api/v1/appointments/" + id;
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
