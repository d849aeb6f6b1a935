package dev.naru.app.web;

import dev.naru.common.problem.Problem;
import dev.naru.common.text.LocalText;

/// What helping may be refused with.
final class HelpingProblems {
  static final Problem FORBIDDEN =
      new Problem(
          "helping-forbidden",
          403,
          new LocalText("이 예약은 본인만 할 수 있습니다", "Everybody books for themselves here"),
          new LocalText(
              "이 예약에서는 다른 사람이 대신 예약할 수 없습니다.",
              "In this campaign nobody may act for somebody else."));

  static final Problem STAFF_ONLY =
      new Problem(
          "helping-staff-only",
          403,
          new LocalText("상담원만 도울 수 있습니다", "Only staff may help"),
          new LocalText(
              "이 예약에서는 지정된 기관의 직원만 대신 예약할 수 있습니다. 코드는 아직 쓸 수 있습니다.",
              "In this campaign only the staff of certain offices may act for others. The code is"
                  + " still good for them."));

  static final Problem NOT_STAFF =
      new Problem(
          "helping-not-staff",
          403,
          new LocalText("상담원 명단에 없습니다", "You are not on the list of staff"),
          new LocalText(
              "전화로 본인 확인을 돕는 것은 이 예약의 상담원만 할 수 있습니다. 상담원이라면 담당자에게 명단 등록을 요청하세요.",
              "Only staff of this campaign's offices verify callers. If you are one, ask to be put on"
                  + " the list."));

  static final Problem WRONG_CODE =
      new Problem(
          "helping-code",
          403,
          new LocalText("쓸 수 없는 코드입니다", "This code is not good"),
          new LocalText(
              "잘못 입력했거나, 이미 썼거나, 시간이 지난 코드입니다. 다시 확인하거나 새 코드를 받으세요.",
              "It was mistyped, used already, or is too old. Check it, or ask for a new one."));

  static final Problem SELF =
      new Problem(
          "helping-self",
          409,
          new LocalText("본인의 코드입니다", "This is your own code"),
          new LocalText(
              "본인의 예약은 코드 없이 바로 할 수 있습니다. 코드는 도와줄 분에게 알려 주세요.",
              "You book for yourself without a code. Give it to the one who is to help you."));

  private HelpingProblems() {}

  static Problem tooManyTries(long seconds) {
    long minutes = (seconds + 59) / 60;
    return new Problem(
            "helping-tries",
            429,
            new LocalText("잘못된 코드를 너무 많이 입력했습니다", "Too many wrong codes"),
            new LocalText(
                minutes + "분 뒤에 다시 시도하세요. 그때까지는 맞는 코드도 확인하지 않습니다.",
                "Try again in "
                    + minutes
                    + " min. Until then no code is looked at, right or wrong."))
        .with("retryAfter", seconds);
  }

  static Problem tooManyCalls(long seconds) {
    long minutes = (seconds + 59) / 60;
    return new Problem(
            "helping-calls",
            429,
            new LocalText("본인 확인을 너무 많이 시작했습니다", "Too many checks of callers"),
            new LocalText(
                minutes + "분 뒤에 다시 시작할 수 있습니다. 이미 돕고 있는 분은 계속 도울 수 있습니다.",
                "You can begin the next one in "
                    + minutes
                    + " min. Whom you help already, you can go on helping."))
        .with("retryAfter", seconds);
  }

  static Problem tooManyPeople(int most) {
    return new Problem(
            "helping-people",
            409,
            new LocalText("더 도울 수 없습니다", "You cannot help more people"),
            new LocalText(
                "가족·지인은 한 예약에서 " + most + "명까지 도울 수 있습니다. 코드는 아직 쓸 수 있으니 다른 분이나 기관이 도와줄 수 있습니다.",
                "In one campaign you can help up to "
                    + most
                    + " people. The code is still good for somebody else."))
        .with("most", most);
  }
}
