package dev.naru.waitingroom.line;

import dev.naru.common.eligibility.BookingWindow;
import java.time.Instant;
import java.util.Locale;

/// Where a line stands.
public enum Phase {
  /// Nobody can join yet.
  BEFORE,
  /// People gather; the order of arrival does not matter.
  LOBBY,
  /// The draw has been made and people are called.
  OPEN,
  /// An operator has closed it.
  CLOSED,
  /// The window has closed.
  OVER;

  /// @param drawn whether the lobby has been frozen: until it is, nobody can be called, whatever
  ///   the clock says
  static Phase of(BookingWindow window, Instant now, boolean drawn) {
    if (!now.isBefore(window.closes())) {
      return OVER;
    }
    if (now.isBefore(window.lobbyOpens())) {
      return BEFORE;
    }
    return drawn ? OPEN : LOBBY;
  }

  /// As written in the API.
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
