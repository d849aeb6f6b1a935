package dev.naru.booking.campaign;

/// What a campaign as a whole is doing.
public enum CampaignPhase {
  /// Before the first lobby.
  BEFORE("before"),
  /// A lobby is open.
  LOBBY("lobby"),
  /// A window is open.
  OPEN("open"),
  /// Between two windows.
  BETWEEN("between"),
  /// After the last window.
  OVER("over");

  private final String code;

  CampaignPhase(String code) {
    this.code = code;
  }

  /// The stable name that programs read.
  public String code() {
    return code;
  }
}
