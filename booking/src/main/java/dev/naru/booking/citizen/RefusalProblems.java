package dev.naru.booking.citizen;

import dev.naru.booking.appointment.BookingResult.AlreadyBooked;
import dev.naru.booking.appointment.BookingResult.CampaignUnknown;
import dev.naru.booking.appointment.BookingResult.DoseBeforeMissing;
import dev.naru.booking.appointment.BookingResult.IdReused;
import dev.naru.booking.appointment.BookingResult.NotEligible;
import dev.naru.booking.appointment.BookingResult.OutsideInterval;
import dev.naru.booking.appointment.BookingResult.PassExpired;
import dev.naru.booking.appointment.BookingResult.PassMissing;
import dev.naru.booking.appointment.BookingResult.Refusal;
import dev.naru.booking.appointment.BookingResult.SlotFull;
import dev.naru.booking.appointment.BookingResult.SlotUnknown;
import dev.naru.booking.appointment.BookingResult.TooManyChanges;
import dev.naru.booking.appointment.BookingResult.WindowClosed;
import dev.naru.booking.campaign.Campaign;
import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.eligibility.Decision;
import dev.naru.common.problem.Problem;
import dev.naru.common.text.LocalText;
import dev.naru.common.web.CommonProblems;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What people and programs are told about each refusal. docs/result-codes.md lists them.
final class RefusalProblems {
  private static final DateTimeFormatter KO =
      DateTimeFormatter.ofPattern("M월 d일(E) HH:mm", Locale.KOREAN);
  private static final DateTimeFormatter EN =
      DateTimeFormatter.ofPattern("EEE d MMMM, HH:mm", Locale.ENGLISH);

  private RefusalProblems() {}

  /// @param campaign null when there is none with the id
  static Problem of(Refusal refusal, @Nullable Campaign campaign, Instant now) {
    return switch (refusal) {
      case CampaignUnknown _ -> CommonProblems.CAMPAIGN_UNKNOWN;
      case IdReused _ ->
          new Problem(
              "id-reused",
              409,
              new LocalText("이미 쓰인 예약 번호입니다", "This appointment id was used before"),
              new LocalText(
                  "같은 예약 번호로 다른 예약을 할 수 없습니다. 첫 예약은 그대로입니다. 새 번호로 다시 요청하세요.",
                  "The id belongs to another booking, which is unchanged. Make a new id and try"
                      + " again."));
      case WindowClosed _ -> windowClosed(campaign, now);
      case NotEligible(Decision.Refused decision) -> notEligible(decision, campaign);
      case PassMissing _ ->
          new Problem(
              "pass-missing",
              403,
              new LocalText("입장 확인이 필요합니다", "You have not been admitted yet"),
              new LocalText(
                  "이 기기와 본인에게 발급된 입장권이 없습니다. 대기실에서 차례가 되면 입장할 수 있습니다.",
                  "There is no pass for you on this device. Go to the waiting room; you can enter"
                      + " when your number is called."));
      case PassExpired _ ->
          new Problem(
              "pass-expired",
              403,
              new LocalText("예약 가능 시간이 지났습니다", "Your time for booking ran out"),
              new LocalText(
                  "대기실로 돌아가면 기다리지 않고 다시 입장할 수 있습니다.",
                  "Go back to the waiting room: your number was called, so you can enter again"
                      + " without waiting."));
      case AlreadyBooked(var appointment) ->
          new Problem(
                  "already-booked",
                  409,
                  new LocalText("이미 예약이 있습니다", "You already have an appointment"),
                  new LocalText(
                      "한 사람은 한 번만 예약할 수 있습니다. 내 예약에서 바꾸거나 취소하세요.",
                      "Each person has one appointment. You can change or cancel yours under “My"
                          + " appointment”."))
              .with("appointment", appointment.toString());
      case TooManyChanges _ ->
          new Problem(
              "too-many-changes",
              409,
              new LocalText("오늘은 더 바꿀 수 없습니다", "You have changed too often today"),
              new LocalText(
                  "오늘 취소하거나 변경할 수 있는 횟수를 모두 썼습니다. 지금 예약은 그대로입니다. 내일 다시 하세요.",
                  "You have cancelled or moved as often as this campaign allows on one day. What you"
                      + " have is unchanged. Try again tomorrow."));
      case DoseBeforeMissing(int dose) ->
          new Problem(
                  "dose-before-missing",
                  409,
                  new LocalText("앞선 차수의 예약이 없습니다", "The dose before is not booked"),
                  new LocalText(
                      (dose - 1) + "차 예약이 있어야 " + dose + "차를 예약할 수 있습니다. 먼저 앞선 차수를 예약하세요.",
                      "Dose "
                          + dose
                          + " can be booked once dose "
                          + (dose - 1)
                          + " is. Book that one first."))
              .with("dose", dose);
      case OutsideInterval(var from, var to) ->
          new Problem(
                  "outside-interval",
                  409,
                  new LocalText("이 날짜에는 맞을 수 없습니다", "This dose cannot be given on that day"),
                  new LocalText(
                      "접종 간격에 맞는 날짜는 " + from + "부터 " + to + "까지입니다. 그 사이의 날짜를 고르세요.",
                      "The interval between doses allows "
                          + from
                          + " to "
                          + to
                          + ". Choose a day between; nothing was booked."))
              .with("from", from.toString())
              .with("to", to.toString());
      case SlotUnknown _ ->
          new Problem(
              "slot-unknown",
              404,
              new LocalText("없는 예약 시간입니다", "There is no such slot"),
              new LocalText(
                  "이 예약에서 고를 수 있는 시간이 아닙니다. 목록에서 다시 고르세요.",
                  "This campaign has no such time. Choose one from the list."));
      case SlotFull(int dose) ->
          new Problem(
                  "slot-full",
                  409,
                  new LocalText("방금 마감되었습니다", "This slot has just filled up"),
                  dose == 1
                      ? new LocalText(
                          "다른 사람이 먼저 예약했습니다. 아무것도 예약되지 않았습니다. 가까운 다른 시간을 고르세요.",
                          "Somebody was quicker. Nothing was booked for you. Choose another time"
                              + " nearby.")
                      : new LocalText(
                          dose + "차 접종을 함께 예약할 자리가 없습니다. 아무것도 예약되지 않았습니다. 다른 시간을 고르세요.",
                          "No place is left for dose "
                              + dose
                              + ", which is booked together with the first. Nothing was booked."
                              + " Choose another time."))
              .with("dose", dose);
    };
  }

  private static Problem windowClosed(@Nullable Campaign campaign, Instant now) {
    Problem problem =
        new Problem(
            "window-closed",
            403,
            new LocalText("지금은 예약 시간이 아닙니다", "Booking is closed right now"),
            new LocalText(
                "서버 시각을 기준으로 예약이 열려 있지 않습니다.", "By the server's clock no booking window is open."));
    if (campaign == null) {
      return problem;
    }
    Optional<BookingWindow> next = campaign.calendar().currentOrNext(now);
    return next.map(window -> problem.with("opensAt", time(window.opens(), campaign.zone())))
        .orElse(problem);
  }

  private static Problem notEligible(Decision.Refused decision, @Nullable Campaign campaign) {
    LocalText why = decision.told();
    List<BookingWindow> windows = decision.windows();
    LocalText when = new LocalText("", "");
    if (campaign != null && !windows.isEmpty()) {
      var opens = windows.getFirst().opens().atZone(campaign.zone());
      when =
          new LocalText(
              " 예약할 수 있는 시간은 " + KO.format(opens) + "부터입니다.",
              " You can book from " + EN.format(opens) + ".");
    }
    Problem problem =
        new Problem(
                "not-eligible",
                403,
                new LocalText("지금 예약할 수 없습니다", "You cannot book now"),
                new LocalText(why.ko() + when.ko(), why.en() + when.en()))
            .with("reason", decision.reason().code());
    return campaign == null
        ? problem
        : problem.with(
            "windows",
            windows.stream().map(window -> WindowView.of(window, campaign.zone(), null)).toList());
  }

  /// ISO 8601 with the offset of a zone.
  static OffsetDateTime time(Instant moment, ZoneId zone) {
    return moment.atZone(zone).toOffsetDateTime();
  }
}
