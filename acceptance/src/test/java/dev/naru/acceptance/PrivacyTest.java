package dev.naru.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Looks for names, phones and connecting information wherever a whole run has left something: in
/// the log, the metrics, every table, and every byte of the data folder.
@ExtendWith(SharedNaru.class)
class PrivacyTest {
  /// What one person typed; each value is found nowhere else.
  private record Person(String name, String phone, String ci) {
    static Person number(int number) {
      return new Person(
          "남궁나루" + "가나다라마".charAt(number),
          "0107391846" + number,
          "CI+" + UUID.randomUUID() + "/" + UUID.randomUUID() + "==");
    }

    Map<String, String> form(String request, String birthDate) {
      return Map.of(
          "request", request, "name", name, "birthDate", birthDate, "phone", phone, "ci", ci);
    }

    List<String> secrets() {
      return List.of(name, phone, ci);
    }
  }

  @Test
  void nothingPersonalIsLeftInTheClear(NaruProcess naru) throws SQLException {
    List<Person> people = Stream.of(0, 1, 2, 3, 4).map(Person::number).toList();
    people.forEach(person -> wholeJourney(naru, person));
    String site = Books.of(naru).texts("SELECT name FROM booking.site LIMIT 1").getFirst();

    Traces left = Traces.of(naru);
    assertThat(left.places(List.of(site)))
        .as("a site's name is in the tables and on the disk")
        .contains("table booking.site")
        .anyMatch(place -> place.startsWith("file "));
    assertThat(left.places(List.of("campaigns are served"))).contains("log");
    assertThat(left.places(List.of("naru_sessions"))).contains("metrics");

    for (Person person : people) {
      assertThat(left.places(person.secrets())).as("places that name %s", person).isEmpty();
    }
  }

  /// Everything that a person can do, mistakes included.
  private static void wholeJourney(NaruProcess naru, Person person) {
    Http http = new Http(naru.uri());
    String birth = Citizen.bornFor(35).toString();
    Citizen citizen = new Citizen(naru.uri(), SharedNaru.OPEN, person.ci(), Citizen.bornFor(35));
    String request = citizen.start().must(200).text("request");
    String complete = "/api/v1/identity/quick/complete";
    http.send("POST", complete, person.form(request, "1990-02-30"), Map.of()).must(400);
    http.send("POST", complete, person.form(request + "x", birth), Map.of());
    http.send("POST", "/api/v1/identity/none/complete", person.form(request, birth), Map.of());
    Answer verified = http.send("POST", complete, person.form(request, birth), Map.of()).must(200);
    String elsewhere = citizen.atAnotherDevice().start().must(200).text("request");
    http.send("POST", complete, person.form(elsewhere, birth), Map.of()).must(409);

    Citizen known = citizen.with(verified.text("session"), null);
    known.join().must(200);
    known.waitUntilCalled();
    UUID id = UUID.randomUUID();
    known.book(id, known.freeSlots(1).getFirst()).must(201);
    known.me().must(200);
    known.calendar(id).must(200);
    known.cancel(id).must(200);
    known.logOut();
  }
}
