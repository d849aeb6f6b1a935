package dev.naru.common.web;

import dev.naru.common.problem.Problem;
import dev.naru.common.text.LocalText;

/// Problems that every station may answer with.
public final class CommonProblems {
  /// No session, or one that no longer counts.
  public static final Problem UNAUTHENTICATED =
      new Problem(
          "unauthenticated",
          401,
          new LocalText("본인 확인이 필요합니다", "Please verify who you are"),
          new LocalText(
              "본인 확인을 하지 않았거나 시간이 지났습니다. 다시 본인 확인을 하세요. 대기 번호는 그대로입니다.",
              "You have not verified who you are, or it is too long ago. Verify again; your place in"
                  + " line is kept."));

  /// A state-changing call with the cookie but without our pages' header.
  public static final Problem CROSS_SITE =
      new Problem(
          "cross-site",
          403,
          new LocalText("다른 사이트의 요청입니다", "This request came from another site"),
          new LocalText(
              "이 요청은 예약 페이지에서 보낸 것이 아니어서 처리하지 않았습니다.",
              "The request did not come from the booking pages, so nothing was done. Programs send"
                  + " the header X-Naru-Request: 1."));

  /// Somebody acts for a person whom they may not, or no longer, act for.
  public static final Problem HELPING_OVER =
      new Problem(
          "helping-over",
          403,
          new LocalText("도움이 끝났습니다", "The helping is over"),
          new LocalText(
              "시간이 지났거나, 도움을 받는 분 또는 도우미가 끝냈습니다. 아무것도 바뀌지 않았고 대기 번호와 예약은 그대로입니다. 계속하려면 새 번호를"
                  + " 받으세요.",
              "Its time has run out, or one of the two has ended it. Nothing was changed; place and"
                  + " appointments are kept. To go on, ask for a new code."));

  /// The campaign does not exist.
  public static final Problem CAMPAIGN_UNKNOWN =
      new Problem(
          "campaign-unknown",
          404,
          new LocalText("없는 예약입니다", "There is no such campaign"),
          new LocalText(
              "주소를 확인하거나 첫 페이지에서 다시 시작하세요.",
              "Check the address, or start again from the first page."));

  private CommonProblems() {}

  /// A field of the request is missing or wrong.
  ///
  /// @param field its name in the request
  /// @param expected what would be right
  public static Problem malformed(String field, LocalText expected) {
    return new Problem(
            "malformed",
            400,
            new LocalText("잘못된 입력입니다", "The request is malformed"),
            new LocalText(
                "‘" + field + "’ 항목: " + expected.ko(), "Field '" + field + "': " + expected.en()))
        .with("field", field);
  }

  /// Too much to do right now; nothing was done.
  ///
  /// @param seconds after which to try again; also sent as Retry-After
  public static Problem overloaded(int seconds) {
    return new Problem(
            "overloaded",
            503,
            new LocalText("지금은 요청이 너무 많습니다", "Too many requests right now"),
            new LocalText(
                "아무것도 바뀌지 않았습니다. 잠시 후 다시 시도하세요. 대기 번호는 그대로입니다.",
                "Nothing was changed. Try again shortly; your place in line is kept."))
        .with("retryAfter", seconds);
  }

  /// A part of the system is away, and whether the request took effect is not known.
  ///
  /// @param seconds after which to try again; also sent as Retry-After
  public static Problem unavailable(int seconds) {
    return new Problem(
            "unavailable",
            503,
            new LocalText("잠시 서비스를 이용할 수 없습니다", "The service is away for a moment"),
            new LocalText(
                "요청이 처리되었는지 확인하지 못했습니다. 같은 요청을 다시 보내세요. 두 번 처리되지 않으며 대기 번호와 예약은" + " 그대로입니다.",
                "We could not see whether your request took effect. Send the same request again: it"
                    + " is never done twice. Places and appointments are kept."))
        .with("retryAfter", seconds);
  }
}
