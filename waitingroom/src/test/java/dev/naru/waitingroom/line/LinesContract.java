package dev.naru.waitingroom.line;

import static dev.naru.waitingroom.TestLine.CAMPAIGN;
import static dev.naru.waitingroom.TestLine.CLOSES;
import static dev.naru.waitingroom.TestLine.LOBBY;
import static dev.naru.waitingroom.TestLine.OPENS;
import static dev.naru.waitingroom.TestLine.PER_MINUTE;
import static dev.naru.waitingroom.TestLine.line;
import static dev.naru.waitingroom.TestLine.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.waitingroom.TestLine;
import dev.naru.waitingroom.WaitingRoom;
import dev.naru.waitingroom.draw.Seed;
import dev.naru.waitingroom.ticket.JoinResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class LinesContract {
  private final TestLine world;
  private WaitingRoom node;

  LinesContract(TestLine.Home home) {
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

  private void crowd(int count) {
    List<CompletionStage<JoinResult>> joins = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      joins.add(node.tickets().join(CAMPAIGN, world.session("p" + i)));
    }
    joins.forEach(join -> join.toCompletableFuture().join());
  }

  @Test
  void theStatusFollowsTheDay() {
    world.at(LOBBY.minusSeconds(1));
    node.tick();
    assertThat(status(node).phase()).isEqualTo("before");
    world.at(LOBBY);
    crowd(5);
    node.tick();
    assertThat(status(node).phase()).isEqualTo("lobby");
    assertThat(status(node).lobby().size()).isEqualTo(5);
    assertThat(status(node).draw()).isNull();
    world.at(OPENS);
    node.tick();
    assertThat(status(node).phase()).isEqualTo("open");
    assertThat(status(node).opensAt()).isEqualTo("2026-11-03T20:00:00+09:00");
    world.at(CLOSES);
    node.tick();
    assertThat(status(node).line()).isEqualTo(1);
    assertThat(status(node).phase()).isEqualTo("before");
    world.at(CLOSES.plus(Duration.ofDays(5)));
    node.tick();
    assertThat(status(node).phase()).isEqualTo("over");
  }

  @Test
  void theSeedIsPromisedBeforeAndRevealedAtTheOpening() throws IOException {
    String promised = node.lines().commitments(CAMPAIGN).getFirst();
    assertThat(node.lines().commitments(CAMPAIGN)).hasSize(2).doesNotHaveDuplicates();
    crowd(3);
    world.at(OPENS.minusMillis(1));
    node.tick();
    assertThat(status(node).lobby().commitment()).isEqualTo(promised);
    assertThat(new String(page().plain(), UTF_8)).doesNotContain("\"seed\"");
    world.at(OPENS);
    node.tick();
    LineStatus.Drawn drawn = requireNonNull(status(node).draw());
    assertThat(drawn.size()).isEqualTo(3);
    assertThat(Seed.ofHex(drawn.seed()).commitment()).isEqualTo(promised);
  }

  @Test
  void allNodesPromiseTheSame() {
    try (WaitingRoom other = world.node()) {
      assertThat(other.lines().commitments(CAMPAIGN)).isEqualTo(node.lines().commitments(CAMPAIGN));
    }
  }

  @Test
  void aNewCampaignHasItsLinesAfterTheNextTick() {
    world.add("winter", 60);
    assertThat(node.statuses().of("winter")).isNull();
    node.tick();
    assertThat(node.statuses().of("winter")).isNotNull();
    assertThat(node.lines().commitments("winter")).hasSize(2);
    assertThat(node.lines().commitments("nowhere")).isEmpty();
  }

  @Test
  void thePaceIsExactAndStopsAtTheLastPerson() {
    crowd(95);
    world.at(OPENS);
    node.tick();
    assertThat(status(node).serving()).isZero();
    world.tick(node, 5);
    assertThat(status(node).serving()).isEqualTo(5 * PER_MINUTE / 60);
    world.tick(node, 30);
    assertThat(status(node).serving()).isEqualTo(95);
  }

  @Test
  void twoNodesKeepOnePace() {
    crowd(200);
    world.at(OPENS);
    try (WaitingRoom other = world.node()) {
      node.tick();
      for (int second = 1; second <= 10; second++) {
        world.pass(Duration.ofSeconds(1));
        node.tick();
        other.tick();
        assertThat(line(other).serving()).isEqualTo(second * 10L);
      }
      assertThat(line(node).serving()).isEqualTo(100);
    }
  }

  @Test
  void aRestartNeitherGoesBackNorReleasesTheMissedTime() {
    crowd(500);
    world.at(OPENS);
    node.tick();
    world.tick(node, 10);
    node.close();
    world.pass(Duration.ofMinutes(10));
    node = world.node();
    assertThat(line(node).serving()).isEqualTo(100 + 50);
    world.tick(node, 1);
    assertThat(line(node).serving()).isEqualTo(160);
  }

  @Test
  void theStatusStaysUpAndSaysSoWhileTheirHomeIsAway() {
    crowd(200);
    world.at(OPENS);
    node.tick();
    world.tick(node, 5);
    assertThat(status(node).notice()).isNull();
    String asOf = status(node).asOf();
    world.loseHome();
    world.tick(node, 10);
    assertThat(status(node).serving()).isEqualTo(50);
    assertThat(status(node).asOf()).isEqualTo(asOf);
    assertThat(status(node).serverTime()).isEqualTo("2026-11-03T20:00:15+09:00");
    assertThat(status(node).notice())
        .satisfies(notice -> assertThat(notice.en()).contains("keeps their place"));
  }

  @Test
  void nothingIsDrawnAtTheOpeningWhileTheirHomeIsAway() {
    crowd(20);
    node.tick();
    world.loseHome();
    world.at(OPENS.plusSeconds(10));
    node.tick();
    assertThat(status(node).phase()).isEqualTo("lobby");
    assertThat(status(node).draw()).isNull();
  }

  private StatusPage page() {
    return requireNonNull(node.statuses().of(CAMPAIGN));
  }

  @Test
  void everybodyGetsTheSameBytesUntilTheNextTick() throws IOException {
    StatusPage first = page();
    assertThat(page()).isSameAs(first);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(first.gzip())).readAllBytes())
        .isEqualTo(first.plain());
    world.tick(node, 1);
    assertThat(page().etag()).isNotEqualTo(first.etag());
  }

  @Test
  void twoNodesWriteTheSameBytesInTheSameSecond() {
    crowd(7);
    node.tick();
    try (WaitingRoom other = world.node()) {
      assertThat(requireNonNull(other.statuses().of(CAMPAIGN)).plain()).isEqualTo(page().plain());
    }
  }

  @Test
  void whoeverHasThePageIsNotSentItAgain() {
    assertThat(page().isKnown(page().etag())).isTrue();
    assertThat(page().isKnown("\"x\", " + page().etag())).isTrue();
    assertThat(page().isKnown("*")).isTrue();
    assertThat(page().isKnown("W/\"x\"")).isFalse();
    assertThat(page().isKnown(null)).isFalse();
  }

  @Test
  void gzipIsSentToThoseWhoTakeIt() {}

  @Test
  void pollingIsRarerTheLongerTheWait() {
    assertThat(status(node).pollSeconds()).isEqualTo(new LineStatus.PollSeconds(2, 60));
    world.at(OPENS.minusSeconds(100));
    node.tick();
    assertThat(status(node).pollSeconds().far()).isEqualTo(5);
  }
}
