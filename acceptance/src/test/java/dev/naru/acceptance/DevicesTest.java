package dev.naru.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedNaru.class)
class DevicesTest {
  private static final int RACES = 200;
  private static final int LEASE_SECONDS = 600;

  @Test
  void onePersonFromTwoDevices(NaruProcess naru) {
    Citizen phone = Citizen.anybody(naru.uri(), SharedNaru.LATER);
    phone.verify().must(200);
    String number = phone.join().must(200).text("number");

    Citizen computer = phone.atAnotherDevice();
    Answer refusal = computer.verify().refusedAs(409, "session-elsewhere");
    assertThat(refusal.body().path("secondsLeft").asInt()).isBetween(1, LEASE_SECONDS);

    phone.logOut().must(204);
    phone.me().refusedAs(401, "unauthenticated");
    computer.verify().must(200);
    assertThat(computer.join().must(200).text("number")).isEqualTo(number);
    phone.verify().refusedAs(409, "session-elsewhere");
  }

  /// Bypass B9.
  @Test
  void ofTwoDevicesAtTheSameInstantExactlyOneWins(NaruProcess naru) {
    for (int race = 0; race < RACES; race++) {
      Citizen phone = Citizen.anybody(naru.uri(), SharedNaru.LATER);
      Citizen computer = phone.atAnotherDevice();
      String phoneRequest = phone.start().must(200).text("request");
      String computerRequest = computer.start().must(200).text("request");
      List<CompletableFuture<Answer>> asked =
          List.of(phone.completeAsync(phoneRequest), computer.completeAsync(computerRequest));
      assertThat(asked.stream().map(CompletableFuture::join).map(Answer::label))
          .containsExactlyInAnyOrder("200", "409 session-elsewhere");
    }
  }

  /// Bypass B8.
  @Test
  void manyTabsAndSessionsOfOnePersonHaveOneNumber(NaruProcess naru) throws SQLException {
    Citizen citizen = Citizen.anybody(naru.uri(), SharedNaru.LATER);
    long before = tickets(naru);
    citizen.verify().must(200);
    Stream<String> tabs =
        Stream.generate(() -> CompletableFuture.supplyAsync(citizen::join))
            .limit(30)
            .toList()
            .stream()
            .map(tab -> tab.join().must(200).text("number"));
    assertThat(tabs.distinct()).hasSize(1);
    Citizen latest = citizen;
    for (int device = 0; device < 5; device++) {
      latest.logOut().must(204);
      latest = latest.atAnotherDevice();
      latest.verify().must(200);
      latest.join().must(200);
    }
    assertThat(tickets(naru) - before).isEqualTo(1);
  }

  private static long tickets(NaruProcess naru) throws SQLException {
    return Books.of(naru).number("SELECT count(*) FROM waitingroom.ticket");
  }
}
