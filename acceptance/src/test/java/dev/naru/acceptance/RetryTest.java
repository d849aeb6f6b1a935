package dev.naru.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedNaru.class)
class RetryTest {
  @Test
  void theSameAppointmentIdRetried(NaruProcess naru) {
    Citizen citizen = Citizen.anybody(naru.uri(), SharedNaru.OPEN).admitted();
    List<String> slots = citizen.freeSlots(2);
    UUID id = UUID.randomUUID();
    Answer first = citizen.book(id, slots.get(0)).must(201);
    assertThat(citizen.book(id, slots.get(0)).must(200).body()).isEqualTo(first.body());

    citizen.book(id, slots.get(1)).refusedAs(409, "id-reused");
    Citizen other = Citizen.anybody(naru.uri(), SharedNaru.OPEN).admitted();
    other.book(id, slots.get(0)).refusedAs(409, "id-reused");
    assertThat(other.me().body().path("appointments")).isEmpty();

    naru.kill9();
    naru.serve();
    assertThat(citizen.book(id, slots.get(0)).must(200).body()).isEqualTo(first.body());
    citizen.cancel(id).must(200);
    assertThat(citizen.book(id, slots.get(0)).must(200).text("state"))
        .as("a retry that comes late books nothing anew")
        .isEqualTo("cancelled");
  }

  @Test
  void fiftyRetriesAtOnceMakeOneAppointment(NaruProcess naru) throws SQLException {
    Citizen citizen = Citizen.anybody(naru.uri(), SharedNaru.OPEN).admitted();
    String slot = citizen.freeSlots(1).getFirst();
    long before = Books.of(naru).booked(slot);
    UUID id = UUID.randomUUID();
    List<Answer> answers =
        all(IntStream.range(0, 50).mapToObj(_ -> citizen.bookAsync(id, slot))).stream()
            .map(answer -> decided(citizen, id, slot, answer))
            .toList();
    assertThat(
            answers.stream().collect(Collectors.groupingBy(Answer::label, Collectors.counting())))
        .isEqualTo(Map.of("201", 1L, "200", 49L));
    assertThat(answers.stream().map(Answer::body).distinct()).hasSize(1);
    assertThat(Books.of(naru).booked(slot)).isEqualTo(before + 1);
    assertThat(Books.of(naru).faults()).isEmpty();
  }

  /// Bypass B10.
  @Test
  void ofManyBookingsOfOnePersonExactlyOneWins(NaruProcess naru) throws SQLException {
    for (int person = 0; person < 20; person++) {
      Citizen citizen = Citizen.anybody(naru.uri(), SharedNaru.OPEN).admitted();
      List<String> slots = citizen.freeSlots(10).subList(0, 10);
      List<Answer> answers =
          all(slots.stream().map(slot -> citizen.bookAsync(UUID.randomUUID(), slot)));
      assertThat(answers.stream().map(Answer::label).sorted().toList())
          .startsWith("201")
          .element(1)
          .isEqualTo("409 already-booked");
      assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
      assertThat(citizen.me().body().path("appointments")).hasSize(1);
    }
    assertThat(Books.of(naru).faults()).isEmpty();
  }

  /// A program that was just killed and started again may send some away; they come back.
  private static Answer decided(Citizen citizen, UUID id, String slot, Answer first) {
    Answer answer = first;
    for (int tries = 0; answer.label().equals("503 overloaded"); tries++) {
      assertThat(tries).as("%s", answer).isLessThan(300);
      NaruProcess.pause(Duration.ofMillis(100));
      answer = citizen.book(id, slot);
    }
    return answer;
  }

  private static List<Answer> all(Stream<CompletableFuture<Answer>> asked) {
    return asked.toList().stream().map(CompletableFuture::join).toList();
  }
}
