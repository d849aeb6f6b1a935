package dev.naru.common.eligibility;

import dev.naru.common.text.LocalText;

/// Why somebody may not join the line now.
public enum Reason {
  TOO_YOUNG(
      "too-young",
      new LocalText("이 예약의 대상 연령보다 어립니다.", "You are younger than this campaign is for.")),
  TOO_OLD(
      "too-old", new LocalText("이 예약의 대상 연령보다 많습니다.", "You are older than this campaign is for.")),
  /// Too young or too old, when only the cohort is known and no longer the date of birth.
  OUTSIDE(
      "outside",
      new LocalText("이 예약의 대상이 아닙니다.", "Your date of birth is not one this campaign is for.")),
  NOT_YET(
      "not-yet", new LocalText("아직 본인의 예약 시간이 아닙니다.", "Your booking window has not opened yet.")),
  OVER("over", new LocalText("예약 기간이 끝났습니다.", "The time for booking is over."));

  private final String code;
  private final LocalText text;

  Reason(String code, LocalText text) {
    this.code = code;
    this.text = text;
  }

  /// The stable name that programs read.
  public String code() {
    return code;
  }

  /// The sentence that people read.
  public LocalText text() {
    return text;
  }
}
