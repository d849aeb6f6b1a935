package dev.naru.waitingroom.line;

import static dev.naru.waitingroom.TestLine.CAMPAIGN;
import static dev.naru.waitingroom.TestLine.OPENS;
import static dev.naru.waitingroom.TestLine.PER_MINUTE;
import static dev.naru.waitingroom.TestLine.enter;
import static dev.naru.waitingroom.TestLine.join;
import static dev.naru.waitingroom.TestLine.joined;
import static dev.naru.waitingroom.TestLine.line;
import static dev.naru.waitingroom.TestLine.status;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.common.paper.Paper;
import dev.naru.common.text.LocalText;
import dev.naru.waitingroom.TestLine;
import dev.naru.waitingroom.WaitingRoom;
import dev.naru.waitingroom.admission.AdmissionResult;
import dev.naru.waitingroom.control.BookingLoad;
import dev.naru.waitingroom.control.Door;
import dev.naru.waitingroom.control.Orders;
import dev.naru.waitingroom.ticket.JoinResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class OrdersContract {
  private static final int SECOND = PER_MINUTE / 60;

  private final TestLine world;
  private WaitingRoom node;
  private Paper kim;
  private String ticket;

  OrdersContract(TestLine.Home home) {
    world = new TestLine(home);
  }

  @BeforeEach
  void open() {
    node = world.node();
    kim = world.session("Kim");
    ticket = joined(node, kim).ticket();
    crowd("p", 200);
    world.at(OPENS);
    node.tick();
    world.tick(node, 1);
  }

  private void crowd(String name, int count) {
    List<CompletionStage<JoinResult>> joins = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      joins.add(node.tickets().join(CAMPAIGN, world.session(name + i)));
    }
    joins.forEach(join -> join.toCompletableFuture().join());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void order(UnaryOperator<Orders> change) {
    assertThat(node.lines().order(CAMPAIGN, 0, "Hong", change)).isPresent();
  }

  @Test
  void aPausedLineCallsNobodyAndGoesOnWhereItWas() {
    order(orders -> orders.withDoor(Door.PAUSED));
    world.tick(node, 30);
    assertThat(status(node).serving()).isEqualTo(SECOND);
    assertThat(status(node).perMinute()).isZero();
    assertThat(status(node).phase()).isEqualTo("open");
    assertThat(status(node).pollSeconds().far()).isEqualTo(60);
    order(orders -> orders.withDoor(Door.OPEN));
    world.tick(node, 3);
    assertThat(status(node).serving()).isEqualTo(4 * SECOND);
  }

  @Test
  void whoWasCalledMayEnterAPausedLineButNotAClosedOne() {
    while (requirePlace() > line(node).serving()) {
      world.tick(node, 1);
    }
    order(orders -> orders.withDoor(Door.CLOSED));
    node.tick();
    assertThat(status(node).phase()).isEqualTo("closed");
    assertThat(enter(node, kim, ticket)).isEqualTo(new AdmissionResult.WindowClosed());
    assertThat(join(node, world.session("late"))).isEqualTo(new JoinResult.Closed());
    order(orders -> orders.withDoor(Door.PAUSED));
    node.tick();
    assertThat(enter(node, kim, ticket)).isInstanceOf(AdmissionResult.Admitted.class);
    assertThat(join(node, world.session("late"))).isInstanceOf(JoinResult.Joined.class);
  }

  private long requirePlace() {
    return requireNonNull(joined(node, kim).place());
  }

  @Test
  void anOrderCountsOnAllNodesAndAfterARestart() {
    order(orders -> orders.withPace(null, 2 * SECOND * 60).withDoor(Door.PAUSED));
    try (WaitingRoom other = world.node()) {
      world.pass(Duration.ofSeconds(1));
      other.tick();
      assertThat(line(other).perMinute()).isZero();
      assertThat(line(other).orders().ceiling()).isEqualTo(2 * PER_MINUTE);
    }
    node.close();
    node = world.node();
    assertThat(line(node).perMinute()).isZero();
  }

  @Test
  void aLowerCeilingCountsAtTheNextTick() {
    order(orders -> orders.withPace(60, 120));
    world.tick(node, 1);
    assertThat(status(node).perMinute()).isEqualTo(120);
    assertThat(status(node).serving()).isEqualTo(SECOND + 2);
  }

  @Test
  void everybodyReadsTheNotice() {
    LocalText notice = new LocalText("잠시 점검합니다.", "Short maintenance.");
    order(orders -> orders.withNotice(notice));
    node.tick();
    assertThat(status(node).notice()).isEqualTo(notice);
    order(orders -> orders.withNotice(null));
    node.tick();
    assertThat(status(node).notice()).isNull();
  }

  @Test
  void theJournalSaysWhoOrderedWhatAndWhen() {
    order(orders -> orders.withPace(60, 120));
    world.tick(node, 1);
    node.lines().order(CAMPAIGN, 0, "Jang", orders -> orders.withDoor(Door.PAUSED));
    assertThat(node.lines().journal(CAMPAIGN, 0, 10))
        .containsExactly(
            new LineOrder(world.instant(), "Jang", new Orders(60, 120, Door.PAUSED, null)),
            new LineOrder(
                world.instant().minusSeconds(1), "Hong", new Orders(60, 120, Door.OPEN, null)));
  }

  @Test
  void ordersThatContradictEachOtherAreRefusedAndNotRecorded() {
    assertThatThrownBy(() -> order(orders -> orders.withPace(200, 100)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above the ceiling");
    assertThatThrownBy(() -> order(orders -> orders.withPace(0, null)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> node.lines().order(CAMPAIGN, 0, " ", orders -> orders))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(node.lines().journal(CAMPAIGN, 0, 10)).isEmpty();
    assertThat(node.lines().order(CAMPAIGN, 7, "Hong", orders -> orders)).isEmpty();
  }

  @Test
  void thePaceFallsToTheFloorWhileNobodyKnowsHowBookingIs() {
    world.booking(null);
    world.tick(node, 10);
    assertThat(line(node).entering()).isEqualTo(PER_MINUTE / 10);
  }

  @Test
  void thePaceFollowsWhatBookingDeliversWhileItSendsPeopleAway() {
    long answered = 0;
    for (int second = 0; second < 40; second++) {
      world.booking(new BookingLoad(answered += 4, answered, answered, 100, 5));
      world.tick(node, 1);
    }
    assertThat(line(node).entering()).isBetween(60, 4 * 60);
  }

  /// Else all that it counted in its life would be the proof of a capacity that nobody has.
  @Test
  void aNodeThatWasSilentBringsBackNoMoreThanItDoesInASecond() {
    long served = 0;
    for (int second = 0; second < 120; second++) {
      served += 4;
      boolean isSilent = second >= 30 && second < 60;
      world.booking(isSilent ? null : new BookingLoad(served, served, 0, 100, 5));
      world.tick(node, 1);
    }
    assertThat(line(node).entering()).isBetween(3 * 60, 4 * 60);
  }

  @Test
  void moreAreCalledWhenNotAllCome() {
    crowd("q", 3_000);
    world.tick(node, 120);
    assertThat(line(node).entering()).isEqualTo(PER_MINUTE);
    assertThat(status(node).perMinute()).isBetween(2 * PER_MINUTE, 3 * PER_MINUTE);
  }

  @Test
  void whoStandsAtAFullDoorHasComeAndIsLetInBeforeOthersAreCalled() {
    crowd("q", 1_000);
    world.tick(node, 60);
    try (WaitingRoom other = world.node()) {
      other.lines().look();
      int turnedAway = turnedAway(node, "q", 0, 500) + turnedAway(other, "q", 500, 1_000);
      assertThat(turnedAway).isPositive();
      world.pass(Duration.ofSeconds(1));
      other.lines().look();
      long called = line(node).serving();
      node.lines().tick();
      assertThat(line(node).standing()).isEqualTo(2L * turnedAway);
      assertThat(line(node).serving()).isEqualTo(called);
      assertThat(line(node).comes()).isEqualTo(1);
    }
    world.tick(node, 1);
    assertThat(line(node).standing()).isZero();
    assertThat(status(node).serving()).isGreaterThan(line(node).entered());
  }

  /// All of a crowd ask to enter at once.
  private int turnedAway(WaitingRoom asked, String name, int from, int to) {
    return (int)
        IntStream.range(from, to)
            .mapToObj(i -> world.session(name + i))
            .map(session -> enter(asked, session, joined(asked, session).ticket()))
            .filter(AdmissionResult.Busy.class::isInstance)
            .count();
  }
}
