package dev.naru.booking.citizen;

import dev.naru.common.problem.Problem;
import dev.naru.common.text.LocalText;
import java.time.LocalDate;

/// What people and programs are told when an appointment cannot be changed.
final class ChangeProblems {
  static final Problem NOT_FOUND =
      new Problem(
          "appointment-unknown",
          404,
          new LocalText("없는 예약입니다", "There is no such appointment"),
          new LocalText("이 번호로 된 본인의 예약이 없습니다.", "You have no appointment with this id."));

  static final Problem BEGUN =
      new Problem(
          "appointment-begun",
          409,
          new LocalText("예약 시간이 되었습니다", "The time of this appointment has come"),
          new LocalText(
              "예약 시간이 된 뒤에는 바꾸거나 취소할 수 없습니다. 기관에 직접 문의하세요.",
              "It can be neither moved nor cancelled any more. Please ask the site itself."));
  static final Problem CANCELLED =
      new Problem(
          "cancelled",
          409,
          new LocalText("취소된 예약입니다", "This appointment was cancelled"),
          new LocalText(
              "취소된 예약은 바꿀 수 없습니다. 새로 예약하세요.",
              "A cancelled appointment cannot be moved. Make a new booking."));

  private ChangeProblems() {}

  /// @param from first day on which the dose can be given
  /// @param to last day
  static Problem outsideInterval(LocalDate from, LocalDate to) {
    return new Problem(
            "outside-interval",
            409,
            new LocalText("접종 간격에 맞지 않습니다", "Too close to or too far from the dose before"),
            new LocalText(
                "이 접종은 " + from + "부터 " + to + "까지 받을 수 있습니다. 예약은 그대로입니다.",
                "This dose can be given from "
                    + from
                    + " to "
                    + to
                    + ". Your appointment is unchanged."))
        .with("from", from.toString())
        .with("to", to.toString());
  }
}
