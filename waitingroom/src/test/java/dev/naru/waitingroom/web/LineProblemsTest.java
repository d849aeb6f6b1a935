package dev.naru.waitingroom.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.eligibility.Decision;
import dev.naru.common.eligibility.Reason;
import dev.naru.common.problem.Problem;
import dev.naru.waitingroom.TestLine;
import dev.naru.waitingroom.admission.AdmissionResult;
import dev.naru.waitingroom.ticket.JoinResult;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LineProblemsTest {
  @Test
  void whoIsTooEarlyIsToldTheirOwnWindow() {
    BookingWindow window =
        new BookingWindow(2, Set.of(3), TestLine.LOBBY, TestLine.OPENS, TestLine.CLOSES, 1, 2);
    Problem problem =
        LineProblems.notEligible(
            new JoinResult.NotEligible(
                Decision.refused(3, Reason.NOT_YET, List.of(window)), ZoneId.of("Asia/Seoul")));
    assertThat(problem.code()).isEqualTo("not-eligible");
    assertThat(problem.status()).isEqualTo(403);
    assertThat(problem.fields())
        .containsEntry("reason", "not-yet")
        .containsEntry(
            "windows",
            List.of(
                new LineProblems.Window(
                    2,
                    List.of(3),
                    "2026-11-03T19:30:00+09:00",
                    "2026-11-03T20:00:00+09:00",
                    "2026-11-04T18:00:00+09:00")));
  }

  @Test
  void whoMayNotBookAtAllIsToldSo() {
    Problem problem =
        LineProblems.notEligible(
            new JoinResult.NotEligible(
                Decision.refused(-2, Reason.TOO_YOUNG, List.of()), ZoneId.of("Asia/Seoul")));
    assertThat(problem.fields()).containsEntry("reason", "too-young");
  }

  @Test
  void whoIsNotCalledIsToldWhereTheyStandAndWhenToAsk() {
    Problem problem = LineProblems.notCalled(new AdmissionResult.NotCalled(500, 20, 48));
    assertThat(problem.status()).isEqualTo(425);
    assertThat(problem.fields())
        .containsEntry("place", 500L)
        .containsEntry("serving", 20L)
        .containsEntry("retryAfter", 48);
    assertThat(LineProblems.notCalled(new AdmissionResult.NotCalled(0, 0, 2)).fields())
        .doesNotContainKey("place");
  }

  @Test
  void aSecondDeviceIsToldHowLongThePassElsewhereLasts() {
    Problem problem = LineProblems.passElsewhere(new AdmissionResult.PassElsewhere(600));
    assertThat(problem.status()).isEqualTo(409);
    assertThat(problem.fields()).containsEntry("secondsLeft", 600L);
  }
}
