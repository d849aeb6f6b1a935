package dev.naru.waitingroom.admission;

import static dev.naru.waitingroom.TestLine.CAMPAIGN;
import static dev.naru.waitingroom.TestLine.CLOSES;
import static dev.naru.waitingroom.TestLine.COHORT;
import static dev.naru.waitingroom.TestLine.OPENS;
import static dev.naru.waitingroom.TestLine.enter;
import static dev.naru.waitingroom.TestLine.joined;
import static dev.naru.waitingroom.TestLine.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperKind;
import dev.naru.waitingroom.TestLine;
import dev.naru.waitingroom.WaitingRoom;
import dev.naru.waitingroom.ticket.JoinResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class AdmissionsContract {
  private static final Duration PASS = Duration.ofMinutes(15);

  private final TestLine world;
  private WaitingRoom node;

  AdmissionsContract(TestLine.Home home) {
    world = new TestLine(home);
  }

  @BeforeEach
  void start() {
    node = world.node();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /// Opens the line and lets it run until everybody who joined before is called.
  private void callEverybody() {
    world.at(OPENS);
    node.tick();
    while (line(node).serving() < line(node).joined()) {
      world.tick(node, 1);
    }
  }

  @Test
  void aCalledPersonGetsAPassOfTheirSession() {
    Paper kim = world.session("Kim");
    String ticket = joined(node, kim).ticket();
    callEverybody();
    assertThat(enter(node, kim, ticket))
        .isInstanceOfSatisfying(
            AdmissionResult.Admitted.class,
            admitted -> {
              Paper pass = world.paper(PaperKind.PASS, admitted.pass());
              assertThat(pass.session()).isEqualTo(kim.session());
              assertThat(pass.person()).isEqualTo(kim.person());
              assertThat(pass.cohort()).isEqualTo(COHORT);
              assertThat(pass.number()).isEqualTo(1);
              assertThat(pass.expires()).isEqualTo(admitted.expires());
              assertThat(pass.expires()).isEqualTo(world.instant().plus(PASS));
            });
  }

  @Test
  void nobodyEntersBeforeTheOpeningOrBeforeTheirPlaceIsCalled() {
    Paper kim = world.session("Kim");
    String ticket = joined(node, kim).ticket();
    world.at(OPENS.minusMillis(50));
    assertThat(enter(node, kim, ticket)).isEqualTo(new AdmissionResult.NotCalled(0, 0, 2));
    for (int i = 0; i < 30; i++) {
      joined(node, world.session("early" + i));
    }
    world.at(OPENS);
    assertThat(enter(node, kim, ticket)).isInstanceOf(AdmissionResult.NotCalled.class);
    node.tick();
    Paper late = world.session("late");
    String lateTicket = joined(node, late).ticket();
    world.tick(node, 1);
    assertThat(enter(node, late, lateTicket)).isEqualTo(new AdmissionResult.NotCalled(32, 10, 2));
    world.tick(node, 3);
    assertThat(enter(node, late, lateTicket)).isInstanceOf(AdmissionResult.Admitted.class);
  }

  @Test
  void askingAgainDoesNotProlongAPass() {
    Paper kim = world.session("Kim");
    String ticket = joined(node, kim).ticket();
    callEverybody();
    AdmissionResult first = enter(node, kim, ticket);
    world.pass(Duration.ofMinutes(5));
    assertThat(enter(node, kim, ticket)).isEqualTo(first);
  }

  @Test
  void whoWasCalledMayEnterAgainUntilTheWindowCloses() {
    Paper kim = world.session("Kim");
    String ticket = joined(node, kim).ticket();
    callEverybody();
    enter(node, kim, ticket);
    world.pass(PASS);
    assertThat(enter(node, kim, ticket))
        .isInstanceOfSatisfying(
            AdmissionResult.Admitted.class,
            again -> assertThat(again.expires()).isEqualTo(world.instant().plus(PASS)));
    world.at(CLOSES.minusSeconds(30));
    assertThat(enter(node, kim, ticket))
        .isInstanceOfSatisfying(
            AdmissionResult.Admitted.class, last -> assertThat(last.expires()).isEqualTo(CLOSES));
    world.at(CLOSES);
    assertThat(enter(node, kim, ticket)).isEqualTo(new AdmissionResult.WindowClosed());
  }

  @Test
  void aSecondLiveSessionIsRefusedWhileThePassLasts() {
    Paper phone = world.session("Kim");
    Paper tablet = world.session("Kim");
    String ticket = joined(node, phone).ticket();
    callEverybody();
    enter(node, phone, ticket);
    world.pass(Duration.ofMinutes(5));
    assertThat(enter(node, tablet, ticket)).isEqualTo(new AdmissionResult.PassElsewhere(600));
    world.pass(Duration.ofMinutes(10));
    assertThat(enter(node, tablet, ticket)).isInstanceOf(AdmissionResult.Admitted.class);
    assertThat(enter(node, phone, ticket)).isEqualTo(new AdmissionResult.PassElsewhere(900));
  }

  @Test
  void aPersonWhoLoggedOutIsNotShutOutByTheirOldPass() {
    Paper phone = world.session("Kim");
    Paper tablet = world.session("Kim");
    String ticket = joined(node, phone).ticket();
    callEverybody();
    enter(node, phone, ticket);
    world.logOut(phone);
    assertThat(enter(node, tablet, ticket)).isInstanceOf(AdmissionResult.Admitted.class);
  }

  @Test
  void twoDevicesAtTheSameInstantOnTwoNodesGetOnePass() {
    try (WaitingRoom other = world.node()) {
      List<Paper> phones = new ArrayList<>();
      List<String> tickets = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        phones.add(world.session("p" + i));
        tickets.add(joined(node, phones.get(i)).ticket());
      }
      callEverybody();
      other.tick();
      List<CompletionStage<AdmissionResult>> answers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Paper tablet = world.session("p" + i);
        answers.add(node.admissions().enter(CAMPAIGN, phones.get(i), tickets.get(i)));
        answers.add(other.admissions().enter(CAMPAIGN, tablet, tickets.get(i)));
      }
      for (int i = 0; i < 200; i += 2) {
        List<AdmissionResult> pair =
            List.of(
                answers.get(i).toCompletableFuture().join(),
                answers.get(i + 1).toCompletableFuture().join());
        assertThat(pair).filteredOn(AdmissionResult.Admitted.class::isInstance).hasSize(1);
      }
    }
  }

  @Test
  void foreignAndForgedTicketsOpenNothing() {
    Paper kim = world.session("Kim");
    Paper lee = world.session("Lee");
    String ticket = joined(node, kim).ticket();
    String other = joined(node, lee).ticket();
    world.add("winter", 60);
    node.tick();
    Paper elsewhere = world.session("winter", "Kim", COHORT);
    String winter = joined(node, elsewhere).ticket();
    callEverybody();
    AdmissionResult invalid = new AdmissionResult.TicketInvalid();
    assertThat(enter(node, kim, other)).isEqualTo(invalid);
    assertThat(enter(node, kim, winter)).isEqualTo(invalid);
    assertThat(enter(node, kim, null)).isEqualTo(invalid);
    assertThat(enter(node, kim, ticket.substring(1))).isEqualTo(invalid);
    assertThat(enter(node, kim, world.papers().issue(kim))).isEqualTo(invalid);
    assertThat(node.admissions().enter(CAMPAIGN, elsewhere, winter).toCompletableFuture().join())
        .isEqualTo(new AdmissionResult.OtherCampaign());
    assertThat(node.admissions().enter("nowhere", kim, ticket).toCompletableFuture().join())
        .isEqualTo(new AdmissionResult.CampaignUnknown());
  }

  @Test
  void aTicketOfAnOlderSessionStillCounts() {
    String ticket = joined(node, world.session("Kim")).ticket();
    callEverybody();
    assertThat(enter(node, world.session("Kim"), ticket))
        .isInstanceOf(AdmissionResult.Admitted.class);
  }

  @Test
  void manyLateComersAtOnceAreEvenedOut() {
    List<Paper> people = new ArrayList<>();
    List<String> tickets = new ArrayList<>();
    List<CompletionStage<JoinResult>> joins = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      people.add(world.session("p" + i));
      joins.add(node.tickets().join(CAMPAIGN, people.get(i)));
    }
    joins.forEach(
        join -> tickets.add(((JoinResult.Joined) join.toCompletableFuture().join()).ticket()));
    callEverybody();
    assertThat(admitted(people, tickets)).isEqualTo(200);
    // Those with a pass take nothing from the others when they ask again.
    assertThat(admitted(people.subList(0, 200), tickets)).isZero();
    world.pass(Duration.ofSeconds(5));
    assertThat(admitted(people.subList(200, 300), tickets.subList(200, 300))).isEqualTo(50);
  }

  private long admitted(List<Paper> people, List<String> tickets) {
    long admitted = 0;
    for (int i = 0; i < people.size(); i++) {
      if (enter(node, people.get(i), tickets.get(i)) instanceof AdmissionResult.Admitted) {
        admitted++;
      }
    }
    return admitted;
  }

  @Test
  void passesSurviveARestart() {
    Paper kim = world.session("Kim");
    String ticket = joined(node, kim).ticket();
    callEverybody();
    AdmissionResult before = enter(node, kim, ticket);
    node.close();
    node = world.node();
    world.pass(Duration.ofMinutes(1));
    assertThat(enter(node, kim, ticket)).isEqualTo(before);
    assertThat(enter(node, world.session("Kim"), ticket))
        .isInstanceOf(AdmissionResult.PassElsewhere.class);
  }

  @Test
  void nobodyIsAdmittedWhileTheirHomeIsAway() {
    Paper kim = world.session("Kim");
    String ticket = joined(node, kim).ticket();
    callEverybody();
    world.loseHome();
    assertThat(enter(node, kim, ticket)).isEqualTo(new AdmissionResult.Away());
  }
}
