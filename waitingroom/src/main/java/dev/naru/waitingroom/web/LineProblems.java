package dev.naru.waitingroom.web;

import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.eligibility.Decision;
import dev.naru.common.problem.Problem;
import dev.naru.common.text.LocalText;
import dev.naru.common.web.CommonProblems;
import dev.naru.waitingroom.admission.AdmissionResult;
import dev.naru.waitingroom.ticket.JoinResult;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/// What people are told when they may not join or enter.
final class LineProblems {
  /// The line moves once a second; a new campaign has its lines within one.
  private static final int SOON = 1;

  /// An embedded database is back within this after a restart; sooner only adds load.
  private static final int AFTER_OUTAGE = 5;

  static final Problem TICKET_INVALID =
      new Problem(
          "ticket-invalid",
          403,
          new LocalText("대기표를 확인할 수 없습니다", "This ticket is not valid"),
          new LocalText(
              "본인이 이 예약에서 받은 대기표가 아닙니다. 대기 화면으로 돌아가면 본인의 번호가 그대로 다시 발급됩니다.",
              "It is not the ticket that you were given for this campaign. Go back to the waiting"
                  + " page: you will get your own ticket again, with the same number."));

  static final Problem WINDOW_CLOSED =
      new Problem(
          "window-closed",
          403,
          new LocalText("예약 시간이 끝났습니다", "The booking window has closed"),
          new LocalText(
              "이 대기표의 예약 시간이 끝나 입장할 수 없습니다. 첫 화면에서 다음 예약 시간을 확인하세요.",
              "The window of this ticket is over, so nobody can enter with it any more. See the"
                  + " first page for your next window."));

  static final Problem AWAY =
      new Problem(
              "line-unavailable",
              503,
              new LocalText("잠시 멈췄습니다", "The line has stopped for a moment"),
              new LocalText(
                  "시스템에 일시적인 문제가 있어 지금은 아무도 입장하지 않습니다. 대기 순서는 그대로 유지됩니다. 잠시 후 자동으로" + " 다시 시도합니다.",
                  "Because of a technical problem nobody is let in right now. Everybody keeps their"
                      + " place. Try again in a few seconds."))
          .with("retryAfter", AFTER_OUTAGE);

  private LineProblems() {}

  static Problem notEligible(JoinResult.NotEligible refusal) {
    Decision.Refused decision = refusal.decision();
    return new Problem(
            "not-eligible",
            403,
            new LocalText("지금은 줄을 설 수 없습니다", "You cannot join the line now"),
            decision.told())
        .with("reason", decision.reason().code())
        .with(
            "windows",
            decision.windows().stream().map(window -> Window.of(window, refusal.zone())).toList());
  }

  /// A window as programs read it.
  record Window(int line, List<Integer> cohorts, String lobbyOpens, String opens, String closes) {
    static Window of(BookingWindow window, ZoneId zone) {
      return new Window(
          window.line(),
          window.cohorts().stream().sorted().toList(),
          time(window.lobbyOpens(), zone),
          time(window.opens(), zone),
          time(window.closes(), zone));
    }

    private static String time(Instant time, ZoneId zone) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atZone(zone));
    }
  }

  static Problem notCalled(AdmissionResult.NotCalled refusal) {
    Problem problem =
        new Problem(
                "not-called",
                425,
                new LocalText("아직 순서가 아닙니다", "It is not your turn yet"),
                new LocalText(
                    "앞사람이 입장하는 중입니다. 순서는 그대로 유지되며, 차례가 되면 입장할 수 있습니다.",
                    "Others are before you. You keep your place and can enter when it is called."))
            .with("serving", refusal.serving())
            .with("pollSeconds", refusal.retrySeconds())
            .with("retryAfter", refusal.retrySeconds());
    return refusal.place() == 0 ? problem : problem.with("place", refusal.place());
  }

  static Problem passElsewhere(AdmissionResult.PassElsewhere refusal) {
    return new Problem(
            "pass-elsewhere",
            409,
            new LocalText("다른 기기에서 예약하고 있습니다", "You are booking on another device"),
            new LocalText(
                "이미 다른 기기에서 입장했습니다. 그 기기에서 예약을 마치거나 로그아웃하세요. 그렇지 않으면 입장 시간이 끝난 뒤 여기에서 입장할 수 있습니다.",
                "You have entered on another device. Finish there or log out there; otherwise you"
                    + " can enter here when that pass has ended."))
        .with("secondsLeft", refusal.secondsLeft())
        .with("retryAfter", Math.max(1, refusal.secondsLeft()));
  }

  static Problem busyDoor(AdmissionResult.Busy refusal) {
    return new Problem(
            "busy",
            429,
            new LocalText("입장하는 사람이 많습니다", "Many people are entering right now"),
            new LocalText(
                "순서가 되었지만 한꺼번에 많은 사람이 입장하고 있습니다. 잠시 후 다시 시도하세요. 순서는 그대로입니다.",
                "Your place was called, but many are entering at this moment. Try again in a few"
                    + " seconds; you keep your turn."))
        .with("retryAfter", refusal.retrySeconds());
  }

  static Problem busyLine() {
    return CommonProblems.overloaded(SOON);
  }
}
