package dev.naru.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedNaru.class)
class LastDosesTest {
  private static final int PEOPLE = 500;

  @Test
  void fiveHundredPeopleForTheLastTenDoses(NaruProcess naru) throws SQLException {
    List<Citizen> people = SharedNaru.admitted(naru, SharedNaru.OPEN, PEOPLE);
    String slot = people.getFirst().freeSlots(1, SharedNaru.CAPACITY).getFirst();

    List<CompletableFuture<Answer>> asked =
        people.stream().map(person -> person.bookAsync(UUID.randomUUID(), slot)).toList();
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      answers.add(decided(people.get(i), slot, asked.get(i).join()));
    }

    Map<String, Long> labels =
        answers.stream().collect(Collectors.groupingBy(Answer::label, Collectors.counting()));
    assertThat(labels)
        .isEqualTo(
            Map.of(
                "201",
                (long) SharedNaru.CAPACITY,
                "409 slot-full",
                (long) PEOPLE - SharedNaru.CAPACITY));
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 409)
        .allSatisfy(answer -> answer.refusedAs(409, "slot-full"))
        .allSatisfy(answer -> assertThat(answer.body().path("alternatives")).isNotEmpty());
    Books books = Books.of(naru);
    assertThat(books.booked(slot)).isEqualTo(SharedNaru.CAPACITY);
    assertThat(books.faults()).isEmpty();
  }

  /// A program that was just started sends some of so many at once away; they come back as told.
  private static Answer decided(Citizen person, String slot, Answer first) {
    Answer answer = first;
    for (int tries = 0; answer.label().equals("503 overloaded"); tries++) {
      assertThat(tries).as("%s", answer).isLessThan(300);
      NaruProcess.pause(Duration.ofMillis(100));
      answer = person.book(UUID.randomUUID(), slot);
    }
    return answer;
  }
}
