package dev.naru.waitingroom.ticket;

import static dev.naru.waitingroom.TestLine.CAMPAIGN;
import static dev.naru.waitingroom.TestLine.CLOSES;
import static dev.naru.waitingroom.TestLine.COHORT;
import static dev.naru.waitingroom.TestLine.LOBBY;
import static dev.naru.waitingroom.TestLine.OPENS;
import static dev.naru.waitingroom.TestLine.join;
import static dev.naru.waitingroom.TestLine.joined;
import static dev.naru.waitingroom.TestLine.line;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.eligibility.Reason;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperKind;
import dev.naru.waitingroom.TestLine;
import dev.naru.waitingroom.WaitingRoom;
import dev.naru.waitingroom.draw.DrawVerify;
import dev.naru.waitingroom.draw.DrawVerify.Placed;
import dev.naru.waitingroom.draw.Seed;
import dev.naru.waitingroom.line.LineState;
import dev.naru.waitingroom.line.LineStatus;
import dev.naru.waitingroom.line.StoreAwayException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class TicketsContract {
  private final TestLine world;
  private WaitingRoom node;

  TicketsContract(TestLine.Home home) {
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

  /// Joins without waiting in between, as a crowd does.
  private List<Long> numbers(WaitingRoom at, Stream<Paper> sessions) {
    List<CompletionStage<JoinResult>> answers =
        sessions.map(session -> at.tickets().join(session.campaign(), session)).toList();
    return answers.stream()
        .map(answer -> ((JoinResult.Joined) answer.toCompletableFuture().join()).number())
        .toList();
  }

  private Stream<Paper> crowd(String name, int count) {
    return LongStream.range(0, count).mapToObj(i -> world.session(name + i));
  }

  @Test
  void aPersonKeepsTheirNumberOnEveryDevice() {
    JoinResult.Joined phone = joined(node, world.session("Kim"));
    joined(node, world.session("Lee"));
    JoinResult.Joined tablet = joined(node, world.session("Kim"));
    assertThat(tablet.number()).isEqualTo(phone.number()).isEqualTo(1);
    assertThat(joined(node, world.session("Park")).number()).isEqualTo(3);
  }

  @Test
  void theSamePersonTwiceInOneBatchGetsOneNumber() {
    List<Paper> sessions =
        Stream.concat(crowd("a", 300), Stream.concat(crowd("a", 300), crowd("b", 100))).toList();
    List<Long> numbers = numbers(node, sessions.stream());
    assertThat(numbers.subList(0, 300))
        .isEqualTo(numbers.subList(300, 600))
        .doesNotHaveDuplicates();
    assertThat(numbers).containsAll(LongStream.rangeClosed(1, 400).boxed().toList());
  }

  @Test
  void numbersFollowTheOrderOfArrivalWithoutGaps() {
    assertThat(numbers(node, crowd("a", 1_000)))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 1_000).boxed().toList());
  }

  @Test
  void severalLinesShareABatch() {
    world.add("winter", 60);
    node.tick();
    List<Paper> mixed = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      mixed.add(world.session(i % 2 == 0 ? CAMPAIGN : "winter", "p" + i / 2, COHORT));
    }
    List<Long> numbers = numbers(node, mixed.stream());
    assertThat(numbers)
        .containsExactlyElementsOf(LongStream.range(0, 200).mapToObj(i -> i / 2 + 1).toList());
  }

  @Test
  void twoNodesNeverGiveANumberTwice() {
    try (WaitingRoom other = world.node()) {
      List<Paper> people = crowd("p", 2_000).toList();
      List<CompletionStage<JoinResult>> answers = new ArrayList<>();
      for (Paper person : people) {
        answers.add(node.tickets().join(CAMPAIGN, person));
        answers.add(other.tickets().join(CAMPAIGN, person));
      }
      List<Long> numbers =
          answers.stream()
              .map(answer -> ((JoinResult.Joined) answer.toCompletableFuture().join()).number())
              .toList();
      for (int i = 0; i < numbers.size(); i += 2) {
        assertThat(numbers.get(i)).isEqualTo(numbers.get(i + 1));
      }
      assertThat(numbers.stream().distinct().sorted())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 2_000).boxed().toList());
    }
  }

  @Test
  void aTicketSaysWhoseItIsAndLastsUntilTheWindowCloses() {
    Paper session = world.session("Kim");
    Paper ticket = world.paper(PaperKind.TICKET, joined(node, session).ticket());
    assertThat(ticket.person()).isEqualTo(session.person());
    assertThat(ticket.session()).isEqualTo(session.session());
    assertThat(ticket.campaign()).isEqualTo(CAMPAIGN);
    assertThat(ticket.number()).isEqualTo(1);
    assertThat(ticket.cohort()).isEqualTo(COHORT);
    assertThat(ticket.expires()).isEqualTo(CLOSES);
  }

  @Test
  void theLobbyEndsExactlyAtTheOpeningEvenBeforeTheTick() {
    joined(node, world.session("Kim"));
    world.at(OPENS.minusMillis(1));
    assertThat(joined(node, world.session("Lee")).lobby()).isTrue();
    world.at(OPENS);
    JoinResult.Joined late = joined(node, world.session("Park"));
    assertThat(late.lobby()).isFalse();
    assertThat(joined(node, world.session("Lee")).lobby()).isTrue();
    node.tick();
    assertThat(line(node).lobbySize()).isEqualTo(2);
    assertThat(line(node).placeOf(late.number())).isEqualTo(3);
  }

  @Test
  void theLobbyIsFrozenOnceWhileACrowdJoinsOnTwoNodes() {
    try (WaitingRoom other = world.node()) {
      List<CompletionStage<JoinResult>> answers = new ArrayList<>();
      List<Paper> people = crowd("p", 3_000).toList();
      for (int i = 0; i < people.size(); i++) {
        if (i == 1_500) {
          world.at(OPENS);
        }
        answers.add((i % 2 == 0 ? node : other).tickets().join(CAMPAIGN, people.get(i)));
        if (i == 2_000) {
          other.tick();
          node.tick();
        }
      }
      List<JoinResult.Joined> joined =
          answers.stream()
              .map(answer -> (JoinResult.Joined) answer.toCompletableFuture().join())
              .toList();
      node.tick();
      long lobby = line(node).lobbySize();
      assertThat(joined).allMatch(j -> j.lobby() == (j.number() <= lobby));
      assertThat(joined.stream().filter(JoinResult.Joined::lobby).count()).isEqualTo(lobby);
    }
  }

  @Test
  void placesShowAfterTheDrawAndNotBefore() throws StoreAwayException {
    Paper kim = world.session("Kim");
    assertThat(node.tickets().placeOf(kim)).isNull();
    assertThat(joined(node, kim).place()).isNull();
    assertThat(node.tickets().placeOf(kim)).isEqualTo(new Tickets.Place(0, 1, true, null, false));
    world.at(OPENS);
    node.tick();
    assertThat(joined(node, kim).place()).isEqualTo(1);
    assertThat(node.tickets().placeOf(kim)).isEqualTo(new Tickets.Place(0, 1, true, 1L, false));
    world.tick(node, 1);
    assertThat(node.tickets().placeOf(kim)).isEqualTo(new Tickets.Place(0, 1, true, 1L, true));
  }

  @Test
  void nobodyJoinsOutsideTheirWindow() {
    assertRefused(world.session(CAMPAIGN, "Lee", 4), Reason.NOT_YET, 1);
    world.at(LOBBY.minusSeconds(1));
    assertRefused(world.session("Kim"), Reason.NOT_YET, 2);
    world.at(CLOSES);
    assertRefused(world.session("Kim"), Reason.NOT_YET, 1);
    world.at(CLOSES.plus(Duration.ofDays(5)));
    assertRefused(world.session("Kim"), Reason.OVER, 0);
  }

  private void assertRefused(Paper session, Reason reason, int windows) {
    assertThat(join(node, session))
        .isInstanceOfSatisfying(
            JoinResult.NotEligible.class,
            refusal -> {
              assertThat(refusal.decision().reason()).isEqualTo(reason);
              assertThat(refusal.decision().windows()).hasSize(windows);
            });
  }

  @Test
  void whoMayNotBookAtAllNeverGetsANumber() {
    assertThat(join(node, world.session(CAMPAIGN, "Child", Reason.TOO_YOUNG.cohort())))
        .isInstanceOfSatisfying(
            JoinResult.NotEligible.class,
            refusal -> assertThat(refusal.decision().reason()).isEqualTo(Reason.TOO_YOUNG));
    node.tick();
    assertThat(line(node).joined()).isZero();
  }

  @Test
  void aSessionOfAnotherCampaignGetsNoNumber() {
    world.add("winter", 60);
    node.tick();
    assertThat(
            node.tickets()
                .join(CAMPAIGN, world.session("winter", "Kim", COHORT))
                .toCompletableFuture()
                .join())
        .isEqualTo(new JoinResult.OtherCampaign());
    assertThat(join(node, world.session("nowhere", "Kim", COHORT)))
        .isEqualTo(new JoinResult.CampaignUnknown());
  }

  @Test
  void aRestartKeepsAllNumbersAndTheDraw() {
    List<Long> before = numbers(node, crowd("p", 50));
    world.at(OPENS);
    node.tick();
    LineState drawn = line(node);
    node.close();
    node = world.node();
    assertThat(numbers(node, crowd("p", 50))).isEqualTo(before);
    assertThat(line(node).commitment()).isEqualTo(drawn.commitment());
    for (long number = 1; number <= 50; number++) {
      assertThat(line(node).placeOf(number)).isEqualTo(drawn.placeOf(number));
    }
  }

  @Test
  void theExportProvesTheDraw() throws StoreAwayException, IOException {
    numbers(node, crowd("p", 500));
    String promised = node.lines().commitments(CAMPAIGN).getFirst();
    StringBuilder early = new StringBuilder();
    assertThat(node.tickets().export(CAMPAIGN, 0, early)).isZero();
    assertThat(early).isEmpty();
    world.at(OPENS);
    node.tick();
    numbers(node, crowd("late", 20));

    StringBuilder csv = new StringBuilder();
    assertThat(node.tickets().export(CAMPAIGN, 0, csv)).isEqualTo(520);
    List<Placed> tickets =
        csv.toString()
            .lines()
            .skip(1)
            .map(row -> row.split(",", -1))
            .map(row -> new Placed(Long.parseLong(row[1]), Long.parseLong(row[2])))
            .toList();
    LineStatus.Drawn draw = requireNonNull(TestLine.status(node).draw());
    assertThat(
            DrawVerify.verify(
                promised, Seed.ofHex(draw.seed()), draw.size(), null, tickets.iterator()))
        .isEqualTo(new DrawVerify.Verdict.Right(520));
  }

  @Test
  void aBeaconCountsUntilTheDraw() {
    assertThat(node.lines().setBeacon(CAMPAIGN, 0, "drand 1")).isTrue();
    assertThat(node.lines().setBeacon(CAMPAIGN, 7, "drand 1")).isFalse();
    world.at(OPENS);
    node.tick();
    assertThat(node.lines().setBeacon(CAMPAIGN, 0, "drand 2")).isFalse();
    assertThat(TestLine.status(node).draw())
        .satisfies(draw -> assertThat(draw.beacon()).isEqualTo("drand 1"));
  }

  @Test
  void nobodyIsToldANumberThatIsNotWrittenDown() {
    world.loseHome();
    assertThat(join(node, world.session("Kim"))).isEqualTo(new JoinResult.Away());
  }
}
