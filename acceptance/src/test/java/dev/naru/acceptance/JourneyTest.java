package dev.naru.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.naru.rehearsal.crowd.Crowd;
import dev.naru.rehearsal.crowd.CrowdPlan;
import dev.naru.rehearsal.crowd.CrowdReport;
import dev.naru.rehearsal.crowd.Habits;
import dev.naru.rehearsal.crowd.Reservation;
import dev.naru.rehearsal.http.Call;
import dev.naru.rehearsal.http.CallReport;
import dev.naru.rehearsal.people.ArrivalCurve;
import dev.naru.rehearsal.people.BirthDates;
import dev.naru.rehearsal.people.Population;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JourneyTest {
  private static final String CAMPAIGN = "journey";
  private static final int PEOPLE = 2_000;
  private static final int BOOKED_BEFORE_THE_KILL = 300;
  private static final int SAMPLE = 40;
  private static final String TICKETS = "SELECT number || ' ' || person FROM waitingroom.ticket";

  @TempDir private Path folder;

  @Test
  void twoThousandPeopleGoThroughTheJourney() throws Exception {
    try (NaruProcess naru = NaruProcess.in(folder)) {
      naru.importNation(300);
      naru.serve();
      CampaignYaml campaign =
          new CampaignYaml(CAMPAIGN, CampaignYaml.now().plusSeconds(20), 30_000, 2, 2, 3);
      naru.apply(campaign.text());
      awaitCampaign(naru);
      CrowdPlan plan = plan(naru);
      Crowd crowd = Crowd.start(plan);

      awaitBooked(crowd, naru);
      naru.kill9();
      List<String> ticketsBefore = Books.of(naru).texts(TICKETS);
      long killed = System.nanoTime();
      naru.serve();
      double restartSeconds = (System.nanoTime() - killed) / 1e9;
      CrowdReport report = crowd.done().get(120, TimeUnit.SECONDS);

      writeFigures(report, restartSeconds);
      everybodyWasServed(report, naru);
      everyAcknowledgedBookingIsThere(report, Books.of(naru));
      everyNumberWasKept(report, ticketsBefore, Books.of(naru));
      peopleSeeWhatTheyWereTold(report, plan, campaign, naru);
      theDrawIsAsPublished(naru);
      assertThat(Books.of(naru).faults()).isEmpty();
      assertThat(naru.logText()).doesNotContain(" ERROR ");
      naru.stop();
    }
  }

  private static CrowdPlan plan(NaruProcess naru) {
    return CrowdPlan.of(naru.uri(), CAMPAIGN, PEOPLE)
        .withArrivals(ArrivalCurve.national(Duration.ofSeconds(15)))
        .withThinkMedian(Duration.ZERO)
        .withPatience(Duration.ofSeconds(60))
        .withHabits(new Habits(0.2, 0.05, 0.05, 0));
  }

  private static void awaitCampaign(NaruProcess naru) {
    Http http = new Http(naru.uri());
    for (int tries = 0; http.get("/api/v1/campaigns/" + CAMPAIGN).status() != 200; tries++) {
      assertThat(tries).as("a campaign is served within a second or two").isLessThan(50);
      NaruProcess.pause(Duration.ofMillis(100));
    }
  }

  private static void awaitBooked(Crowd crowd, NaruProcess naru) {
    long since = System.nanoTime();
    while (crowd.progress().booked() < BOOKED_BEFORE_THE_KILL) {
      if (System.nanoTime() - since > TimeUnit.SECONDS.toNanos(90)) {
        throw naru.failure("too few have booked: " + crowd.progress());
      }
      NaruProcess.pause(Duration.ofMillis(20));
    }
    assertThat(crowd.progress().left()).as("it is killed in the middle").isLessThan(PEOPLE / 2);
  }

  private static void everybodyWasServed(CrowdReport report, NaruProcess naru) {
    if (report.outcome().booked() != PEOPLE) {
      throw naru.failure("not everybody has booked: " + report.outcome() + report.errors());
    }
    assertThat(report.complete()).isTrue();
    assertThat(report.outcome().gaveUp()).isZero();
    assertThat(report.outcome().refused()).isEmpty();
    assertThat(report.errors()).isEmpty();
    assertThat(report.inconsistencies()).isEmpty();
    assertThat(report.reservations()).hasSize(PEOPLE);
  }

  private static void everyAcknowledgedBookingIsThere(CrowdReport report, Books books)
      throws SQLException {
    Map<String, String> rows =
        books.texts("SELECT id || ' ' || slot || ' ' || active FROM booking.appointment").stream()
            .map(row -> row.split(" ", 2))
            .collect(Collectors.toMap(row -> row[0], row -> row[1]));
    for (Reservation reservation : report.reservations()) {
      String row = rows.get(reservation.appointment());
      assertThat(row).as("%s", reservation).isNotNull();
      switch (reservation.state()) {
        case BOOKED, MOVED -> assertThat(row).isEqualTo(reservation.slot() + " true");
        case CANCELLED -> assertThat(row).endsWith(" false");
        case UNCERTAIN -> {}
      }
      assertThat(reservation.following()).as("the second dose").hasSize(1);
      assertThat(rows).containsKey(reservation.following().getFirst());
    }
    assertThat(rows).as("nobody has what they did not ask for").hasSize(2 * PEOPLE);
  }

  private static void everyNumberWasKept(
      CrowdReport report, List<String> ticketsBefore, Books books) throws SQLException {
    assertThat(ticketsBefore).hasSizeGreaterThan(BOOKED_BEFORE_THE_KILL);
    Set<String> tickets = new HashSet<>(books.texts(TICKETS));
    assertThat(tickets).hasSize(PEOPLE).containsAll(ticketsBefore);
    assertThat(report.numbers().stream().sorted().toList())
        .as("numbers as they were told to people: unique, and none is missing")
        .isEqualTo(IntStream.rangeClosed(1, PEOPLE).mapToObj(Long::valueOf).toList());
  }

  private static void peopleSeeWhatTheyWereTold(
      CrowdReport report, CrowdPlan plan, CampaignYaml campaign, NaruProcess naru) {
    BirthDates births = new BirthDates(campaign.bornFrom(), campaign.bornTo(), Set.of());
    Population population = new Population(plan.seed(), births, List.of());
    PublishedDraw draw = draw(status(naru));
    for (Reservation reservation : report.reservations().subList(0, SAMPLE)) {
      int index = reservation.person();
      Citizen citizen =
          new Citizen(
                  naru.uri(),
                  CAMPAIGN,
                  population.citizen(index).ci(),
                  population.citizen(index).birthDate())
              .at(population.device(index));
      citizen.verify().must(200);
      JsonNode me = citizen.me().must(200).body();
      long number = report.numbers().get(index);
      assertThat(me.at("/place/number").asLong()).isEqualTo(number);
      assertThat(citizen.join().body().path("place").asInt())
          .as("place as drawn from the published seed")
          .isEqualTo(draw.placeOf(Math.toIntExact(number)));
      JsonNode seen = citizen.read(UUID.fromString(reservation.appointment())).must(200).body();
      if (reservation.state() == Reservation.State.CANCELLED) {
        assertThat(seen.path("state").asText()).isEqualTo("cancelled");
      } else {
        assertThat(seen.path("slot").asText()).isEqualTo(reservation.slot());
        assertThat(seen.path("startsAt").asText()).isEqualTo(reservation.startsAt());
      }
    }
  }

  private static JsonNode status(NaruProcess naru) {
    return new Http(naru.uri()).get("/api/v1/campaigns/" + CAMPAIGN + "/line").must(200).body();
  }

  private static PublishedDraw draw(JsonNode status) {
    return new PublishedDraw(status.at("/draw/seed").asText(), status.at("/draw/size").asInt());
  }

  /// `naru draw verify` agrees with a draw made from the documentation, and finds two people who
  /// have changed places.
  private static void theDrawIsAsPublished(NaruProcess naru) throws SQLException {
    JsonNode status = status(naru);
    int size = status.at("/draw/size").asInt();
    assertThat(size).as("people in the lobby").isGreaterThan(PEOPLE / 4);
    PublishedDraw draw = draw(status);
    TreeMap<Integer, Integer> places = new TreeMap<>();
    for (String number : Books.of(naru).texts("SELECT number FROM waitingroom.ticket")) {
      places.put(Integer.valueOf(number), draw.placeOf(Integer.parseInt(number)));
    }
    Program.Ended right = verify(naru, status, places);
    assertThat(right.status()).as(right.toString()).isZero();
    assertThat(right.out()).contains("2,000 tickets");

    places.put(1, draw.placeOf(2));
    places.put(2, draw.placeOf(1));
    Program.Ended wrong = verify(naru, status, places);
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.err()).contains("number 1 has place").contains("number 2 has place");
  }

  private static Program.Ended verify(
      NaruProcess naru, JsonNode status, Map<Integer, Integer> places) {
    String dump =
        places.entrySet().stream()
            .map(entry -> "0,%d,%d".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("\n", "line,number,place\n", "\n"));
    return naru.command(
        "draw",
        "verify",
        "--commitment",
        status.at("/lobby/commitment").asText(),
        "--seed",
        status.at("/draw/seed").asText(),
        "--size",
        status.at("/draw/size").asText(),
        "--tickets",
        naru.file("tickets.csv", dump).toString());
  }

  private static void writeFigures(CrowdReport report, double restartSeconds) throws IOException {
    CallReport book = report.call(Call.BOOK);
    Map<String, Object> figures = new TreeMap<>();
    figures.put("people", PEOPLE);
    figures.put("seconds", report.seconds());
    figures.put("requests", report.outcome().requests());
    figures.put("restartSecondsAfterKill9", restartSeconds);
    figures.put("bookingsPerSecondInTheBusiestSecond", report.bookingsInBusiestSeconds(1));
    figures.put("bookingsPerSecondInTheFiveBusiestSeconds", report.bookingsInBusiestSeconds(5));
    figures.put("bookP50Millis", book.p50Micros() / 1_000.0);
    figures.put("bookP99Millis", book.p99Micros() / 1_000.0);
    figures.put("book", book);
    String json = Answer.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(figures);
    Files.writeString(Path.of("target/figures.json"), json);
    System.out.println("figures of the 2,000-person run: " + json);
  }
}
