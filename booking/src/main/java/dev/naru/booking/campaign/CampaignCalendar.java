package dev.naru.booking.campaign;

import dev.naru.common.eligibility.BookingWindow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// The booking windows of a campaign, in order of time and without overlap; lobbies included.
///
/// @param zone of the campaign
/// @param windows at least one; the number of a window's line is its index
public record CampaignCalendar(ZoneId zone, List<BookingWindow> windows) {
  /// Cohorts are the last digits of days of birth.
  public static final int COHORTS = 10;

  public CampaignCalendar {
    windows = List.copyOf(windows);
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("a calendar without a window");
    }
    for (int line = 0; line < windows.size(); line++) {
      if (windows.get(line).line() != line) {
        throw new IllegalArgumentException("windows are numbered in order");
      }
      if (line > 0 && windows.get(line).lobbyOpens().isBefore(windows.get(line - 1).closes())) {
        throw new IllegalArgumentException("windows overlap");
      }
    }
  }

  /// Whether the days are dealt to cohorts.
  public boolean rotates() {
    return windows.stream().anyMatch(window -> !window.cohorts().isEmpty());
  }

  /// The cohort of a day of birth: its last digit, or 0 when there is no rotation.
  public int cohort(LocalDate birth) {
    return rotates() ? birth.getDayOfMonth() % COHORTS : 0;
  }

  /// How many daily shares the supply is divided into; 1 without rotation.
  public int releaseDays() {
    return windows.getLast().releaseDays();
  }

  /// The window of a line, if there is such a line.
  public Optional<BookingWindow> windowOf(int line) {
    return line >= 0 && line < windows.size() ? Optional.of(windows.get(line)) : Optional.empty();
  }

  /// The windows in which a cohort books, earliest first.
  public List<BookingWindow> windowsOf(int cohort) {
    return windows.stream().filter(window -> window.admits(cohort)).toList();
  }

  /// The window in which a cohort may book now.
  public Optional<BookingWindow> openFor(int cohort, Instant now) {
    return windows.stream()
        .filter(window -> window.admits(cohort) && window.isOpen(now))
        .findFirst();
  }

  /// The window whose lobby or booking is open now.
  public Optional<BookingWindow> current(Instant now) {
    return windows.stream().filter(window -> window.isJoinable(now)).findFirst();
  }

  /// The first window that has not closed yet: the current one, or the next.
  public Optional<BookingWindow> currentOrNext(Instant now) {
    return windows.stream().filter(window -> now.isBefore(window.closes())).findFirst();
  }

  /// What the campaign is doing now.
  public CampaignPhase phase(Instant now) {
    Optional<BookingWindow> current = current(now);
    if (current.isPresent()) {
      return current.get().isOpen(now) ? CampaignPhase.OPEN : CampaignPhase.LOBBY;
    }
    if (now.isBefore(windows.getFirst().lobbyOpens())) {
      return CampaignPhase.BEFORE;
    }
    return currentOrNext(now).isPresent() ? CampaignPhase.BETWEEN : CampaignPhase.OVER;
  }
}
