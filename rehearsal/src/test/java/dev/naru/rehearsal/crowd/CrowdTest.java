package dev.naru.rehearsal.crowd;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.naru.rehearsal.http.Call;
import dev.naru.rehearsal.people.ArrivalCurve;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CrowdTest {
  private static CrowdPlan hasty(FakeNaru server, int people) {
    return CrowdPlan.of(server.address(), "autumn", people)
        .withArrivals(ArrivalCurve.national(Duration.ZERO))
        .withThinkMedian(Duration.ZERO)
        .withHabits(new Habits(0, 0, 0, 1));
  }

  private static CrowdReport run(CrowdPlan plan) throws Exception {
    try (Crowd crowd = Crowd.start(plan)) {
      return crowd.done().get(25, TimeUnit.SECONDS);
    }
  }

  @Test
  void everybodyIsBookedWhenThereIsRoomForAll() throws Exception {
    try (FakeNaru server = new FakeNaru(FakeNaru.Setting.roomy())) {
      CrowdReport report = run(hasty(server, 500));
      assertThat(report.complete()).isTrue();
      assertThat(report.outcome().booked()).isEqualTo(500);
      assertThat(report.errors()).isEmpty();
      assertThat(report.inconsistencies()).isEmpty();
      assertThat(report.reservations()).hasSize(500);
      assertThat(report.reservations())
          .allMatch(kept -> server.appointments.containsKey(kept.appointment()))
          .allMatch(
              kept -> kept.following().equals(List.of(FakeNaru.following(kept.appointment()))));
      assertThat(report.numbers()).doesNotHaveDuplicates().hasSize(500);
      assertThat(report.bookingsPerSecond().stream().mapToInt(Integer::intValue).sum())
          .isEqualTo(500);
      assertThat(report.call(Call.BOOK).count()).isEqualTo(500);
    }
  }

  @Test
  void nobodyLivesInACityBesideItsWards() throws Exception {
    try (FakeNaru server = new FakeNaru(FakeNaru.Setting.roomy())) {
      run(hasty(server, 50));
      assertThat(server.searched).contains("11010", "26010").doesNotContain("11000");
    }
  }

  @Test
  void peopleLiveWhereThePlanSays() throws Exception {
    try (FakeNaru server = new FakeNaru(FakeNaru.Setting.roomy())) {
      run(
          hasty(server, 50)
              .withHome(new CrowdPlan.Home(null, Map.of("11010", 0.0, "26010", 7.0)), 1));
      assertThat(server.searched).isNotEmpty().allMatch(region -> region.startsWith("26"));
    }
  }

  @Test
  void nobodyAsksAnythingAfterLeaving() throws Exception {
    try (FakeNaru server = new FakeNaru(FakeNaru.Setting.roomy())) {
      run(hasty(server, 300).withHabits(new Habits(0.3, 0.3, 0.3, 1)));
      assertThat(server.violations).isEmpty();
      Map<String, List<FakeNaru.Seen>> bySession =
          server.seen.stream()
              .filter(seen -> !seen.session().isEmpty())
              .collect(groupingBy(FakeNaru.Seen::session));
      assertThat(bySession).hasSize(300);
      assertThat(bySession.values())
          .allMatch(calls -> calls.getLast().path().equals("/api/v1/me/session"));
    }
  }

  @Test
  void aLobbyWaitsForTheDrawAndEverybodyLearnsTheirPlace() throws Exception {
    FakeNaru.Setting setting = new FakeNaru.Setting(20, 10, 50, 2_000, 2_000, 0.05, 0.2, Set.of());
    try (FakeNaru server = new FakeNaru(setting)) {
      CrowdReport report = run(hasty(server, 400).withLobbyShare(0.7));
      assertThat(report.outcome().booked()).isEqualTo(400);
      assertThat(server.members.values().stream().filter(member -> member.lobby).count())
          .isBetween(200L, 350L);
      assertThat(report.inconsistencies()).isEmpty();
    }
  }

  @Test
  void nobodyPollsSoonerThanTheServerAsks() throws Exception {
    FakeNaru.Setting setting = new FakeNaru.Setting(20, 10, 50, 2_000, 20, 0.3, 0.9, Set.of());
    try (FakeNaru server = new FakeNaru(setting)) {
      run(hasty(server, 1).withLobbyShare(1).withSharedStatus(false));
      List<Long> polls =
          server.seen.stream()
              .filter(seen -> seen.method().equals("GET") && seen.path().endsWith("/line"))
              .map(FakeNaru.Seen::nanos)
              .toList();
      assertThat(polls).hasSizeGreaterThan(2);
      for (int i = 1; i < polls.size(); i++) {
        assertThat(polls.get(i) - polls.get(i - 1))
            .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(295));
      }
    }
  }

  @Test
  void theStatusIsSharedAsBehindACdnUnlessToldOtherwise() throws Exception {
    FakeNaru.Setting setting = new FakeNaru.Setting(20, 10, 50, 0, 100, 0.1, 0.1, Set.of());
    try (FakeNaru server = new FakeNaru(setting)) {
      run(hasty(server, 200));
      assertThat(polls(server)).isLessThan(10);
    }
    try (FakeNaru server = new FakeNaru(setting)) {
      run(hasty(server, 200).withSharedStatus(false));
      assertThat(polls(server)).isGreaterThan(400);
    }
  }

  private static long polls(FakeNaru server) {
    return server.seen.stream()
        .filter(seen -> seen.method().equals("GET") && seen.path().endsWith("/line"))
        .count();
  }

  @Test
  void aRetryHasTheSameIdAndIsBookedOnce() throws Exception {
    try (FakeNaru server = new FakeNaru(FakeNaru.Setting.roomy())) {
      server.loseEvery = 17;
      server.refuseEvery = 23;
      CrowdReport report = run(hasty(server, 120));
      assertThat(report.outcome().booked()).isEqualTo(120);
      assertThat(server.violations).isEmpty();
      assertThat(server.appointments).hasSize(120);
      Map<String, List<FakeNaru.Seen>> byId =
          server.seen.stream()
              .filter(seen -> seen.method().equals("PUT"))
              .collect(groupingBy(FakeNaru.Seen::path));
      assertThat(byId).hasSize(120);
      assertThat(byId.values()).anyMatch(tries -> tries.size() > 1);
      assertThat(byId.values())
          .allMatch(tries -> tries.stream().map(FakeNaru.Seen::body).distinct().count() == 1);
    }
  }

  @Test
  void whoFindsTheSlotFullTakesAnAlternativeWithANewId() throws Exception {
    try (FakeNaru server = new FakeNaru(FakeNaru.Setting.roomy())) {
      server.sellsFirstChoiceElsewhere = true;
      CrowdReport report = run(hasty(server, 100));
      assertThat(report.outcome().booked()).isEqualTo(100);
      assertThat(report.call(Call.BOOK).answers()).containsKey("409 slot-full");
      assertThat(report.reservations()).allMatch(kept -> kept.slot().endsWith("-0"));
      assertThat(report.call(Call.BOOK).answers()).doesNotContainKey("409 id-reused");
    }
  }

  @Test
  void whenNothingIsLeftTheOthersGoHomeWithoutASlot() throws Exception {
    FakeNaru.Setting setting = new FakeNaru.Setting(2, 5, 5, 0, 1_000_000, 0.05, 0.1, Set.of());
    try (FakeNaru server = new FakeNaru(setting)) {
      CrowdReport report = run(hasty(server, 120));
      assertThat(report.outcome().booked()).isEqualTo(50);
      assertThat(report.outcome().noSlot()).isEqualTo(70);
      assertThat(server.booked.values()).allMatch(count -> count == 5);
    }
  }

  @Test
  void theCrowdSurvivesARestartOfTheServer() throws Exception {
    FakeNaru.Setting setting = new FakeNaru.Setting(20, 10, 50, 1_000, 400, 0.05, 0.3, Set.of());
    try (FakeNaru server = new FakeNaru(setting);
        Crowd crowd = Crowd.start(hasty(server, 600))) {
      while (crowd.progress().booked() < 50) {
        Thread.sleep(20);
      }
      server.kill();
      // Longer than the shared status lives.
      Thread.sleep(1_500);
      assertThat(crowd.done()).isNotDone();
      server.restart();
      CrowdReport report = crowd.done().get(25, TimeUnit.SECONDS);
      assertThat(report.outcome().booked()).isEqualTo(600);
      assertThat(report.inconsistencies()).isEmpty();
      assertThat(report.reservations())
          .allMatch(kept -> server.appointments.containsKey(kept.appointment()));
      assertThat(report.calls().values().stream())
          .anyMatch(call -> call.answers().containsKey("lost"));
    }
  }

  @Test
  void patienceEnds() throws Exception {
    try (FakeNaru server = new FakeNaru(FakeNaru.Setting.roomy());
        Crowd crowd =
            Crowd.start(
                hasty(server, 50)
                    .withPatience(Duration.ofMillis(600))
                    .withThinkMedian(Duration.ofMillis(400)))) {
      while (crowd.progress().admitted() < 50) {
        Thread.sleep(20);
      }
      server.kill();
      CrowdReport report = crowd.done().get(25, TimeUnit.SECONDS);
      assertThat(report.outcome().gaveUp() + report.outcome().booked()).isEqualTo(50);
      assertThat(report.outcome().gaveUp()).isPositive();
    }
  }

  @Test
  void movedAndCancelledAppointmentsAreReportedAsTheServerHasThem() throws Exception {
    try (FakeNaru server = new FakeNaru(FakeNaru.Setting.roomy())) {
      CrowdReport report = run(hasty(server, 200).withHabits(new Habits(1, 0.4, 0.4, 0)));
      assertThat(report.outcome().cancelled()).isBetween(40, 120);
      Set<Reservation.State> states = new HashSet<>();
      for (Reservation kept : report.reservations()) {
        states.add(kept.state());
        if (kept.state() == Reservation.State.CANCELLED) {
          assertThat(server.appointments).doesNotContainKey(kept.appointment());
        } else {
          assertThat(server.appointments.get(kept.appointment()))
              .extracting(FakeNaru.Booked::slot)
              .isEqualTo(kept.slot());
        }
      }
      assertThat(states)
          .containsExactlyInAnyOrder(
              Reservation.State.BOOKED, Reservation.State.MOVED, Reservation.State.CANCELLED);
    }
  }

  @Test
  void peopleAreOfTheCohortWhoseTurnItIs() throws Exception {
    FakeNaru.Setting setting = new FakeNaru.Setting(20, 10, 50, 0, 1_000_000, 0.05, 0.1, Set.of(3));
    try (FakeNaru server = new FakeNaru(setting)) {
      CrowdReport report = run(hasty(server, 100));
      assertThat(report.outcome().ineligible()).isZero();
      assertThat(server.members.values())
          .allMatch(member -> member.birthDate.getDayOfMonth() % 10 == 3);
    }
  }

  @Test
  void theSameSeedBringsTheSamePeople() throws Exception {
    Set<String> first = cisOf(7);
    assertThat(cisOf(7)).isEqualTo(first);
    assertThat(cisOf(8)).doesNotContainAnyElementsOf(first);
  }

  private static Set<String> cisOf(long seed) throws Exception {
    try (FakeNaru server = new FakeNaru(FakeNaru.Setting.roomy())) {
      run(hasty(server, 50).withSeed(seed));
      return Set.copyOf(server.members.keySet());
    }
  }

  @Test
  void stoppingEndsQuicklyAndReportsSoFar() throws Exception {
    FakeNaru.Setting setting = new FakeNaru.Setting(20, 10, 50, 0, 50, 0.05, 0.3, Set.of());
    try (FakeNaru server = new FakeNaru(setting);
        Crowd crowd = Crowd.start(hasty(server, 1_000))) {
      while (crowd.progress().booked() < 10) {
        Thread.sleep(20);
      }
      CrowdReport report = crowd.stop().get(1, TimeUnit.SECONDS);
      assertThat(report.complete()).isFalse();
      assertThat(report.outcome().booked()).isBetween(10, 999);
      int seen = server.seen.size();
      Thread.sleep(300);
      assertThat(server.seen.size() - seen).isLessThanOrEqualTo(64);
      assertThat(crowd.stop().get(1, TimeUnit.SECONDS)).isEqualTo(report);
    }
  }

  @Test
  void aServerThatIsNotThereIsSaid() {
    CrowdPlan plan =
        CrowdPlan.of(URI.create("http://127.0.0.1:1"), "autumn", 5).withPatience(Duration.ZERO);
    assertThatThrownBy(() -> run(plan)).hasMessageContaining("the campaign cannot be read: lost");
  }

  @Test
  void theReportIsJson() throws Exception {
    try (FakeNaru server = new FakeNaru(FakeNaru.Setting.roomy())) {
      JsonNode json = new ObjectMapper().readTree(run(hasty(server, 20)).toJson());
      assertThat(json.path("reservations")).hasSize(20);
      assertThat(json.path("numbers")).hasSize(20);
      assertThat(json.path("outcome").path("booked").asInt()).isEqualTo(20);
      assertThat(json.path("calls").path("book").path("p99Micros").asLong()).isPositive();
    }
  }
}
