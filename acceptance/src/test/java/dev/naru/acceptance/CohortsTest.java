package dev.naru.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Bypass B11: who may book is decided by the day of birth, to the day, and by the lists of the
/// agency.
@ExtendWith(SharedNaru.class)
class CohortsTest {
  private static final String CAMPAIGN = "cohorts";
  private static final LocalDate FROM = LocalDate.of(1988, 2, 29);
  private static final LocalDate TO = LocalDate.of(2004, 2, 29);

  /// Now for those born on days that end in 9 or 8, later for the others.
  private static String yaml() {
    LocalDateTime now = CampaignYaml.now();
    return new CampaignYaml(CAMPAIGN, now, 600_000, 1, 2, 2)
        .text()
        .replaceFirst("born: .*", "born: {from: %s, to: %s}\n  not: [done]".formatted(FROM, TO))
        .replaceFirst("opensBefore: 24h", "opensBefore: 1m")
        .replaceFirst(
            "openPhase: .*",
            """
            lists:
              - {id: done, name: {ko: 이미 접종한 사람, en: vaccinated already}}
            windows:
              - {opens: %s, closes: %s, digits: [8, 9]}
              - {opens: %s, closes: %s, digits: [0, 1, 2, 3, 4, 5, 6, 7]}\
            """
                .formatted(
                    now.minusMinutes(1), now.plusHours(2), now.plusHours(3), now.plusHours(5)));
  }

  private static Citizen born(NaruProcess naru, LocalDate birth) {
    return new Citizen(naru.uri(), CAMPAIGN, "ci-" + UUID.randomUUID(), birth);
  }

  @Test
  void onlyTheRightCohortBooksAndTheOthersAreToldWhen(NaruProcess naru) {
    naru.apply(yaml());
    naru.awaitKnown(CAMPAIGN);
    Citizen vaccinated = born(naru, TO);
    isTurnedAway(vaccinated, "list-missing");
    naru.onData("lists", "import", CAMPAIGN, "done", vaccinatedAlready(naru, vaccinated));
    naru.await("the list is in force", () -> isTold(vaccinated, "listed"));
    isTurnedAway(vaccinated, "listed");
    assertThat(vaccinated.join().text("detail")).contains("vaccinated already");
    assertThat(naru.logText()).doesNotContain(vaccinated.ci);

    for (LocalDate right : new LocalDate[] {FROM, TO, LocalDate.of(2000, 2, 29)}) {
      Citizen citizen = born(naru, right).admitted();
      citizen.book(UUID.randomUUID(), citizen.freeSlots(1).getFirst()).must(201);
    }
    isTurnedAway(born(naru, FROM.minusDays(1)), "too-old");
    isTurnedAway(born(naru, TO.plusDays(1)), "too-young");

    Citizen notYet = born(naru, LocalDate.of(1990, 5, 10));
    isTurnedAway(notYet, "not-yet");
    Answer refusal = notYet.join();
    assertThat(refusal.body().at("/windows/0/cohorts").toString()).contains("0,1,2");
    assertThat(refusal.body().at("/windows/0/opens").asText()).contains("+09:00");
  }

  /// A list with one person on it, and how to say which column.
  private static String vaccinatedAlready(NaruProcess naru, Citizen citizen) {
    return naru.file("done.csv", "given,ci\n2021-06-01," + citizen.ci + "\n").toString();
  }

  private static boolean isTold(Citizen citizen, String reason) {
    return citizen.me().body().at("/eligibility/reason").asText().equals(reason);
  }

  @Test
  void aDayOfBirthThatDoesNotExistIsRefused(NaruProcess naru) {
    Citizen citizen = Citizen.anybody(naru.uri(), SharedNaru.OPEN);
    for (String birth : new String[] {"2001-02-29", "1800-01-01", "2999-01-01", "", "29.2.2000"}) {
      Answer answer = citizen.verifyBorn(birth).refusedAs(400, "malformed");
      assertThat(answer.text("field")).isEqualTo("birthDate");
    }
  }

  private static void isTurnedAway(Citizen citizen, String reason) {
    Answer verified = citizen.verify().must(200);
    assertThat(verified.body().at("/eligibility/eligible").asBoolean()).isFalse();
    assertThat(verified.body().at("/eligibility/reason").asText()).isEqualTo(reason);
    assertThat(citizen.join().refusedAs(403, "not-eligible").text("reason")).isEqualTo(reason);
    citizen.sites("").refusedAs(403, "not-eligible");
    citizen.book(UUID.randomUUID(), "1").refusedAs(403, "not-eligible");
  }
}
