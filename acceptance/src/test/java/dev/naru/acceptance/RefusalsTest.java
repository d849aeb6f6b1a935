package dev.naru.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.paper.PaperKind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/// Each booking here has everything wrong from its own fault down to the last of the list; the
/// first of them must be told.
@ExtendWith(SharedNaru.class)
class RefusalsTest {
  private static final String UNKNOWN_SLOT = "999999999999";

  /// People who have met every refusal.
  private record Cast(
      Http http,
      Citizen booked,
      UUID booking,
      String slot,
      String fullSlot,
      Citizen tooYoung,
      String expiredPass) {

    static Cast of(NaruProcess naru) {
      Citizen booked = Citizen.anybody(naru.uri(), SharedNaru.OPEN).admitted();
      List<String> slots = booked.freeSlots(20);
      UUID booking = UUID.randomUUID();
      booked.book(booking, slots.get(0)).must(201);
      String full = slots.getLast();
      for (int place = 0; place < SharedNaru.CAPACITY; place++) {
        Citizen.anybody(naru.uri(), SharedNaru.OPEN).admitted().book(UUID.randomUUID(), full);
      }
      Citizen tooYoung =
          new Citizen(naru.uri(), SharedNaru.OPEN, "ci-" + booking, Citizen.bornFor(17));
      tooYoung.verify().must(200);
      return new Cast(
          new Http(naru.uri()),
          booked,
          booking,
          slots.get(0),
          full,
          tooYoung,
          Forge.of(naru).expired(PaperKind.PASS, booked.pass()));
    }

    Answer put(
        String id, @Nullable Citizen who, String campaign, String slot, @Nullable String pass) {
      Map<String, String> body = new HashMap<>(Map.of("campaign", campaign, "slot", slot));
      if (pass != null) {
        body.put("pass", pass);
      }
      return http.send(
          "PUT",
          "/api/v1/appointments/" + id,
          body,
          who == null ? Map.of() : Map.of("Authorization", "Bearer " + who.session()));
    }
  }

  private record Case(int status, String code, Supplier<Answer> call) {}

  @TestFactory
  Stream<DynamicTest> theFirstRefusalThatAppliesIsTold(NaruProcess naru) {
    Cast cast = Cast.of(naru);
    String used = cast.booking().toString();
    String fresh = UUID.randomUUID().toString();
    String open = SharedNaru.OPEN;
    String later = SharedNaru.LATER;
    Citizen booked = cast.booked();
    Citizen fine = Citizen.anybody(naru.uri(), open).admitted();
    Map<String, Case> cases = new LinkedHashMap<>();
    cases.put(
        "malformed before unauthenticated",
        new Case(400, "malformed", () -> cast.put("7", null, open, "x", null)));
    cases.put(
        "unauthenticated before a replay",
        new Case(401, "unauthenticated", () -> cast.put(used, null, later, "1", null)));
    cases.put(
        "id-reused before window-closed",
        new Case(409, "id-reused", () -> cast.put(used, booked, later, UNKNOWN_SLOT, null)));
    cases.put(
        "a replay without a pass is still the first answer",
        new Case(200, "", () -> cast.put(used, booked, open, cast.slot(), null)));
    cases.put(
        "window-closed before not-eligible",
        new Case(
            403,
            "window-closed",
            () -> cast.put(fresh, cast.tooYoung(), later, UNKNOWN_SLOT, null)));
    cases.put(
        "not-eligible before pass-missing",
        new Case(
            403, "not-eligible", () -> cast.put(fresh, cast.tooYoung(), open, UNKNOWN_SLOT, null)));
    cases.put(
        "pass-missing before already-booked",
        new Case(403, "pass-missing", () -> cast.put(fresh, booked, open, UNKNOWN_SLOT, null)));
    cases.put(
        "somebody else's pass is none",
        new Case(
            403, "pass-missing", () -> cast.put(fresh, booked, open, UNKNOWN_SLOT, fine.pass())));
    cases.put(
        "pass-expired before already-booked",
        new Case(
            403,
            "pass-expired",
            () -> cast.put(fresh, booked, open, UNKNOWN_SLOT, cast.expiredPass())));
    cases.put(
        "already-booked before slot-unknown",
        new Case(
            409,
            "already-booked",
            () -> cast.put(fresh, booked, open, UNKNOWN_SLOT, booked.pass())));
    cases.put(
        "already-booked before slot-full",
        new Case(
            409,
            "already-booked",
            () -> cast.put(fresh, booked, open, cast.fullSlot(), booked.pass())));
    cases.put(
        "slot-unknown",
        new Case(
            404, "slot-unknown", () -> cast.put(fresh, fine, open, UNKNOWN_SLOT, fine.pass())));
    cases.put(
        "slot-full",
        new Case(
            409, "slot-full", () -> cast.put(fresh, fine, open, cast.fullSlot(), fine.pass())));
    return cases.entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> check(entry.getValue())));
  }

  private static void check(Case expected) {
    Answer answer = expected.call().get();
    if (expected.code().isEmpty()) {
      answer.must(expected.status());
    } else {
      answer.refusedAs(expected.status(), expected.code());
    }
  }

  @Test
  void aRefusalSpeaksTheCallersLanguage(NaruProcess naru) {
    Http http = new Http(naru.uri());
    Answer korean = http.get("/api/v1/me", Map.of("Accept-Language", "ko"));
    assertThat(korean.text("detail")).contains("본인 확인");
    assertThat(korean.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    assertThat(http.get("/api/v1/me").text("detail")).contains("Verify again");
  }
}
