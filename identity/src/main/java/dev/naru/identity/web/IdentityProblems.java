package dev.naru.identity.web;

import dev.naru.common.problem.Problem;
import dev.naru.common.text.LocalText;
import dev.naru.common.web.CommonProblems;

/// What identity checks may be refused with.
final class IdentityProblems {
  static final Problem PROVIDER_UNKNOWN =
      new Problem(
          "provider-unknown",
          404,
          new LocalText("없는 인증 수단입니다", "There is no such provider"),
          new LocalText(
              "첫 페이지에서 인증 수단을 다시 고르세요.", "Go back to the first page and choose another provider."));

  static final Problem REQUEST_EXPIRED =
      new Problem(
          "request-expired",
          400,
          new LocalText("본인 확인 시간이 지났습니다", "The check took too long"),
          new LocalText(
              "본인 확인은 시작한 뒤 10분 안에 끝내야 합니다. 처음부터 다시 시작하세요.",
              "A check has to be finished within 10 minutes. Start it again."));

  static final Problem REQUEST_FORGED =
      new Problem(
          "request-forged",
          403,
          new LocalText("이 본인 확인은 계속할 수 없습니다", "This check cannot go on"),
          new LocalText(
              "여기에서 시작한 본인 확인이 아니거나 다른 인증 수단의 것입니다. 처음부터 다시 시작하세요.",
              "It was not started here, or with another provider. Start it again."));

  static final Problem REQUEST_ELSEWHERE =
      new Problem(
          "request-elsewhere",
          403,
          new LocalText("다른 기기에서 시작한 본인 확인입니다", "The check was started on another device"),
          new LocalText(
              "본인 확인은 시작한 기기에서 끝내야 합니다. 이 기기에서 다시 시작하세요.",
              "A check is finished on the device that started it. Start it again on this one."));

  static final Problem PROVIDER_UNAVAILABLE =
      new Problem(
          "provider-unavailable",
          503,
          new LocalText("인증 수단이 지금 응답하지 않습니다", "The provider does not answer right now"),
          new LocalText(
              "본인 확인을 끝내지 못했고 바뀐 것은 없습니다. 다른 인증 수단을 쓰거나 잠시 후 다시 시도하세요.",
              "The check could not be finished and nothing was changed. Use another provider, or try"
                  + " again shortly."));

  /// The database did not take it. A failover lasts seconds, and asking again is harmless: the same
  /// device gets the same session, and who is logged out stays so.
  static final Problem NOT_STORED = CommonProblems.unavailable(2);

  private IdentityProblems() {}

  static Problem notVerified(LocalText reason) {
    return new Problem(
        "not-verified",
        403,
        new LocalText("본인 확인이 되지 않았습니다", "You could not be verified"),
        new LocalText(
            reason.ko() + " 입력한 내용을 확인하고 다시 시도하거나 다른 인증 수단을 쓰세요.",
            reason.en() + " Check what you typed and try again, or use another provider."));
  }

  static Problem sessionElsewhere(long secondsLeft) {
    long minutes = (secondsLeft + 59) / 60;
    return new Problem(
            "session-elsewhere",
            409,
            new LocalText("다른 기기에서 이미 진행 중입니다", "You are already in on another device"),
            new LocalText(
                "먼저 본인 확인을 마친 기기에서 계속하세요. 그 기기에서 로그아웃하거나 "
                    + minutes
                    + "분 동안 쓰지 않으면 이 기기에서 할 수 있습니다.",
                "Go on with the device that verified first. When you log out there, or do not use it"
                    + " for "
                    + minutes
                    + " min, you can use this one."))
        .with("secondsLeft", secondsLeft);
  }
}
