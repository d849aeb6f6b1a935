package dev.naru.app.command;

import dev.naru.common.eligibility.Audience;
import dev.naru.common.eligibility.BookingWindow;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whom a window is for, in a line for the terminal.
final class WindowText {
  private WindowText() {}

  static String audience(BookingWindow window) {
    Audience audience = window.audience();
    String text =
        Stream.of(
                switch (audience.origin()) {
                  case ANY -> "";
                  case DOMESTIC -> "nationals";
                  case FOREIGN -> "foreigners";
                },
                said("days of birth ending in ", window.cohorts().stream().sorted().toList()),
                said("on one of the lists ", audience.only()),
                said("on none of the lists ", audience.not()))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("; "));
    return text.isEmpty() ? "everybody" : text;
  }

  private static String said(String what, List<?> values) {
    return values.isEmpty()
        ? ""
        : what + values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
