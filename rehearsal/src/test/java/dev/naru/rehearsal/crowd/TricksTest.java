package dev.naru.rehearsal.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.rehearsal.http.Connections;
import dev.naru.rehearsal.people.ArrivalCurve;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The other server of these tests checks little: cheats must get something out of it, or they try
/// too softly.
@Timeout(30)
class TricksTest {
  private static CrowdReport run(FakeNaru server, double cheats) throws Exception {
    CrowdPlan plan =
        CrowdPlan.of(server.address(), "autumn", 200)
            .withArrivals(ArrivalCurve.national(Duration.ZERO))
            .withThinkMedian(Duration.ZERO)
            .withHabits(new Habits(0, 0, 0, 0))
            .withCheats(cheats);
    try (Crowd crowd = Crowd.start(plan)) {
      return crowd.done().get(25, TimeUnit.SECONDS);
    }
  }

  @Test
  void aServerThatChecksLittleIsCheated() throws Exception {
    try (FakeNaru server = new FakeNaru(FakeNaru.Setting.roomy())) {
      server.gullible = true;
      CrowdReport.Tried tried = run(server, 1).tried();
      assertThat(tried.byTrick()).hasSize(Trick.values().length);
      assertThat(tried.gained())
          .as("second devices, deep links, passes of others")
          .isGreaterThan(150);
      assertThat(tried.gains()).anyMatch(gain -> gain.contains("a second device: 200"));
    }
  }

  @Test
  void honestPeopleTryNothing() throws Exception {
    try (FakeNaru server = new FakeNaru(FakeNaru.Setting.roomy())) {
      CrowdReport report = run(server, 0);
      assertThat(report.tried().attempts()).isZero();
      assertThat(report.outcome().booked()).isEqualTo(200);
    }
  }

  @Test
  void everyForgeryDiffersFromThePaper() {
    String paper = "x".repeat(150);
    assertThat(Forgery.of(paper)).hasSize(4).doesNotContain(paper).doesNotHaveDuplicates();
    assertThat(Forgery.of(null)).isEqualTo(List.of());
  }

  @Test
  void aCrowdWithAConnectionForEachPersonIsServedToo() throws Exception {
    FakeNaru.Setting setting = new FakeNaru.Setting(20, 10, 50, 0, 1_000_000, 0.05, 0.1, Set.of());
    try (FakeNaru server = new FakeNaru(setting);
        Crowd crowd =
            Crowd.start(
                CrowdPlan.of(server.address(), "autumn", 100)
                    .withArrivals(ArrivalCurve.national(Duration.ZERO))
                    .withThinkMedian(Duration.ZERO)
                    .withConnections(Connections.each()))) {
      CrowdReport report = crowd.done().get(25, TimeUnit.SECONDS);
      assertThat(report.outcome().booked()).isEqualTo(100);
    }
  }
}
