package dev.naru.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Somebody acts for a person, with the person's one-time code, on the running program.
@ExtendWith(SharedNaru.class)
class HelpingTest {
  /// Anybody may help three people.
  private static final String FAMILY = "family";

  /// Only the staff of an office may help.
  private static final String OFFICE = "office";

  private static final int MOST = 3;
  private static final int TRIES = 10;

  private static NaruProcess running;
  private static Citizen staff;

  @BeforeAll
  static void apply(NaruProcess naru) {
    running = naru;
    naru.apply(yaml(FAMILY) + "helping: {family: %d}\nappointments: {hold: 5m}\n".formatted(MOST));
    naru.apply(
        yaml(OFFICE)
            + """
            lists:
              - {id: centre, name: {ko: 상담원, en: call centre}}
            helping: {staff: centre}
            """);
    staff = Citizen.anybody(naru.uri(), OFFICE);
    naru.importList(OFFICE, "centre", staff.ci);
    naru.awaitKnown(FAMILY);
    naru.awaitKnown(OFFICE);
  }

  @AfterAll
  static void nobodyHasMoreThanTheirs(NaruProcess naru) throws SQLException {
    assertThat(Books.of(naru).faults()).isEmpty();
  }

  private static String yaml(String id) {
    return new CampaignYaml(id, CampaignYaml.now().minusMinutes(1), 600_000, 1, 10, 3).text();
  }

  private static Citizen verified(NaruProcess naru, String campaign, String name) {
    Citizen citizen = Citizen.anybody(naru.uri(), campaign);
    citizen.verifyAs(name).must(200);
    return citizen;
  }

  private static Citizen person(NaruProcess naru) {
    return verified(naru, FAMILY, "박복순");
  }

  /// The member of staff, whose session is the same in each test.
  private static Citizen member() {
    staff.verifyAs("한상담").must(200);
    running.await("the list of staff is in force", HelpingTest::isStaff);
    return staff;
  }

  private static boolean isStaff() {
    return staff.call("GET", "/helpings", Map.of()).must(200).body().path("staff").asBoolean();
  }

  private static String callFor(Citizen member) {
    return member.call("POST", "/helpings/callers/quick/start", Map.of()).must(200).text("request");
  }

  /// What the caller says on the telephone.
  private static Answer told(Citizen member, String request, Citizen caller) {
    return member.call(
        "POST",
        "/helpings/callers/quick/complete",
        Map.of(
            "request",
            request,
            "name",
            "박복순",
            "birthDate",
            caller.birth.toString(),
            "phone",
            "010-0000-0000",
            "ci",
            caller.ci));
  }

  private static Citizen helper(NaruProcess naru) {
    return verified(naru, FAMILY, "이도움");
  }

  private static String code(Citizen person) {
    return person.call("POST", "/helper/code", Map.of()).must(200).text("code");
  }

  private static Answer enter(Citizen helper, String code) {
    return helper.call("POST", "/helpings", Map.of("code", code));
  }

  /// The helper as the one who acts for the person.
  private static Citizen acting(Citizen helper, Citizen person) {
    return helper.acting(enter(helper, code(person)).must(201).text("helping"));
  }

  private static String guess(String code) {
    return "%010d".formatted((Long.parseLong(code) + 1) % 10_000_000_000L);
  }

  private static List<String> keys(NaruProcess naru, String query) throws SQLException {
    return Books.of(naru).texts(query);
  }

  @Test
  void aCampaignSaysWhetherPeopleMayHelp(NaruProcess naru) {
    for (List<String> each :
        List.of(
            List.of(FAMILY, "{\"family\":3,\"staff\":false}"),
            List.of(OFFICE, "{\"family\":0,\"staff\":true}"),
            List.of(SharedNaru.OPEN, "{\"family\":0,\"staff\":false}"))) {
      Citizen anybody = Citizen.anybody(naru.uri(), each.getFirst());
      assertThat(anybody.call("GET", "", Map.of()).must(200).body().path("helping"))
          .hasToString(each.getLast());
    }
  }

  @Test
  void aHelperGoesThroughTheWholeJourneyForThePerson(NaruProcess naru) throws SQLException {
    Citizen person = person(naru);
    Citizen helper = helper(naru);
    String code = code(person);
    Answer begun = enter(helper, code.substring(0, 3) + " " + code.substring(3)).must(201);
    assertThat(begun.body().at("/person/maskedName").asText()).isEqualTo("박*순");
    Citizen acting = helper.acting(begun.text("helping"));

    Answer me = acting.me().must(200);
    assertThat(me.body().at("/person/maskedName").asText()).isEqualTo("박*순");
    assertThat(helper.me().must(200).body().at("/person/maskedName").asText()).isEqualTo("이*움");
    Answer own = person.call("GET", "/helper", Map.of()).must(200);
    assertThat(own.body().at("/helper/maskedName").asText()).isEqualTo("이*움");
    assertThat(own.body().at("/helper/staff").asBoolean()).isFalse();
    assertThat(own.body().path("codeExpiresAt").isNull()).isTrue();

    String number = acting.join().must(200).text("number");
    assertThat(person.join().must(200).text("number")).isEqualTo(number);
    assertThat(helper.join().must(200).text("number")).isNotEqualTo(number);

    acting.waitUntilCalled();
    List<String> slots = acting.freeSlots(2);
    acting.call("PUT", "/hold", Map.of("slot", slots.get(0))).must(200);
    acting.call("DELETE", "/hold", Map.of()).must(204);
    UUID id = UUID.randomUUID();
    acting.book(id, slots.get(0)).must(201);
    acting.book(id, slots.get(0)).must(200);
    assertThat(person.read(id).must(200).text("slot")).isEqualTo(slots.get(0));
    helper.read(id).refusedAs(404, "appointment-unknown");
    acting.move(id, slots.get(1)).must(200);
    acting.calendar(id).must(200);
    acting.cancel(id).must(200);

    String keys = "encode(person, 'hex') || ' ' || encode(helper, 'hex')";
    List<String> both =
        keys(
            naru,
            "SELECT DISTINCT %s FROM identity.helping WHERE id = '%s'"
                .formatted(keys, begun.text("id")));
    assertThat(both).hasSize(1);
    assertThat(
            keys(
                naru,
                "SELECT encode(person, 'hex') FROM booking.appointment WHERE id = '" + id + "'"))
        .containsExactly(both.getFirst().split(" ", 2)[0]);
    assertThat(
            keys(
                naru,
                "SELECT kind || ' ' || %s FROM booking.helped_event WHERE appointment = '%s' ORDER BY at, kind"
                    .formatted(keys, id)))
        .containsExactly("1 " + both.getFirst(), "2 " + both.getFirst(), "3 " + both.getFirst());
    assertThat(
            keys(
                naru,
                "SELECT kind FROM booking.helped_event WHERE kind IN (4, 5) AND %s = '%s' ORDER BY kind"
                    .formatted(keys, both.getFirst())))
        .as("the hold and its end")
        .containsExactly("4", "5");
    assertThat(
            keys(
                naru,
                "SELECT kind FROM identity.helping_event WHERE encode(person, 'hex') = '%s' ORDER BY at"
                    .formatted(both.getFirst().split(" ", 2)[0])))
        .containsExactly("1", "2");
    assertThat(naru.logText()).doesNotContain("복순").doesNotContain("도움").doesNotContain(code);
  }

  @Test
  void whatSomebodyDoesForThemselvesIsNotRecordedAsHelp(NaruProcess naru) throws SQLException {
    Citizen person = person(naru);
    acting(helper(naru), person).me().must(200);
    person.join().must(200);
    person.waitUntilCalled();
    UUID id = UUID.randomUUID();
    person.book(id, person.freeSlots(1).getFirst()).must(201);
    assertThat(
            Books.of(naru)
                .number(
                    "SELECT count(*) FROM booking.helped_event WHERE appointment = '" + id + "'"))
        .isZero();
  }

  @Test
  void onlyTheNewestCodeIsGoodAndOnlyOnce(NaruProcess naru) throws SQLException {
    Citizen person = person(naru);
    Citizen helper = helper(naru);
    String old = code(person);
    String code = code(person);
    assertThat(code).matches("\\d{10}");
    enter(helper, old).refusedAs(403, "helping-code");
    enter(helper, guess(code)).refusedAs(403, "helping-code");
    enter(helper, "123").refusedAs(400, "malformed");
    Citizen other = verified(naru, OFFICE, "이도움");
    enter(other, code).refusedAs(403, "helping-code");
    enter(helper, code).must(201);
    enter(helper(naru), code).refusedAs(403, "helping-code");
    assertThat(helper.call("GET", "/helpings", Map.of()).body().path("helpings")).hasSize(1);

    String late = code(person);
    assertThat(
            person.call("GET", "/helper", Map.of()).must(200).body().path("codeExpiresAt").isNull())
        .isFalse();
    try (Connection connection = naru.database();
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE identity.helping_code SET expires_at = now() - interval '1 s'");
    }
    enter(helper, late).refusedAs(403, "helping-code");
  }

  @Test
  void whoGuessesIsStoppedEvenWithTheRightCode(NaruProcess naru) {
    Citizen person = person(naru);
    Citizen guesser = helper(naru);
    String code = code(person);
    String guess = code;
    for (int i = 0; i < TRIES; i++) {
      guess = guess(guess);
      enter(guesser, guess).refusedAs(403, "helping-code");
    }
    Answer stopped = enter(guesser, code).refusedAs(429, "helping-tries");
    assertThat(stopped.body().path("retryAfter").asLong()).isBetween(3_000L, 3_600L);
    assertThat(stopped.headers().firstValue("Retry-After")).isPresent();
    enter(helper(naru), code).must(201);
  }

  @Test
  void revokingTakesEffectAtTheNextCall(NaruProcess naru) {
    Citizen person = person(naru);
    Citizen acting = acting(helper(naru), person);
    String number = acting.join().must(200).text("number");
    acting.waitUntilCalled();
    String slot = acting.freeSlots(1).getFirst();
    person.join().must(200);
    person.admission().refusedAs(409, "pass-elsewhere");

    person.call("DELETE", "/helper", Map.of()).must(204);
    acting.me().refusedAs(403, "helping-over");
    acting.book(UUID.randomUUID(), slot).refusedAs(403, "helping-over");
    acting.join().refusedAs(403, "helping-over");
    person.call("DELETE", "/helper", Map.of()).must(204);
    assertThat(person.call("GET", "/helper", Map.of()).body().path("helper").isNull()).isTrue();
    assertThat(person.join().must(200).text("number")).isEqualTo(number);
    person.waitUntilCalled();
    person.book(UUID.randomUUID(), slot).must(201);
  }

  @Test
  void revokingAlsoVoidsACodeThatWasNotUsedYet(NaruProcess naru) {
    Citizen person = person(naru);
    String code = code(person);
    person.call("DELETE", "/helper", Map.of()).must(204);
    enter(helper(naru), code).refusedAs(403, "helping-code");
  }

  @Test
  void aHelpingEndsWithTheHelpersWordOrLogout(NaruProcess naru) {
    Citizen helper = helper(naru);
    Citizen first = person(naru);
    Citizen second = person(naru);
    Answer begun = enter(helper, code(first)).must(201);
    Citizen acting = helper.acting(begun.text("helping"));
    Citizen actingToo = acting(helper, second);
    String end = "/helpings/" + begun.text("id");
    second.call("DELETE", end, Map.of()).must(204);
    acting.me().must(200);
    helper.call("DELETE", end, Map.of()).must(204);
    acting.me().refusedAs(403, "helping-over");
    actingToo.me().must(200);

    // Logging out is the helper's own, whomever they act for.
    actingToo.logOut().must(204);
    helper.me().refusedAs(401, "unauthenticated");
    actingToo.me().refusedAs(401, "unauthenticated");
    assertThat(second.call("GET", "/helper", Map.of()).body().path("helper").isNull()).isTrue();
    Citizen again = helper.atAnotherDevice();
    again.verify().must(200);
    again.acting(actingToo.helping()).me().refusedAs(403, "helping-over");
    second.me().must(200);
  }

  @Test
  void aCampaignForbidsItUnlessItsFileSaysOtherwise(NaruProcess naru) {
    Citizen person = verified(naru, SharedNaru.OPEN, "박복순");
    person.call("POST", "/helper/code", Map.of()).refusedAs(403, "helping-forbidden");
    enter(person, "1234567890").refusedAs(403, "helping-forbidden");
  }

  @Test
  void aHelpingIsOfNoUseElsewhereOrToOthers(NaruProcess naru) {
    Citizen helper = helper(naru);
    Citizen person = person(naru);
    Citizen acting = acting(helper, person);
    String paper = acting.helping();
    helper(naru).acting(paper).me().refusedAs(403, "helping-over");
    person.acting(paper).me().refusedAs(403, "helping-over");
    helper.acting(paper + "A").me().refusedAs(403, "helping-over");
    person.with(paper, null).me().refusedAs(401, "unauthenticated");

    // The same session, for another campaign that allows helping too.
    Citizen there = helper.in(OFFICE);
    there.verify().must(200);
    there.acting(paper).me().refusedAs(403, "helping-over");
    there.acting(paper).join().refusedAs(403, "helping-over");
    helper.acting(paper).me().must(200);
  }

  /// Nobody gains a place, and nobody hands on what was given to them.
  @Test
  void peopleWhoHelpEachOtherHaveOnePlaceEach(NaruProcess naru) throws SQLException {
    Citizen one = person(naru);
    Citizen two = person(naru);
    long before = Books.of(naru).number("SELECT count(*) FROM waitingroom.ticket");
    Citizen oneForTwo = acting(one, two);
    Citizen twoForOne = acting(two, one);
    String first = one.join().must(200).text("number");
    String second = two.join().must(200).text("number");
    assertThat(twoForOne.join().must(200).text("number")).isEqualTo(first).isNotEqualTo(second);
    assertThat(oneForTwo.join().must(200).text("number")).isEqualTo(second);
    assertThat(Books.of(naru).number("SELECT count(*) FROM waitingroom.ticket") - before)
        .isEqualTo(2);
    enter(one, code(one)).refusedAs(409, "helping-self");

    // A code that a helper asks for is the helper's own.
    String code = code(oneForTwo);
    Citizen third = helper(naru);
    Citizen thirdActs = third.acting(enter(third, code).must(201).text("helping"));
    assertThat(thirdActs.join().must(200).text("number")).isEqualTo(first);
    twoForOne.me().refusedAs(403, "helping-over");
  }

  @Test
  void thePersonAndTheHelperTogetherHaveOneAppointment(NaruProcess naru) {
    Citizen person = Citizen.anybody(naru.uri(), FAMILY).admitted();
    Citizen acting = acting(helper(naru), person);
    acting.join().must(200);
    acting.admission().refusedAs(409, "pass-elsewhere");
    person.atAnotherDevice().verify().refusedAs(409, "session-elsewhere");

    String slot = person.freeSlots(1).getFirst();
    person.call("DELETE", "/helper", Map.of()).must(204);
    Citizen again = acting(helper(naru), person);
    again.join().must(200);
    person.logOut().must(204);
    again.waitUntilCalled();
    person.verify().must(200);
    List<CompletableFuture<Answer>> asked =
        List.of(again.bookAsync(UUID.randomUUID(), slot), again.bookAsync(UUID.randomUUID(), slot));
    assertThat(asked.stream().map(CompletableFuture::join).map(Answer::label))
        .containsExactlyInAnyOrder("201", "409 already-booked");
    assertThat(person.me().must(200).body().path("appointments")).hasSize(1);
  }

  /// Bypass: one who collects the codes of a hundred people.
  @Test
  void aHoarderHelpsNoMoreThanTheCampaignAllows(NaruProcess naru) {
    Citizen hoarder = helper(naru);
    List<Citizen> people = new ArrayList<>();
    for (int i = 0; i <= MOST; i++) {
      people.add(person(naru));
    }
    for (Citizen each : people.subList(0, MOST)) {
      enter(hoarder, code(each)).must(201);
    }
    String code = code(people.getLast());
    assertThat(enter(hoarder, code).refusedAs(409, "helping-people").body().path("most").asInt())
        .isEqualTo(MOST);
    people.getFirst().call("DELETE", "/helper", Map.of()).must(204);
    enter(hoarder, code).refusedAs(409, "helping-people");
    enter(hoarder, code(people.getFirst())).must(201);
    enter(helper(naru), code).must(201);
  }

  @Test
  void staffHelpAnyNumberAndOthersNobodyWhereTheCampaignSaysSo(NaruProcess naru) {
    String code = code(verified(naru, OFFICE, "박복순"));
    enter(verified(naru, OFFICE, "이도움"), code).refusedAs(403, "helping-staff-only");
    enter(member(), code).must(201);
    for (int i = 0; i < 2 * MOST; i++) {
      Citizen caller = verified(naru, OFFICE, "박복순");
      Citizen acting = acting(staff, caller);
      String number = acting.join().must(200).text("number");
      assertThat(caller.join().must(200).text("number")).isEqualTo(number);
      assertThat(caller.call("GET", "/helper", Map.of()).body().at("/helper/staff").asBoolean())
          .isTrue();
    }
  }

  @Test
  void aCallerWithoutADeviceIsHelpedThroughTheWholeJourney(NaruProcess naru) throws SQLException {
    Citizen caller = Citizen.anybody(naru.uri(), OFFICE);
    Citizen member = member();
    long sessions = Books.of(naru).number("SELECT count(*) FROM identity.session");
    String request = callFor(member);
    told(member, request, caller.withCi("unknown-" + caller.ci)).refusedAs(403, "not-verified");
    Answer begun = told(member, request, caller).must(201);
    assertThat(begun.headers().allValues("Set-Cookie")).as("no session of the caller").isEmpty();
    assertThat(begun.body().has("session")).isFalse();
    assertThat(begun.body().at("/person/maskedName").asText()).isEqualTo("박*순");

    Citizen acting = member.acting(begun.text("helping"));
    String number = acting.join().must(200).text("number");
    assertThat(member.join().must(200).text("number")).isNotEqualTo(number);
    acting.waitUntilCalled();
    UUID id = UUID.randomUUID();
    acting.book(id, acting.freeSlots(1).getFirst()).must(201);
    assertThat(Books.of(naru).number("SELECT count(*) FROM identity.session")).isEqualTo(sessions);

    String keys = "encode(person, 'hex') || ' ' || encode(helper, 'hex')";
    String both =
        keys(
                naru,
                "SELECT %s FROM identity.helping WHERE id = '%s'".formatted(keys, begun.text("id")))
            .getFirst();
    assertThat(
            keys(
                naru,
                "SELECT kind || ' ' || provider || ' ' || %s FROM identity.helping_event WHERE helping = '%s'"
                    .formatted(keys, begun.text("id"))))
        .containsExactly("8 quick " + both);
    assertThat(
            keys(
                naru,
                "SELECT kind || ' ' || %s FROM booking.helped_event WHERE appointment = '%s'"
                    .formatted(keys, id)))
        .containsExactly("1 " + both);

    // The caller finds a device after all: number and appointment are theirs, and they end it.
    caller.verifyAs("박복순").must(200);
    assertThat(caller.join().must(200).text("number")).isEqualTo(number);
    assertThat(caller.me().must(200).body().path("appointments")).hasSize(1);
    Answer helper = caller.call("GET", "/helper", Map.of()).must(200);
    assertThat(helper.body().at("/helper/maskedName").asText()).isEqualTo("한*담");
    assertThat(helper.body().at("/helper/staff").asBoolean()).isTrue();
    caller.call("DELETE", "/helper", Map.of()).must(204);
    acting.me().refusedAs(403, "helping-over");
    told(member, request, caller).refusedAs(403, "helping-over");
  }

  @Test
  void theSessionOfACallerGoesOnWhileStaffHelp(NaruProcess naru) {
    Citizen caller = verified(naru, OFFICE, "박복순");
    Citizen member = member();
    Citizen acting = member.acting(told(member, callFor(member), caller).must(201).text("helping"));
    acting.me().must(200);
    caller.me().must(200);
    caller.atAnotherDevice().verify().refusedAs(409, "session-elsewhere");
  }

  @Test
  void callersAreVerifiedByStaffOnlyAndForNothingButHelping(NaruProcess naru) {
    Citizen caller = Citizen.anybody(naru.uri(), OFFICE);
    Citizen member = member();
    String start = "/helpings/callers/quick/start";
    verified(naru, OFFICE, "이도움").call("POST", start, Map.of()).refusedAs(403, "helping-not-staff");
    helper(naru).call("POST", start, Map.of()).refusedAs(403, "helping-not-staff");
    verified(naru, SharedNaru.OPEN, "이도움")
        .call("POST", start, Map.of())
        .refusedAs(403, "helping-forbidden");
    caller.call("POST", start, Map.of()).refusedAs(401, "unauthenticated");
    member
        .call("POST", "/helpings/callers/no-such/start", Map.of())
        .refusedAs(404, "provider-unknown");
    told(verified(naru, OFFICE, "이도움"), callFor(member), caller)
        .refusedAs(403, "helping-not-staff");

    // What a caller confirms is that they are helped, never a session; nor the other way round.
    caller.complete(callFor(member)).refusedAs(403, "request-forged");
    member.at(session(member)).complete(callFor(member)).refusedAs(403, "request-forged");
    told(member, member.start().must(200).text("request"), caller).refusedAs(403, "request-forged");
    told(member, callFor(member), staff).refusedAs(409, "helping-self");
  }

  /// The id of a session, as anybody can read it in their paper.
  private static UUID session(Citizen citizen) {
    ByteBuffer paper = ByteBuffer.wrap(Base64.getUrlDecoder().decode(citizen.session()));
    return new UUID(paper.getLong(22), paper.getLong(30));
  }

  @Test
  void aPersonHasOneHelperAtATime(NaruProcess naru) {
    Citizen person = person(naru);
    Citizen first = acting(helper(naru), person);
    Citizen second = acting(helper(naru), person);
    first.me().refusedAs(403, "helping-over");
    second.me().must(200);
  }
}
