package dev.naru.rehearsal.crowd;

import java.util.Locale;

/// What a cheat tries. Each was used against a real system.
public enum Trick {
  /// Asks for admission, and joins, many times as often as told.
  HAMMERING,
  /// Verifies on a second device while the first is in use.
  SECOND_DEVICE,
  /// Uses somebody else's ticket and pass, and one pass for two bookings.
  REPLAY,
  /// Opens later steps while earlier ones are closed: sites, times, a booking without a pass.
  DEEP_LINK,
  /// Alters papers: another signature, none, cut short.
  FORGED;

  /// The name in reports.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
