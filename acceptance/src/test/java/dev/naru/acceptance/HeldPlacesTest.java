package dev.naru.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Holds, the waitlist, freed doses, later doses and moves, over HTTP on the running program.
@ExtendWith(SharedNaru.class)
class HeldPlacesTest {
  /// Holds of minutes and a waitlist.
  private static final String PLACES = "places";

  /// Holds of seconds, and doses that come back late.
  private static final String BRIEF = "brief";

  private static final Duration HOLD = Duration.ofSeconds(2);
  private static final Duration RETURN = Duration.ofSeconds(2);

  /// Long enough for a slow machine to accept in, as somebody has to wait for its end.
  private static final Duration ACCEPT = Duration.ofSeconds(5);

  private static final int CHANGES = 3;
  private static final LocalDate MONDAY =
      CampaignYaml.now().toLocalDate().with(TemporalAdjusters.next(DayOfWeek.MONDAY));
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /// Slots that a test has used are not free for the next.
  private static final List<String> USED = new ArrayList<>();

  /// Product `one` has one place in each half hour; of `two`, with five, the second dose is booked
  /// by itself, two or three days after the first. First doses are given from a Monday to
  /// Wednesday, so that many sites are open on whatever day this test runs.
  private static String yaml(String id, String terms) {
    return new CampaignYaml(id, CampaignYaml.now().minusMinutes(1), 600_000, 1, 1, 3)
        .text()
        .replaceFirst(
            "  - \\{id: mrna.*",
            """
              - {id: one, name: {ko: 한 번, en: One}}
              - {id: two, name: {ko: 두 번, en: Two}, doses: 2, intervalDays: 3, earliestDays: 2,\
             latestDays: 3}\
            """)
        .replaceFirst(
            "supply:\n  from: .*\n  to: .*",
            "supply:\n  from: %s\n  to: %s".formatted(day(1), day(3)))
        .replaceFirst("perHalfHour: .*", "perHalfHour: {one: 1, two: 5}")
        .concat("appointments: " + terms + "\n");
  }

  @BeforeAll
  static void apply(NaruProcess naru) {
    naru.apply(
        yaml(
            PLACES,
            "{hold: 5m, waitlist: %ds, changesPerDay: %d}".formatted(ACCEPT.toSeconds(), CHANGES)));
    naru.apply(
        yaml(
            BRIEF,
            "{hold: %ds, returnDelay: %ds}".formatted(HOLD.toSeconds(), RETURN.toSeconds())));
    Citizen first = anybody(naru, BRIEF);
    until(() -> first.start().status() == 200 && first.status().status() == 200);
  }

  @AfterAll
  static void countersAreWhatTheRowsSay(NaruProcess naru) throws SQLException {
    assertThat(Books.of(naru).faults()).isEmpty();
  }

  private static Citizen anybody(NaruProcess naru, String campaign) {
    return Citizen.anybody(naru.uri(), campaign);
  }

  private static Citizen admitted(NaruProcess naru, String campaign) {
    return anybody(naru, campaign).admitted();
  }

  private static void until(BooleanSupplier it) {
    long since = System.nanoTime();
    while (!it.getAsBoolean()) {
      assertThat(System.nanoTime() - since).as("waited").isLessThan(LIMIT.toNanos());
      NaruProcess.pause(Duration.ofMillis(100));
    }
  }

  /// A slot, and where and when it is.
  private record Found(String slot, String site, OffsetDateTime startsAt) {
    LocalDate day() {
      return startsAt.toLocalDate();
    }
  }

  /// Slots of a product on a day that no other test has used, site by site.
  private static List<Found> free(Citizen citizen, String product, LocalDate day, int least) {
    List<Found> found = new ArrayList<>();
    String dose = day.isAfter(day(3)) ? "&dose=2" : "";
    String query = "?product=%s&from=%s&to=%s%s".formatted(product, day, day, dose);
    for (JsonNode site : citizen.sites(query).must(200).body().path("sites")) {
      String id = site.path("id").asText();
      for (JsonNode slot : citizen.slots(id, day).must(200).body().path("slots")) {
        String name = slot.path("slot").asText();
        if (slot.path("product").asText().equals(product)
            && slot.path("free").asInt() > 0
            && !USED.contains(name)) {
          found.add(new Found(name, id, OffsetDateTime.parse(slot.path("startsAt").asText())));
        }
      }
      if (found.size() >= least) {
        found.subList(0, least).forEach(each -> USED.add(each.slot()));
        return found.subList(0, least);
      }
    }
    throw new AssertionError("only " + found.size() + " slots of " + product + " on " + day);
  }

  /// @param day 1 for Monday
  private static LocalDate day(int day) {
    return MONDAY.plusDays(day - 1);
  }

  private static List<String> slots(Citizen citizen, int least) {
    return free(citizen, "one", day(1), least).stream().map(Found::slot).toList();
  }

  private static Answer hold(Citizen citizen, String slot) {
    return citizen.call("PUT", "/hold", Map.of("slot", slot));
  }

  private static UUID booked(Citizen citizen, String slot) {
    UUID id = UUID.randomUUID();
    citizen.book(id, slot).must(201);
    return id;
  }

  @Test
  void aHoldKeepsAPlaceForOnePersonWhoBooksIt(NaruProcess naru) {
    Citizen owner = admitted(naru, PLACES);
    Citizen other = admitted(naru, PLACES);
    List<String> slots = slots(owner, 2);
    Answer held = hold(owner, slots.get(0)).must(200);
    assertThat(held.text("slot")).isEqualTo(slots.get(0));
    assertThat(hold(owner, slots.get(0)).must(200).text("until"))
        .as("asking again does not make it longer")
        .isEqualTo(held.text("until"));

    hold(other, slots.get(0)).refusedAs(409, "slot-full");
    Answer full = other.book(UUID.randomUUID(), slots.get(0)).refusedAs(409, "slot-full");
    assertThat(full.body().path("alternatives")).isNotEmpty();

    hold(owner, slots.get(1)).must(200);
    assertThat(owner.me().body().at("/hold/slot").asText()).isEqualTo(slots.get(1));
    until(() -> hold(other, slots.get(0)).status() == 200);
    other.call("DELETE", "/hold", Map.of()).must(204);
    other.call("DELETE", "/hold", Map.of()).must(204);

    UUID id = booked(owner, slots.get(1));
    assertThat(owner.book(id, slots.get(1)).must(200).text("state")).isEqualTo("booked");
    assertThat(owner.me().body().path("hold").isNull()).isTrue();
    hold(owner, slots.get(1)).refusedAs(409, "already-booked");
  }

  @Test
  void holdsSurviveKill9AndEndByThemselves(NaruProcess naru) throws SQLException {
    Citizen owner = admitted(naru, PLACES);
    Citizen slow = admitted(naru, BRIEF);
    String kept = slots(owner, 1).getFirst();
    String brief = slots(slow, 1).getFirst();
    Answer held = hold(owner, kept).must(200);
    hold(slow, brief).must(200);

    naru.kill9();
    naru.serve();
    assertThat(Books.of(naru).booked(kept)).isEqualTo(1);
    assertThat(owner.me().body().at("/hold/until").asText()).isEqualTo(held.text("until"));
    admitted(naru, PLACES).book(UUID.randomUUID(), kept).refusedAs(409, "slot-full");
    booked(owner, kept);

    Citizen other = admitted(naru, BRIEF);
    until(() -> other.book(UUID.randomUUID(), brief).status() == 201);
    assertThat(slow.me().body().path("hold").isNull()).isTrue();
    slow.book(UUID.randomUUID(), brief).refusedAs(409, "slot-full");
  }

  @Test
  void freedDosesComeBackAtRandomMoments(NaruProcess naru) throws SQLException {
    List<Citizen> people = SharedNaru.admitted(naru, BRIEF, 6);
    List<Found> slots = free(people.getFirst(), "one", day(1), 6);
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < people.size(); i++) {
      ids.add(booked(people.get(i), slots.get(i).slot()));
    }
    for (int i = 0; i < people.size(); i++) {
      people.get(i).cancel(ids.get(i)).must(200);
    }
    String moments =
        slots.stream()
            .map(Found::slot)
            .collect(
                Collectors.joining(
                    ",", "SELECT count(DISTINCT until) FROM booking.held WHERE slot IN (", ")"));
    assertThat(Books.of(naru).number(moments)).isGreaterThan(2);
    Citizen finder = admitted(naru, BRIEF);
    until(() -> slots.stream().allMatch(slot -> isFree(finder, slot)));
  }

  /// As search shows it.
  private static boolean isFree(Citizen finder, Found wanted) {
    for (JsonNode slot : finder.slots(wanted.site(), wanted.day()).body().path("slots")) {
      if (slot.path("slot").asText().equals(wanted.slot())) {
        return slot.path("free").asInt() > 0;
      }
    }
    return false;
  }

  private static Answer waitFor(Citizen citizen, List<String> sites, LocalDate to) {
    return citizen.call(
        "PUT",
        "/waitlist",
        Map.of("sites", sites, "from", day(1).toString(), "to", to.toString(), "product", "one"));
  }

  private static boolean isOffered(Citizen citizen) {
    return !citizen.call("GET", "/waitlist", Map.of()).body().path("offer").isMissingNode();
  }

  private static Answer accept(Citizen citizen, UUID id) {
    return citizen.call("PUT", "/waitlist/acceptance", Map.of("id", id.toString()));
  }

  @Test
  void aFreedDoseIsOfferedInTheOrderOfTheLine(NaruProcess naru) {
    Citizen first = admitted(naru, PLACES);
    Citizen second = admitted(naru, PLACES);
    Citizen holder = admitted(naru, PLACES);
    Found wanted = free(first, "one", day(2), 1).getFirst();
    UUID appointment = booked(holder, wanted.slot());
    List<String> sites = new ArrayList<>(List.of(wanted.site()));
    first
        .sites("")
        .must(200)
        .body()
        .path("sites")
        .forEach(site -> sites.add(site.path("id").asText()));
    List<String> five = sites.stream().distinct().limit(5).toList();

    waitFor(first, sites.stream().distinct().limit(6).toList(), day(3)).refusedAs(400, "malformed");
    waitFor(holder, five, day(3)).refusedAs(409, "already-booked");
    assertThat(waitFor(second, five, day(2)).must(200).body().path("sites")).hasSize(5);
    waitFor(first, List.of(wanted.site()), day(3)).must(200);
    holder.cancel(appointment).must(200);

    until(() -> isOffered(first));
    assertThat(isOffered(second)).isFalse();
    holder.book(UUID.randomUUID(), wanted.slot()).refusedAs(409, "slot-full");
    accept(second, UUID.randomUUID()).refusedAs(409, "no-offer");

    until(() -> isOffered(second));
    first.call("GET", "/waitlist", Map.of()).refusedAs(404, "not-waiting");
    UUID id = UUID.randomUUID();
    assertThat(accept(second, id).must(201).text("slot")).isEqualTo(wanted.slot());
    accept(second, id).must(200);
    second.call("GET", "/waitlist", Map.of()).refusedAs(404, "not-waiting");
    assertThat(second.me().body().at("/appointments/0/slot").asText()).isEqualTo(wanted.slot());
  }

  @Test
  void whoChangesTooOftenInADayHasToWaitForTheNext(NaruProcess naru) {
    Citizen restless = admitted(naru, PLACES);
    String slot = free(restless, "two", day(1), 1).getFirst().slot();
    for (int i = 0; i < CHANGES; i++) {
      restless.cancel(booked(restless, slot)).must(200);
    }
    restless.book(UUID.randomUUID(), slot).refusedAs(409, "too-many-changes");
    hold(restless, slot).refusedAs(409, "too-many-changes");
  }

  /// The first doses of this campaign end on the third day; the second ones go on.
  @Test
  void aLaterDoseIsBookedAndMovedWithinItsInterval(NaruProcess naru) {
    Citizen citizen = admitted(naru, PLACES);
    Found soon = free(citizen, "two", day(2), 1).getFirst();
    UUID second = UUID.randomUUID();
    citizen.book(second, soon.slot(), 2).refusedAs(409, "dose-before-missing");
    UUID first = booked(citizen, free(citizen, "two", day(1), 1).getFirst().slot());

    Answer tooSoon = citizen.book(second, soon.slot(), 2).refusedAs(409, "outside-interval");
    assertThat(tooSoon.text("from")).isEqualTo(day(3).toString());
    assertThat(tooSoon.text("to")).isEqualTo(day(4).toString());
    Found right = free(citizen, "two", day(3), 1).getFirst();
    assertThat(citizen.book(second, right.slot(), 2).must(201).body().path("dose").asInt())
        .isEqualTo(2);
    citizen.book(second, right.slot(), 2).must(200);

    assertThat(citizen.sites("?from=%1$s&to=%1$s".formatted(day(4))).body().path("sites"))
        .as("without the dose: days of first doses")
        .isEmpty();
    Found last = free(citizen, "two", day(4), 40).getLast();
    assertThat(last.site()).isNotEqualTo(right.site());
    citizen.move(second, last.slot()).must(200);
    assertThat(citizen.read(second).must(200).text("slot")).isEqualTo(last.slot());
    citizen
        .move(second, free(citizen, "two", day(5), 1).getFirst().slot())
        .refusedAs(409, "outside-interval");
    citizen.move(second, soon.slot()).refusedAs(409, "outside-interval");
    assertThat(citizen.read(second).must(200).text("slot")).isEqualTo(last.slot());
    assertThat(citizen.read(first).must(200).text("state")).isEqualTo("booked");
  }

  @Test
  void ofTwoHundredWhoMoveToFivePlacesFiveGetOneAndNobodyLosesTheirs(NaruProcess naru)
      throws SQLException {
    List<Citizen> people = SharedNaru.admitted(naru, BRIEF, 200);
    List<String> slots =
        free(people.getFirst(), "two", day(1), 41).stream().map(Found::slot).toList();
    String wanted = slots.getLast();
    List<UUID> ids = people.stream().map(_ -> UUID.randomUUID()).toList();
    atOnce(people, (person, i) -> person.book(ids.get(i), slots.get(i / 5)))
        .forEach(answer -> assertThat(answer.status()).isIn(200, 201));

    List<Answer> answers = atOnce(people, (person, i) -> person.move(ids.get(i), wanted));
    assertThat(
            answers.stream().collect(Collectors.groupingBy(Answer::label, Collectors.counting())))
        .isEqualTo(Map.of("200", 5L, "409 slot-full", 195L));
    for (int i = 0; i < people.size(); i++) {
      String expected = answers.get(i).status() == 200 ? wanted : slots.get(i / 5);
      assertThat(people.get(i).read(ids.get(i)).must(200).text("slot")).isEqualTo(expected);
    }
    assertThat(Books.of(naru).booked(wanted)).isEqualTo(5);
  }

  private interface Wish {
    Answer ask(Citizen person, int index);
  }

  /// Everybody at the same time; whoever hears that too many come asks the same again.
  private static List<Answer> atOnce(List<Citizen> people, Wish wish) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Answer>> asked =
          IntStream.range(0, people.size())
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> untilDecided(people.get(i), i, wish), threads))
              .toList();
      return asked.stream().map(CompletableFuture::join).toList();
    }
  }

  private static Answer untilDecided(Citizen person, int index, Wish wish) {
    Answer answer = wish.ask(person, index);
    for (int tries = 0; answer.status() == 503; tries++) {
      assertThat(tries).as("%s", answer).isLessThan(300);
      NaruProcess.pause(Duration.ofMillis(200));
      answer = wish.ask(person, index);
    }
    return answer;
  }
}
