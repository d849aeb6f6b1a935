package dev.naru.common.eligibility;

import dev.naru.common.text.LocalText;
import java.util.Arrays;

/// Which rule refused somebody, in the order in which the rules are asked.
public enum Reason {
  /// The session is for another campaign.
  OTHER_CAMPAIGN(
      "other-campaign",
      0,
      new LocalText(
          "다른 예약을 위해 본인 확인을 했습니다. 이 예약에서 다시 본인 확인을 하세요.",
          "You verified for another campaign. Verify again for this one.")),
  TOO_YOUNG(
      "too-young",
      -2,
      new LocalText("이 예약의 대상 연령보다 어립니다.", "You are younger than this campaign is for.")),
  TOO_OLD(
      "too-old",
      -3,
      new LocalText("이 예약의 대상 연령보다 많습니다.", "You are older than this campaign is for.")),
  FOREIGNERS_REFUSED(
      "foreigners-refused",
      -4,
      new LocalText(
          "이 예약은 주민등록이 된 내국인을 대상으로 합니다. 외국인등록을 한 분은 예약을 연 기관에 문의하세요.",
          "This campaign is for people in the residents' register. If you are registered as a"
              + " foreigner, ask the agency that runs it.")),
  NATIONALITY_UNKNOWN(
      "nationality-unknown",
      -5,
      new LocalText(
          "사용한 인증 수단이 내국인·외국인 여부를 알려 주지 않아 대상인지 확인할 수 없습니다. 다른 인증 수단으로 다시 본인 확인을 하세요.",
          "The provider you used does not say whether you are registered as a national or a"
              + " foreigner, and this campaign needs to know. Verify again with another provider.")),
  /// May not book at all; only the cohort is known and no longer why.
  OUTSIDE(
      "outside",
      -1,
      new LocalText("이 예약의 대상이 아닙니다.", "Your date of birth is not one this campaign is for.")),
  LIST_MISSING(
      "list-missing",
      0,
      new LocalText(
          "이 예약에 필요한 명단({list})이 아직 등록되지 않았습니다. 등록될 때까지 아무도 예약할 수 없습니다. 나중에 다시 시도하세요.",
          "A list that this campaign needs ({list}) has not been imported yet, and until then nobody"
              + " can book. Try again later.")),
  LISTED(
      "listed",
      0,
      new LocalText(
          "‘{list}’ 명단에 있어 예약할 수 없습니다. 잘못되었다면 예약을 연 기관에 문의하세요.",
          "You cannot book because you are on the list “{list}”. If that is wrong, ask the agency"
              + " that runs this campaign.")),
  NOT_LISTED(
      "not-listed",
      0,
      new LocalText(
          "‘{list}’ 명단에 없어 예약할 수 없습니다. 잘못되었다면 예약을 연 기관에 문의하세요.",
          "You cannot book because you are not on the list “{list}”. If that is wrong, ask the agency"
              + " that runs this campaign.")),
  OVER("over", 0, new LocalText("예약 기간이 끝났습니다.", "The time for booking is over.")),
  NOT_YET(
      "not-yet",
      0,
      new LocalText("아직 본인의 예약 시간이 아닙니다.", "Your booking window has not opened yet."));

  private final String code;
  private final int cohort;
  private final LocalText text;

  Reason(String code, int cohort, LocalText text) {
    this.code = code;
    this.cohort = cohort;
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

  /// The sentence with the name of a list in it.
  LocalText about(LocalText list) {
    return new LocalText(
        text.ko().replace("{list}", list.ko()), text.en().replace("{list}", list.en()));
  }

  /// What papers carry as the cohort of somebody who was refused for what only the identity check
  /// knows, so that the line and booking can say why: negative; 0 for reasons that are found anew
  /// at each door.
  public int cohort() {
    return cohort;
  }

  /// The reason behind a negative cohort.
  public static Reason ofCohort(int cohort) {
    return Arrays.stream(values())
        .filter(reason -> reason.cohort == cohort && cohort < 0)
        .findFirst()
        .orElse(OUTSIDE);
  }
}
