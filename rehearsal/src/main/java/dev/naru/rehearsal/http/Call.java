package dev.naru.rehearsal.http;

import java.util.Locale;

/// The calls of a journey, each measured by itself.
public enum Call {
  CAMPAIGN,
  REGIONS,
  PROVIDERS,
  START,
  COMPLETE,
  JOIN,
  STATUS,
  ADMISSION,
  SITES,
  SLOTS,
  BOOK,
  READ,
  MOVE,
  CANCEL,
  LOGOUT,
  /// Whatever cheats try.
  TRICK;

  /// The name in reports.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
