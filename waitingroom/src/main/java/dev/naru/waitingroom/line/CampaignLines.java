package dev.naru.waitingroom.line;

import dev.naru.common.eligibility.BookingWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A campaign as the line sees it.
///
/// @param campaign its id
/// @param zone in which its times are shown
/// @param windows at least one, in order of time, not overlapping once open
/// @param admitPerMinute how many people are called in a minute, at least 1
/// @param passTime how long somebody may book once they have entered; positive
public record CampaignLines(
    String campaign,
    ZoneId zone,
    List<BookingWindow> windows,
    int admitPerMinute,
    Duration passTime) {

  public CampaignLines {
    windows = windows.stream().sorted(Comparator.comparing(BookingWindow::opens)).toList();
    if (windows.isEmpty() || admitPerMinute < 1 || !passTime.isPositive()) {
      throw new IllegalArgumentException(
          campaign + ": a line needs a window, a pace of at least 1 a minute and a pass time");
    }
  }

  /// The window with that line.
  public Optional<BookingWindow> window(int line) {
    return windows.stream().filter(window -> window.line() == line).findFirst();
  }

  /// The window that concerns most people now: the open one, else the next one, else the last.
  public BookingWindow relevant(Instant now) {
    return windows.stream()
        .filter(window -> now.isBefore(window.closes()))
        .findFirst()
        .orElse(windows.getLast());
  }
}
